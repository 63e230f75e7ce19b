using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Rights;

/// <summary><c>request open|prove|list|export|erase|restrict|rectify|refuse|extend</c>.</summary>
internal static class RequestCommands
{
    private static readonly string[] Columns = ["request", "customer", "kind", "received", "due", "identity", "state"];

    private static readonly Dictionary<string, RequestKind> Kinds = new()
    {
        ["inspect"] = RequestKind.Inspect,
        ["rectify"] = RequestKind.Rectify,
        ["erase"] = RequestKind.Erase,
        ["restrict"] = RequestKind.Restrict,
        ["object"] = RequestKind.Object,
        ["portability"] = RequestKind.Portability,
    };

    public static Command Create(Session session) => new("request", "Rights of data subjects: their requests, and what is done about them.")
    {
        Open(session), Prove(session), List(session), Extend(session), RequestActs.Export(session), RequestActs.Erase(session),
        RequestActs.Restrict(session), RequestActs.Rectify(session), RequestActs.Refuse(session),
    };

    /// <summary>The number of a request.</summary>
    public static Argument<long> Id() => new("REQUEST") { Description = "Number of the request." };

    /// <summary>A request for programs and for people.</summary>
    public static Answer Shown(SubjectRequest request, string sentence, ExitCode code = ExitCode.Done) =>
        new(ProtoJson.Of(request), Layout.Stack(Table([request]), Layout.Sentence(sentence)), code);

    private static Command Open(Session session)
    {
        var kind = new Argument<string>("KIND") { Description = string.Join(", ", Kinds.Keys) }.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var customer = new Argument<string>("CUSTOMER") { Description = "Customer id; leave it out when the person is nobody whom the register knows.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "" };
        var person = new Option<string>("--person") { Description = "Id of a person who answers for patrons and is none, in place of a customer.", HelpName = "PERSON", DefaultValueFactory = _ => "" };
        var channel = new Option<string>("--channel") { Description = "By which channel it came, one of the profile's.", HelpName = "CHANNEL", Required = true };
        var received = new Option<string>("--received") { Description = "Day of receipt (today by default).", HelpName = "DATE", DefaultValueFactory = _ => "" };
        var identified = new Option<string>("--identified-by") { Description = "How the identity was proven, one of the profile's ways.", HelpName = "WAY", DefaultValueFactory = _ => "" };
        var command = new Command("open", "Open a request; it is due one calendar month after its receipt.") { kind, customer, person, channel, received, identified };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var opened = await register.Rights.OpenRequestAsync(
                new OpenRequestRequest
                {
                    Kind = Kinds[parsed.GetRequiredValue(kind)],
                    CustomerId = parsed.GetRequiredValue(customer),
                    PersonId = parsed.GetRequiredValue(person),
                    Channel = parsed.GetRequiredValue(channel),
                    ReceivedOn = parsed.GetRequiredValue(received),
                    IdentifiedBy = parsed.GetRequiredValue(identified),
                },
                register.Bounded(stop));
            return Shown(opened.Request, $"Request {opened.Request.Id} is due on {opened.Request.DueOn}.");
        });
        return command;
    }

    private static Command Prove(Session session)
    {
        var (id, way) = (Id(), new Argument<string>("WAY") { Description = "How the identity was proven, one of the profile's ways." });
        var command = new Command("prove", "Record how the person's identity was proven.") { id, way };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ProveIdentityRequest { RequestId = parsed.GetRequiredValue(id), IdentifiedBy = parsed.GetRequiredValue(way) };
            return Shown((await register.Rights.ProveIdentityAsync(request, register.Bounded(stop))).Request, "The identity is proven.");
        });
        return command;
    }

    private static Command List(Session session)
    {
        var overdue = new Option<bool>("--overdue") { Description = "Only those whose day has passed." };
        var closed = new Option<bool>("--closed") { Description = "Also those that are closed." };
        var customer = new Option<string>("--customer") { Description = "Only this patron's.", HelpName = "CUSTOMER", DefaultValueFactory = _ => "" };
        var command = new Command("list", "List requests by due date.") { overdue, closed, customer };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var late = 0;
            var requests = await RegisterConnection.All<SubjectRequest>(async token =>
            {
                var request = new ListRequestsRequest
                {
                    OverdueOnly = parsed.GetValue(overdue),
                    IncludeClosed = parsed.GetValue(closed),
                    CustomerId = parsed.GetRequiredValue(customer),
                    PageToken = token,
                };
                var page = await register.Rights.ListRequestsAsync(request, register.Bounded(stop));
                late = page.Overdue;
                return (page.Requests, page.NextPageToken);
            });
            return new Answer(
                new JsonObject { ["requests"] = ProtoJson.Of(requests), ["overdue"] = late },
                Layout.Stack(Table(requests), Layout.Sentence(late == 0 ? "None is overdue." : $"{late} overdue.")));
        });
        return command;
    }

    private static Command Extend(Session session)
    {
        var id = Id();
        var months = new Option<int>("--months") { Description = "By how many months, 1 or 2.", HelpName = "N", DefaultValueFactory = _ => 2 };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var command = new Command("extend", "Move the due date, once.") { id, months, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ExtendRequestRequest { RequestId = parsed.GetRequiredValue(id), Months = parsed.GetRequiredValue(months), Reason = parsed.GetRequiredValue(reason) };
            var extended = (await register.Rights.ExtendRequestAsync(request, register.Bounded(stop))).Request;
            return Shown(extended, $"It is due on {extended.DueOn}; tell the person why.");
        });
        return command;
    }

    private static IRenderable Table(IEnumerable<SubjectRequest> requests) => Layout.Table(Columns, requests.Select(Row), "No requests.");

    private static string[] Row(SubjectRequest request) =>
    [
        request.Id.ToString(null, null), request.PersonId.Length > 0 ? $"person {request.PersonId}" : request.CustomerId, ProtoJson.Short(request.Kind).ToLowerInvariant(), request.ReceivedOn,
        request.Overdue ? $"{request.DueOn} OVERDUE" : request.DueOn, request.IdentifiedBy.Length > 0 ? request.IdentifiedBy : "not proven",
        ProtoJson.Short(request.State).ToLowerInvariant(),
    ];
}
