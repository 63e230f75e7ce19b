using System.CommandLine;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Access;

/// <summary><c>access explain|bound</c>: why a door opens or not, and how many PIN guesses a card can lose.</summary>
internal static class AccessCommands
{
    public static Command Create(Session session) => new("access", "Why doors open or do not.") { Explain(session), Bound(session) };

    private static Command Explain(Session session)
    {
        var card = new Option<string?>("--card") { Description = "The card's number. Write -, and it is asked for: so it stands in no list of processes.", HelpName = "NUMBER" };
        var customer = new Option<string?>("--customer") { Description = "The patron, by customer id; the newest card is taken.", HelpName = "CUSTOMER" };
        var branch = new Option<string>("--branch") { Description = "The branch.", HelpName = "BRANCH", DefaultValueFactory = _ => "" };
        var door = new Option<string>("--door") { Description = "The door.", HelpName = "DOOR", DefaultValueFactory = _ => "" };
        var at = new Option<string?>("--at") { Description = "When (now by default).", HelpName = "TIME" };
        var attempt = new Option<string>("--attempt") { Description = "An attempt that was made, in place of door, card and time: also what was decided is told.", HelpName = "ATTEMPT", DefaultValueFactory = _ => "" };
        var command = new Command("explain", "List every rule and what it says, a right PIN assumed.") { card, customer, branch, door, at, attempt };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ExplainAccessRequest
            {
                BranchId = parsed.GetRequiredValue(branch),
                DoorId = parsed.GetRequiredValue(door),
                At = parsed.GetValue(at) is { } time ? Times.Read(time, "--at") : null,
                AttemptId = parsed.GetRequiredValue(attempt),
            };
            if (request.AttemptId.Length == 0 && (request.BranchId.Length == 0 || request.DoorId.Length == 0))
                throw CommandProblem.Usage("Say where: --branch BRANCH and --door DOOR, or --attempt ATTEMPT.");

            switch (session.Terminal.OfPerson(parsed.GetValue(card), "card number"), parsed.GetValue(customer))
            {
                case ({ } number, null): request.CardNumber = number; break;
                case (null, { } id): request.CustomerId = id; break;
                case (null, null) when request.AttemptId.Length > 0: break;
                default: throw CommandProblem.Usage("Say whose access: either --card - or --customer CUSTOMER.");
            }

            var response = await register.Access.ExplainAccessAsync(request, register.Bounded(stop));
            return new Answer(ProtoJson.Of(response), Layout.Stack(
                Layout.Table(["", "rule", "", "looked at"], response.Rules.Select(Row), "No rules."),
                Layout.Sentence($"{ProtoJson.Short(response.Decision.Code)}: {response.Decision.Message}"),
                Layout.Stack([.. Recorded(response.Recorded).Select(Layout.Sentence)]),
                Layout.Stack([.. response.BanReasons.Select(reason => Layout.Sentence($"Banned for: {reason.Text}."))]),
                Layout.Stack([.. response.ReviewRoutes.Where(route => route.Language == Language.En).Select(route => Layout.Sentence(route.Text))])));
        });
        return command;
    }

    private static IEnumerable<string> Recorded(RecordedDecision? recorded) => recorded is null ? []
        : recorded.Differs ? [$"Decided was {ProtoJson.Short(recorded.Code)}: {recorded.Difference}."] : [$"Decided was the same: {ProtoJson.Short(recorded.Code)}."];

    private static string[] Row(RuleOutcome rule) =>
        [rule.Decisive ? ">" : "", ProtoJson.Short(rule.Code), rule.Passed ? "passed" : "failed", rule.Detail];

    private static Command Bound(Session session)
    {
        var branch = new Option<string?>("--branch") { Description = "Take the guesses from this branch as the register has it.", HelpName = "BRANCH" };
        var guesses = new Option<int>("--offline-guesses") { Description = "Guesses a card and 24 h on a node that is cut off.", HelpName = "N", DefaultValueFactory = _ => GuessBound.OfflineGuesses };
        var holders = new Option<int>("--offline-holders") { Description = "Branches that hold a card's PIN proof at most.", HelpName = "N", DefaultValueFactory = _ => GuessBound.OfflineHolders };
        var command = new Command("bound", "How many PIN guesses a card can lose in 24 h over every door, machine, outage and reboot.") { branch, guesses, holders };
        command.SetAction(async (parsed, stop) =>
        {
            var bound = new GuessBound(parsed.GetValue(holders), parsed.GetValue(guesses));
            if (parsed.GetValue(branch) is { } id)
            {
                using var register = session.Connect(parsed);
                var stored = await register.Branches.GetBranchAsync(new GetBranchRequest { BranchId = id }, register.Bounded(stop));
                bound = bound with { Guesses = GuessBound.GuessesOf(stored.Facts) };
            }

            return session.Terminal.Show(bound.ToAnswer());
        });
        return command;
    }
}
