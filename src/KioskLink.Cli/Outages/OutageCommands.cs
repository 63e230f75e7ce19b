using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Outages;

/// <summary><c>outage plan|report|extend|end|list|status</c>.</summary>
internal static class OutageCommands
{
    private static readonly Dictionary<string, LibraryService> Services = new()
    {
        ["login"] = LibraryService.Login,
        ["own-data"] = LibraryService.OwnData,
        ["renewals"] = LibraryService.Renewals,
        ["holds"] = LibraryService.Holds,
        ["availability"] = LibraryService.Availability,
        ["e-services"] = LibraryService.EServices,
        ["checkout"] = LibraryService.Checkout,
        ["pc-booking"] = LibraryService.PcBooking,
        ["doors"] = LibraryService.Doors,
    };

    private static readonly Dictionary<string, Language> Languages = new() { ["fi"] = Language.Fi, ["sv"] = Language.Sv, ["en"] = Language.En };

    public static Command Create(Session session) => new("outage", "Planned breaks and unplanned outages of services.")
    {
        Plan(session), Report(session), Extend(session), End(session), List(session), Status(session),
    };

    private static Command Plan(Session session)
    {
        var parts = new Parts();
        var from = new Option<string>("--from") { Description = "Start.", HelpName = "TIME", Required = true };
        var until = new Option<string>("--until") { Description = "Estimated end.", HelpName = "TIME", Required = true };
        var announce = new Option<string?>("--announce") { Description = "From when patrons are told; without it as long ahead as the profile says.", HelpName = "TIME" };
        var command = new Command("plan", "Announce a planned break; nodes hold it before it begins.") { from, until, announce };
        parts.AddTo(command);
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var outage = parts.Read(parsed, OutageKind.Planned);
            outage.StartTime = Times.Read(parsed.GetRequiredValue(from), "--from");
            outage.EndTime = Times.Read(parsed.GetRequiredValue(until), "--until");
            outage.AnnounceTime = parsed.GetValue(announce) is { } time ? Times.Read(time, "--announce") : null;
            var added = await register.Outages.AddOutageAsync(new AddOutageRequest { Outage = outage }, register.Bounded(stop));
            return Changed(added.Outage, added.Version);
        });
        return command;
    }

    private static Command Report(Session session)
    {
        var parts = new Parts();
        var from = new Option<string?>("--from") { Description = "Start (now by default).", HelpName = "TIME" };
        var command = new Command("report", "Report an outage of unknown length; no end is shown.") { from };
        parts.AddTo(command);
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var outage = parts.Read(parsed, OutageKind.Unplanned);
            outage.StartTime = parsed.GetValue(from) is { } time ? Times.Read(time, "--from") : null;
            var added = await register.Outages.AddOutageAsync(new AddOutageRequest { Outage = outage }, register.Bounded(stop));
            return Changed(added.Outage, added.Version);
        });
        return command;
    }

    private static Command Extend(Session session)
    {
        var id = Id();
        var until = new Option<string>("--until") { Description = "The new estimated end.", HelpName = "TIME", Required = true };
        var command = new Command("extend", "Change the estimated end of a planned break.") { id, until };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ChangeOutageRequest { OutageId = parsed.GetRequiredValue(id), EndTime = Times.Read(parsed.GetRequiredValue(until), "--until") };
            var changed = await register.Outages.ChangeOutageAsync(request, register.Bounded(stop));
            return Changed(changed.Outage, changed.Version);
        });
        return command;
    }

    private static Command End(Session session)
    {
        var id = Id();
        var command = new Command("end", "End an outage, or call off a break that has not begun.") { id };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var ended = await register.Outages.EndOutageAsync(new EndOutageRequest { OutageId = parsed.GetRequiredValue(id) }, register.Bounded(stop));
            return Changed(ended.Outage, ended.Version);
        });
        return command;
    }

    private static Command List(Session session)
    {
        var past = new Option<bool>("--past") { Description = "Also those that are over." };
        var command = new Command("list", "List outages, newest first.") { past };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var outages = await RegisterConnection.All<Outage>(async token =>
            {
                var page = await register.Outages.ListOutagesAsync(new ListOutagesRequest { IncludePast = parsed.GetValue(past), PageToken = token }, register.Bounded(stop));
                return (page.Outages, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["outages"] = ProtoJson.Of(outages) }, OutageTable.Of(outages));
        });
        return command;
    }

    private static Command Status(Session session)
    {
        var branch = new Option<string>("--branch") { Description = "A branch; without it the consortium as a whole.", HelpName = "BRANCH", DefaultValueFactory = _ => "" };
        var language = new Option<string?>("--language") { Description = "fi, sv or en." }.AcceptOnlyFromAmong([.. Languages.Keys]);
        var command = new Command("status", "Say which services are down, and what patrons are told.") { branch, language };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new GetServiceStatusRequest
            {
                BranchId = parsed.GetRequiredValue(branch),
                Language = parsed.GetValue(language) is { } word ? Languages[word] : Language.Unspecified,
            };
            var status = await register.Outages.GetServiceStatusAsync(request, register.Bounded(stop));
            return new Answer(ProtoJson.Of(status), OutageTable.Of(status));
        });
        return command;
    }

    private static Argument<string> Id() => new("OUTAGE") { Description = "The outage's id, as `outage list` shows it." };

    private static Answer Changed(Outage outage, long version) =>
        new(new JsonObject { ["outage"] = ProtoJson.Of(outage), ["version"] = version }, OutageTable.Of([outage]));

    /// <summary>What planned and unplanned outages have in common on the command line.</summary>
    private sealed class Parts
    {
        private readonly Option<string[]> _services = new Option<string[]>("--service")
        {
            Description = "A service that is down; several times for more.",
            Required = true,
        }.AcceptOnlyFromAmong([.. Services.Keys]);

        private readonly Option<string[]> _dependents = new Option<string[]>("--dependent")
        {
            Description = "A service that does not work either because of them; several times for more. Without it the profile says which.",
        }.AcceptOnlyFromAmong([.. Services.Keys]);

        private readonly Option<bool> _alone = new("--no-dependents") { Description = "Nothing else is down because of them, whatever the profile says." };
        private readonly Option<string[]> _branches = new("--branch") { Description = "A branch that it concerns; several times for more.", HelpName = "BRANCH" };
        private readonly Option<bool> _system = new("--system") { Description = "The library system itself; without it and --branch the whole consortium." };
        private readonly Option<string> _reason = new("--reason") { Description = "Why, for staff.", HelpName = "TEXT", Required = true };

        private readonly Dictionary<string, Option<string?>> _texts = Languages.Keys.ToDictionary(
            word => word, word => new Option<string?>($"--{word}") { Description = "What patrons are told in this language; without it the register writes it.", HelpName = "TEXT" });

        public void AddTo(Command command)
        {
            foreach (Option option in (Option[])[_services, _dependents, _alone, _branches, _system, _reason, .. _texts.Values])
                command.Options.Add(option);
        }

        public Outage Read(ParseResult parsed, OutageKind kind)
        {
            var branches = parsed.GetValue(_branches) ?? [];
            if (branches.Length > 0 && parsed.GetValue(_system))
                throw CommandProblem.Usage("Say whom it concerns: either --branch or --system.");
            var dependents = parsed.GetValue(_dependents) ?? [];
            if (dependents.Length > 0 && parsed.GetValue(_alone))
                throw CommandProblem.Usage("Say what else is down: either --dependent or --no-dependents.");
            var outage = new Outage
            {
                Kind = kind,
                Scope = branches.Length > 0 ? OutageScope.Branch : parsed.GetValue(_system) ? OutageScope.System : OutageScope.Consortium,
                Reason = parsed.GetRequiredValue(_reason),
            };
            outage.BranchIds.AddRange(branches);
            outage.Services.AddRange(parsed.GetRequiredValue(_services).Select(word => Services[word]));
            if (dependents.Length > 0 || parsed.GetValue(_alone))
                outage.Dependents = new Dependents { Services = { dependents.Select(word => Services[word]) } };
            outage.Notices.AddRange(_texts.Where(text => parsed.GetValue(text.Value) is not null)
                .Select(text => new Notice { Language = Languages[text.Key], Text = parsed.GetValue(text.Value) }));
            return outage;
        }
    }
}
