using KioskLink.Rules.Branches;
using KioskLink.Rules.Loans;
using NodaTime;
using Period = KioskLink.Rules.Branches.Period;

namespace KioskLink.Rules.Tests.Loans;

/// <summary>The rules of circulation as a table: what stands against an act, in which order, and what a late return costs.</summary>
public sealed class LoanRulesTests
{
    private static readonly LoanRuleSet Rules = new()
    {
        Types =
        [
            new ItemTypeRule { Code = "book", Days = 28, Renewals = 5, FeePerDayCents = 20, FeeCapCents = 600 },
            new ItemTypeRule { Code = "movie", Days = 14, Renewals = 0, FeePerDayCents = 50 },
            new ItemTypeRule { Code = "reference", Lent = false },
        ],
        Groups =
        [
            new GroupLoanRule { Code = "child", LateFees = false, WithoutTypes = ["movie"], LoanLimit = 5 },
            new GroupLoanRule { Code = "guest", Borrows = false },
            new GroupLoanRule { Code = "home", Days = new Dictionary<string, int> { ["book"] = 56 } },
        ],
        LoanLimit = 10,
        OverdueLimit = 2,
        HoldLimit = 3,
        FeeLimitCents = 3000,
    };

    private static readonly BorrowerFacts Adult = new("adult", Loans: 0, Overdue: 0, Holds: 0, FeesCents: 0, Banned: false);
    private static readonly ItemFacts Book = new("book", OnLoan: false, OthersFirst: false, Renewals: 0);
    private static readonly LocalDate Due = new(2026, 11, 20);

    public static TheoryData<string, BorrowerFacts, ItemFacts, LoanReason[]> Loans => new()
    {
        { "nothing", Adult, Book, [] },
        { "nine loans of ten", Adult with { Loans = 9 }, Book, [] },
        { "ten loans of ten", Adult with { Loans = 10 }, Book, [LoanReason.LoanLimit] },
        { "five loans of a child", Adult with { Group = "child", Loans = 5 }, Book, [LoanReason.LoanLimit] },
        { "two overdue loans of two", Adult with { Loans = 2, Overdue = 2 }, Book, [] },
        { "three overdue loans of two", Adult with { Loans = 3, Overdue = 3 }, Book, [LoanReason.OverdueLimit] },
        { "one cent below the fee limit", Adult with { FeesCents = 2999 }, Book, [] },
        { "the fee limit", Adult with { FeesCents = 3000 }, Book, [LoanReason.FeesOverLimit] },
        { "a ban", Adult with { Banned = true }, Book, [LoanReason.LoanBan] },
        { "a group that does not borrow", Adult with { Group = "guest" }, Book, [LoanReason.GroupNotAllowed] },
        { "a type that the group may not borrow", Adult with { Group = "child" }, Book with { Type = "movie" }, [LoanReason.GroupNotAllowed] },
        { "a type that nobody borrows", Adult, Book with { Type = "reference" }, [LoanReason.NotForLoan] },
        { "an unknown type, which is as the first", Adult, Book with { Type = "" }, [] },
        { "somebody else's loan", Adult, Book with { OnLoan = true }, [LoanReason.ItemOnLoan] },
        { "somebody else's hold", Adult, Book with { OthersFirst = true }, [LoanReason.ItemOnHold] },
        {
            "everything, the weightiest first", new BorrowerFacts("guest", 10, 10, 0, 9999, true), new ItemFacts("reference", true, true, 0),
            [LoanReason.LoanBan, LoanReason.GroupNotAllowed, LoanReason.NotForLoan, LoanReason.ItemOnLoan, LoanReason.ItemOnHold, LoanReason.LoanLimit, LoanReason.OverdueLimit, LoanReason.FeesOverLimit]
        },
    };

    [Theory]
    [MemberData(nameof(Loans))]
    public void What_stands_against_a_loan(string why, BorrowerFacts borrower, ItemFacts item, LoanReason[] expected) =>
        Assert.Equal((why, expected.ToList()), (why, LoanRules.AgainstLoan(Rules, borrower, item).ToList()), Same);

    public static TheoryData<string, BorrowerFacts, ItemFacts, LoanReason[]> Renewals => new()
    {
        { "nothing", Adult, Book with { OnLoan = true, Renewals = 4 }, [] },
        { "as many renewals as there are", Adult, Book with { OnLoan = true, Renewals = 5 }, [LoanReason.RenewalLimit] },
        { "a type that is not renewed", Adult, Book with { Type = "movie", OnLoan = true }, [LoanReason.RenewalLimit] },
        { "a hold of somebody else", Adult, Book with { OnLoan = true, OthersFirst = true }, [LoanReason.ItemOnHold] },
        { "overdue loans do not", Adult with { Loans = 10, Overdue = 9 }, Book with { OnLoan = true }, [] },
        { "fees do", Adult with { FeesCents = 3000 }, Book with { OnLoan = true }, [LoanReason.FeesOverLimit] },
        { "a ban does", Adult with { Banned = true }, Book with { OnLoan = true }, [LoanReason.LoanBan] },
    };

    [Theory]
    [MemberData(nameof(Renewals))]
    public void What_stands_against_a_renewal(string why, BorrowerFacts borrower, ItemFacts item, LoanReason[] expected) =>
        Assert.Equal((why, expected.ToList()), (why, LoanRules.AgainstRenewal(Rules, borrower, item).ToList()), Same);

    [Theory]
    [InlineData(0, 0, false, "book")]
    [InlineData(2, 0, false, "book")]
    [InlineData(3, 0, false, "book", LoanReason.HoldLimit)]
    [InlineData(0, 3000, false, "book", LoanReason.FeesOverLimit)]
    [InlineData(0, 0, true, "book", LoanReason.HoldExists)]
    [InlineData(0, 0, false, "reference", LoanReason.NotForLoan)]
    public void What_stands_against_a_hold(int holds, long fees, bool exists, string type, params LoanReason[] expected) =>
        Assert.Equal(expected, LoanRules.AgainstHold(Rules, Adult with { Holds = holds, FeesCents = fees }, type, exists));

    [Theory]
    [InlineData("adult", "book", -1, 0)]
    [InlineData("adult", "book", 0, 0)]
    [InlineData("adult", "book", 1, 20)]
    [InlineData("adult", "book", 30, 600)]
    [InlineData("adult", "book", 31, 600)]
    [InlineData("adult", "movie", 31, 1550)]
    [InlineData("child", "book", 31, 0)]
    [InlineData("nobody-knows", "book", 2, 40)]
    public void A_late_return_costs_so_much_a_day_up_to_the_cap_and_nothing_for_children(string group, string type, int daysLate, long cents) =>
        Assert.Equal(cents, LoanRules.LateFee(Rules, group, type, Due, Due.PlusDays(daysLate)));

    [Theory]
    [InlineData("adult", "book", 28)]
    [InlineData("home", "book", 56)]
    [InlineData("home", "movie", 14)]
    [InlineData("adult", "unheard-of", 28)]
    public void A_loan_lasts_as_its_type_and_the_patron_s_group_say(string group, string type, int days) => Assert.Equal(days, LoanRules.Days(Rules, group, type));

    [Theory]
    [InlineData("2026-11-02", 7, "2026-11-09")]
    [InlineData("2026-11-02", 5, "2026-11-09")] // a Saturday, shut
    [InlineData("2026-11-02", 6, "2026-11-09")] // a Sunday, shut
    [InlineData("2026-12-17", 8, "2026-12-28")] // Christmas, then a weekend
    [InlineData("2026-10-24", 2, "2026-10-26")] // over the end of summer time
    public void The_last_day_moves_to_the_next_day_on_which_the_branch_opens(string from, int days, string expected)
    {
        IReadOnlyList<Period> open = [new Period(9 * 60, 17 * 60, PeriodKind.Staffed)];
        var week = new[] { IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday }.ToDictionary(day => day, _ => open);
        var hours = new OpeningHours(week, new Dictionary<LocalDate, IReadOnlyList<Period>> { [new LocalDate(2026, 12, 25)] = [] });

        Assert.Equal(Date(expected), LoanDates.After(hours, Date(from), days));
        Assert.Equal(Date(from).PlusDays(days), LoanDates.After(null, Date(from), days));
    }

    [Fact]
    public void A_branch_that_never_opens_moves_no_last_day()
    {
        var never = new OpeningHours(new Dictionary<IsoDayOfWeek, IReadOnlyList<Period>>(), new Dictionary<LocalDate, IReadOnlyList<Period>>());

        Assert.Equal(Due.PlusDays(28), LoanDates.After(never, Due, 28));
    }

    private static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    private static bool Same((string, List<LoanReason>) one, (string, List<LoanReason>) other) => one.Item1 == other.Item1 && one.Item2.SequenceEqual(other.Item2);
}
