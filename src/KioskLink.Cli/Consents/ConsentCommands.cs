using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Consents;

/// <summary><c>consent give|refuse|withdraw|list</c>: the ledger of consents.</summary>
internal static class ConsentCommands
{
    private static readonly Dictionary<string, ConsentKind> Kinds = new()
    {
        ["terms"] = ConsentKind.Terms,
        ["minor-self-service"] = ConsentKind.MinorSelfService,
        ["loan-history"] = ConsentKind.LoanHistory,
        ["preference-profile"] = ConsentKind.PreferenceProfile,
    };

    private static readonly Dictionary<string, ConsentChannel> Channels = new()
    {
        ["desk"] = ConsentChannel.Desk,
        ["paper"] = ConsentChannel.Paper,
        ["application"] = ConsentChannel.Application,
    };

    public static Command Create(Session session) => new("consent", "Consents and acceptances: entries are only ever added.")
    {
        Record(session, "give", "Enter that somebody agreed.", ConsentAct.Given),
        Record(session, "refuse", "Enter that somebody was asked and refused.", ConsentAct.Refused),
        Record(session, "withdraw", "Enter that a consent was withdrawn; what rests on it is deleted.", ConsentAct.Withdrawn),
        List(session),
    };

    private static Command Record(Session session, string verb, string description, ConsentAct act)
    {
        var customer = Customer();
        var kind = new Argument<string>("KIND") { Description = $"{string.Join(", ", Kinds.Keys)}." }.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var on = new Option<string>("--on") { Description = "Day (today by default).", HelpName = "DATE", DefaultValueFactory = _ => "" };
        var text = new Option<string>("--text-version") { Description = "Version of the text that was shown (the one in force by default).", HelpName = "VERSION", DefaultValueFactory = _ => "" };
        var channel = new Option<string>("--channel") { Description = "desk, paper or application.", HelpName = "WHERE", DefaultValueFactory = _ => "desk" };
        channel.AcceptOnlyFromAmong([.. Channels.Keys]);
        var responsible = new Option<bool>("--by-responsible") { Description = "Whoever answers for the patron acted, not the patron." };
        var command = new Command(verb, description) { customer, kind, on, text, channel, responsible };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var consent = new Consent
            {
                CustomerId = parsed.GetRequiredValue(customer),
                Kind = Kinds[parsed.GetRequiredValue(kind)],
                Act = act,
                ActedOn = parsed.GetRequiredValue(on),
                TextVersion = parsed.GetRequiredValue(text),
                Channel = Channels[parsed.GetRequiredValue(channel)],
                ByResponsible = parsed.GetValue(responsible),
            };
            var answer = await register.Consents.RecordConsentAsync(new RecordConsentRequest { Consent = consent }, register.Bounded(stop));
            return new Answer(ProtoJson.Of(answer), Layout.Sentence(answer.Added ? $"Entered as number {answer.Consent.ConsentId}." : "It stood so already."));
        });
        return command;
    }

    private static Command List(Session session)
    {
        var customer = Customer();
        var command = new Command("list", "List a patron's entries, newest first, and how each consent stands.") { customer };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            IReadOnlyList<ConsentStanding> standings = [];
            var entries = await RegisterConnection.All<Consent>(async token =>
            {
                var request = new ListConsentsRequest { CustomerId = parsed.GetRequiredValue(customer), PageToken = token };
                var page = await register.Consents.ListConsentsAsync(request, register.Bounded(stop));
                standings = page.Standings;
                return (page.Consents, page.NextPageToken);
            });
            var json = new JsonObject { ["consents"] = ProtoJson.Of(entries), ["standings"] = ProtoJson.Of(standings) };
            var now = Layout.Table(
                ["consent", "stands", "text"],
                standings.Select(standing => new[] { ProtoJson.Short(standing.Kind), ProtoJson.Short(standing.State), standing.TextVersion }), "");
            return new Answer(json, Layout.Stack(now, Layout.Table(["no.", "day", "consent", "act", "text", "where", "by"], entries.Select(Row), "No entries.")));
        });
        return command;
    }

    private static Argument<string> Customer() => new("CUSTOMER") { Description = "The patron's customer id." };

    private static string[] Row(Consent entry) =>
    [
        $"{entry.ConsentId}",
        entry.ActedOn,
        ProtoJson.Short(entry.Kind),
        ProtoJson.Short(entry.Act),
        entry.TextVersion,
        ProtoJson.Short(entry.Channel),
        !entry.ByResponsible ? "the patron" : entry.GiverCustomerId.Length > 0 ? entry.GiverCustomerId : "the responsible person",
    ];
}
