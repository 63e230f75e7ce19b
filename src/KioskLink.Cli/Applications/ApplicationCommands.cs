using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Applications;

/// <summary><c>application import|list|show|approve|reject</c>.</summary>
internal static class ApplicationCommands
{
    private static readonly Dictionary<string, ApplicationState> States = new()
    {
        ["received"] = ApplicationState.Received,
        ["queued"] = ApplicationState.Queued,
        ["done"] = ApplicationState.Done,
        ["rejected"] = ApplicationState.Rejected,
    };

    public static Command Create(Session session) => new("application", "Applications for a card: import them, decide those that the robot left to staff.")
    {
        ImportCommand.Create(session), List(session), Show(session), Approve(session), Reject(session),
    };

    private static Command List(Session session)
    {
        var state = new Option<string?>("--state") { Description = "Only those received, queued, done or rejected.", HelpName = "STATE" };
        state.AcceptOnlyFromAmong([.. States.Keys]);
        var command = new Command("list", "List applications, newest first.") { state };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var wanted = parsed.GetValue(state) is { } word ? States[word] : ApplicationState.Unspecified;
            var applications = await RegisterConnection.All<Application>(async token =>
            {
                var page = await register.Applications.ListApplicationsAsync(new ListApplicationsRequest { State = wanted, PageToken = token }, register.Bounded(stop));
                return (page.Applications, page.NextPageToken);
            });
            return new Answer(
                new JsonObject { ["applications"] = ProtoJson.Of(applications) },
                Layout.Table(["id", "received", "state", "why it waits", "name", "customer", "by"], applications.Select(Row), "No applications."));
        });
        return command;
    }

    private static Command Show(Session session)
    {
        var id = Id();
        var command = new Command("show", "Show an application and the patrons that it may be about; identity codes stay masked.") { id };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var response = await register.Applications.GetApplicationAsync(new GetApplicationRequest { Id = parsed.GetRequiredValue(id) }, register.Bounded(stop));
            return new Answer(ProtoJson.Of(response), Layout.Stack(
                Text(response.Application),
                Layout.Table(
                    ["may be customer", "name", "born", "identity code"],
                    response.Candidates.Select(one => new[] { one.CustomerId, $"{one.Surname}, {one.FirstNames}", one.DateOfBirth, one.IdentityCode }),
                    "No patron resembles the applicant.")));
        });
        return command;
    }

    private static Command Approve(Session session)
    {
        var id = Id();
        var customer = new Option<string?>("--customer") { Description = "It is about this patron.", HelpName = "CUSTOMER" };
        var isNew = new Option<bool>("--new") { Description = "It is about a new patron." };
        var responsible = new Option<string>("--responsible") { Description = "The responsible person.", HelpName = "CUSTOMER", DefaultValueFactory = _ => "" };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var command = new Command("approve", "Carry out an application that waits for staff.") { id, customer, isNew, responsible, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new DecideApplicationRequest
            {
                Id = parsed.GetRequiredValue(id),
                ResponsibleCustomerId = parsed.GetRequiredValue(responsible),
                Reason = parsed.GetRequiredValue(reason),
            };
            switch (parsed.GetValue(customer), parsed.GetValue(isNew))
            {
                case ({ } known, false): request.CustomerId = known; break;
                case (null, true): request.NewPatron = true; break;
                default: throw CommandProblem.Usage("Say whom it is about: either --customer CUSTOMER or --new.");
            }

            var decided = (await register.Applications.DecideApplicationAsync(request, register.Bounded(stop))).Application;
            return new Answer(ProtoJson.Of(decided), Layout.Sentence($"Carried out: customer {decided.CustomerId} was {ProtoJson.Short(decided.Outcome).ToLowerInvariant()}."));
        });
        return command;
    }

    private static Command Reject(Session session)
    {
        var id = Id();
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var command = new Command("reject", "Reject an application.") { id, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new RejectApplicationRequest { Id = parsed.GetRequiredValue(id), Reason = parsed.GetRequiredValue(reason) };
            var rejected = (await register.Applications.RejectApplicationAsync(request, register.Bounded(stop))).Application;
            return new Answer(ProtoJson.Of(rejected), Layout.Sentence("Rejected."));
        });
        return command;
    }

    private static Argument<string> Id() => new("ID") { Description = "The application's id, as `application list` shows it." };

    private static string[] Row(Application one) =>
    [
        one.Id, Times.Show(one.ReceivedTime), ProtoJson.Short(one.State), Why(one), $"{one.Applicant.Surname}, {one.Applicant.FirstNames}", one.CustomerId,
        one.HandledBy,
    ];

    private static string Why(Application one) => one.QueueReason == QueueReason.Unspecified ? "" : ProtoJson.Short(one.QueueReason);

    private static IRenderable Text(Application one) => Layout.Fields(
        ("application", one.Id),
        ("state", ProtoJson.Short(one.State)),
        ("why it waits", Why(one)),
        ("received", Times.Show(one.ReceivedTime)),
        ("destroyed from", Times.Show(one.DeleteTime)),
        ("name", $"{one.Applicant.Surname}, {one.Applicant.FirstNames}"),
        ("born", one.Applicant.DateOfBirth),
        ("identity code", one.Applicant.IdentityCode),
        ("address", $"{one.Applicant.StreetAddress}, {one.Applicant.PostalCode} {one.Applicant.City}".Trim(' ', ',')),
        ("phone", one.Applicant.Phone),
        ("e-mail", one.Applicant.Email),
        ("group", one.Applicant.Group),
        ("home branch", one.Applicant.HomeBranch),
        ("municipality", one.Applicant.Municipality),
        ("responsible person", one.Applicant.ResponsibleCustomerId),
        ("terms accepted", one.Applicant.TermsAcceptedOn),
        ("channel", one.Applicant.Channel),
        ("customer", one.CustomerId),
        ("handled by", one.HandledBy),
        ("handled", Times.Show(one.HandledTime)),
        ("reason", one.DecisionReason));
}
