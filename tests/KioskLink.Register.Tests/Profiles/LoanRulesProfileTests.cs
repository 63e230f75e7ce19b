using KioskLink.Register.Profiles;
using KioskLink.Rules.Loans;

namespace KioskLink.Register.Tests.Profiles;

/// <summary>Loan rules of consortium profiles: a wrong one stops the register and not a patron.</summary>
public sealed class LoanRulesProfileTests
{
    public static TheoryData<string> Shipped => new(ProfileReader.Shipped);

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_profile_says_how_long_what_is_lent_and_what_late_returns_cost(string name)
    {
        var rules = ProfileReader.Load(name).LoanRules;

        Assert.All(rules.Types.Where(type => type.Lent), type => Assert.True(type.FeePerDayCents > 0 && type.FeeCapCents >= type.FeePerDayCents));
        Assert.Equal((3000L, 7), (rules.FeeLimitCents, rules.HoldShelfDays));
        Assert.False(rules.GroupOf("child").LateFees);
        Assert.True(rules.GroupOf("adult").LateFees);
    }

    public static TheoryData<string, LoanRuleSet> Wrong => new()
    {
        { "types", new LoanRuleSet { Types = [] } },
        { "types", new LoanRuleSet { Types = [Book, Book] } },
        { "days", new LoanRuleSet { Types = [Book with { Days = 0 }] } },
        { "fee", new LoanRuleSet { Types = [Book with { FeePerDayCents = -1 }] } },
        { "media", new LoanRuleSet { Types = [Book with { Media = "011" }] } },
        { "groups", new LoanRuleSet { Groups = [new GroupLoanRule { Code = "nobody" }] } },
        { "papyrus", new LoanRuleSet { Groups = [new GroupLoanRule { Code = "adult", WithoutTypes = ["papyrus"] }] } },
        { "limits", new LoanRuleSet { Groups = [new GroupLoanRule { Code = "adult", LoanLimit = -1 }] } },
        { "limit", new LoanRuleSet { LoanLimit = -1 } },
        { "holdShelfDays", new LoanRuleSet { HoldShelfDays = 0 } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_rule_is_named(string word, LoanRuleSet rules)
    {
        var problem = ProfileCheck.Problem(ProfileReader.Load("lastu") with { LoanRules = rules });

        Assert.Contains("`loanRules", problem, StringComparison.Ordinal);
        Assert.Contains(word, problem, StringComparison.Ordinal);
    }

    private static ItemTypeRule Book => new() { Code = "book" };
}
