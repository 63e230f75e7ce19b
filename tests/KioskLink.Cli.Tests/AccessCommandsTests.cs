using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli;

public sealed class AccessCommandsTests : FakeServerTest
{
    private static readonly ExplainAccessResponse Closed = new()
    {
        Rules =
        {
            new RuleOutcome { Code = DecisionCode.CardUnknown, Passed = true, Detail = "the card is known" },
            new RuleOutcome { Code = DecisionCode.Closed, Decisive = true, Detail = "closed until 06:00" },
        },
        Decision = new Decision { Code = DecisionCode.Closed, Message = "Kirjasto on suljettu." },
    };

    [Fact]
    public async Task An_explanation_lists_every_rule_and_marks_the_decisive_one()
    {
        Script.On<ExplainAccessRequest>(_ => Closed);

        var printed = await Server.RunTyping(["29909090000018"], "access", "explain", "--card", "-", "--branch", "A", "--door", "front", "--at", "2026-12-06T12:00+02:00");

        Assert.Equal(0, printed.Code);
        Assert.Contains("CARD_UNKNOWN", printed.Output, StringComparison.Ordinal);
        Assert.Contains(printed.Output.Split('\n'), line => line.Contains('>', StringComparison.Ordinal) && line.Contains("closed until 06:00", StringComparison.Ordinal));
        Assert.Contains("CLOSED: Kirjasto on suljettu.", printed.Output, StringComparison.Ordinal);
        var request = Script.Requests<ExplainAccessRequest>().Single();
        Assert.Equal(new DateTimeOffset(2026, 12, 6, 10, 0, 0, TimeSpan.Zero), request.At.ToDateTimeOffset());
        Assert.Equal(ExplainAccessRequest.SubjectOneofCase.CardNumber, request.SubjectCase);
    }

    [Fact]
    public async Task R81_An_explanation_tells_how_the_decision_is_reviewed_in_English()
    {
        var answer = Closed.Clone();
        answer.ReviewRoutes.AddRange([new Notice { Language = Language.Fi, Text = "Henkilökunta tarkistaa." }, new Notice { Language = Language.En, Text = "Staff reviews it." }]);
        Script.On<ExplainAccessRequest>(_ => answer);

        var printed = await Server.RunTyping(["29909090000018"], "access", "explain", "--card", "-", "--branch", "A", "--door", "front");

        Assert.EndsWith("Staff reviews it.", printed.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("tarkistaa", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R81_An_attempt_is_explained_with_what_was_decided_and_why_that_differs()
    {
        var answer = Closed.Clone();
        answer.Recorded = new RecordedDecision { Code = DecisionCode.PinWrong, Source = Source.Register, Differs = true, Difference = "the PIN decided" };
        Script.On<ExplainAccessRequest>(_ => answer);

        var printed = await Server.Run("access", "explain", "--attempt", "a1");
        var wrong = await Server.Run("access", "explain", "--customer", "1001");

        Assert.Contains("Decided was PIN_WRONG: the PIN decided.", printed.Output, StringComparison.Ordinal);
        Assert.Equal(("a1", ""), (Script.Requests<ExplainAccessRequest>().Single().AttemptId, Script.Requests<ExplainAccessRequest>().Single().DoorId));
        Assert.Equal(2, wrong.Code);
    }

    [Fact]
    public async Task Programs_get_codes_without_their_wire_prefix()
    {
        Script.On<ExplainAccessRequest>(_ => Closed);

        var printed = await Server.Run("access", "explain", "--customer", "1001", "--branch", "A", "--door", "front", "--json");

        Assert.Equal("CLOSED", (string?)printed.Json["decision"]!["code"]);
        Assert.Equal(["CARD_UNKNOWN", "CLOSED"], printed.Json["rules"]!.AsArray().Select(rule => (string?)rule!["code"]));
    }

    [Fact]
    public async Task Card_and_customer_together_are_wrong()
    {
        var printed = await Server.RunTyping(["1"], "access", "explain", "--card", "-", "--customer", "2", "--branch", "A", "--door", "front");

        Assert.Equal(2, printed.Code);
        Assert.Contains("either --card - or --customer CUSTOMER", printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bound_is_10_and_3_times_3_without_asking_anybody()
    {
        var printed = await CommandLine.Run("access", "bound");

        Assert.Equal(0, printed.Code);
        Assert.Contains("10 + 3 x 3 = 19 wrong PINs on one card in 24 hours", printed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OfflinePolicy.Cached, 5, 25)]
    [InlineData(OfflinePolicy.FailClosed, 5, 10)]
    public async Task The_bound_of_a_branch_follows_its_configuration(OfflinePolicy policy, int guesses, int bound)
    {
        var facts = new BranchFacts { Branch = new Branch { Id = "A", OfflinePolicy = policy }, OfflineGuesses = guesses };
        Script.On<GetBranchRequest>(_ => new GetBranchResponse { Facts = facts });

        var printed = await Server.Run("access", "bound", "--branch", "A", "--json");

        Assert.Equal(bound, (int)printed.Json["bound"]!);
    }
}
