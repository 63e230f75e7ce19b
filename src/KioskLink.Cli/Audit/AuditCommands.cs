using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Audit;

/// <summary><c>audit verify|list</c>: the log of who read or changed what.</summary>
internal static class AuditCommands
{
    private const int PageMax = 1000;

    // Two million rows take seconds, a slow disk more.
    private static readonly TimeSpan VerifyPatience = TimeSpan.FromMinutes(10);

    private static readonly string[] Columns = ["row", "time", "actor", "role", "action", "purpose", "patrons", "fields", "device", "result", "reason"];

    public static Command Create(Session session) => new("audit", "The log of who read or changed what.") { Verify(session), List(session) };

    private static Command Verify(Session session)
    {
        var command = new Command("verify", "Verify the whole chain: altered, removed and reordered rows, and a cut-off end, are found. 1 when it is broken.");
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var found = await register.Audit.VerifyAsync(new VerifyRequest(), register.Bounded(VerifyPatience, stop));
            return new Answer(ProtoJson.Of(found), Layout.Sentence(Sentence(found)), found.Whole ? ExitCode.Done : ExitCode.Refused);
        });
        return command;
    }

    private static Command List(Session session)
    {
        var actor = new Option<string>("--actor") { Description = "Only what this user, robot, node or job did.", HelpName = "NAME", DefaultValueFactory = _ => "" };
        var customer = new Option<string?>("--customer") { Description = "Only rows about this patron.", HelpName = "CUSTOMER" };
        var action = new Option<string>("--action") { Description = "Only this action, such as PatronService/GetPatron.", HelpName = "ACTION", DefaultValueFactory = _ => "" };
        var from = new Option<string?>("--from") { Description = "Only from this time on.", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "Only before this time.", HelpName = "TIME" };
        var limit = new Option<int>("--limit") { Description = "At most this many rows, the newest.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var command = new Command("list", "List rows, newest first.") { actor, customer, action, from, until, limit };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ListEventsRequest
            {
                Actor = parsed.GetRequiredValue(actor),
                Action = parsed.GetRequiredValue(action),
                FromTime = parsed.GetValue(from) is { } start ? Times.Read(start, "--from") : null,
                UntilTime = parsed.GetValue(until) is { } end ? Times.Read(end, "--until") : null,
            };
            if (parsed.GetValue(customer) is { } id)
                request.CustomerId = id;
            var events = await Newest(request, parsed.GetValue(limit), async page => await register.Audit.ListEventsAsync(page, register.Bounded(stop)));
            return new Answer(new JsonObject { ["events"] = ProtoJson.Of(events) }, Layout.Table(Columns, events.Select(Row), "No rows."));
        });
        return command;
    }

    private static async Task<IReadOnlyList<AuditEvent>> Newest(ListEventsRequest request, int limit, Func<ListEventsRequest, Task<ListEventsResponse>> ask)
    {
        if (limit < 1)
            throw CommandProblem.Usage("--limit must be 1 or more.");
        var events = new List<AuditEvent>();
        do
        {
            request.PageSize = Math.Min(limit - events.Count, PageMax);
            var page = await ask(request);
            events.AddRange(page.Events);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && events.Count < limit);
        return events;
    }

    private static string Sentence(VerifyResponse found)
    {
        var decisions = $"{found.Decisions} decisions at doors fit their digests, {found.DecisionsDeleted} are deleted by now.";
        return found.Whole
            ? $"Whole: rows {found.FirstSequence} to {found.LastSequence}, ending with {found.HeadHash}. {decisions}"
            : $"BROKEN at row {found.BrokenSequence}: {found.Problem}. {found.Rows} rows before it are sound. Keep the database and the logs as they are, and tell the data-protection officer.";
    }

    private static string[] Row(AuditEvent row) =>
    [
        $"{row.Sequence}",
        Times.Show(row.Time),
        row.Actor,
        row.Role,
        row.Calls > 1 ? $"{row.Action} x {row.Calls}" : row.Action,
        row.Purpose,
        string.Join(' ', row.Subjects),
        row.Fields,
        row.Device,
        row.Result,
        row.Reason,
    ];
}
