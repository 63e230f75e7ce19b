using System.CommandLine;
using Google.Protobuf.Collections;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Disclosures;

/// <summary><c>disclosure statistics|hand-out</c>: what tells of nobody, shown or given to somebody.</summary>
internal static class StatisticsCommands
{
    private static readonly Dictionary<string, StatisticsPart> Parts = new() { ["visits"] = StatisticsPart.Visits, ["patrons"] = StatisticsPart.Patrons };

    public static Command Show(Session session)
    {
        var (from, to, part) = (Day("FROM", "First day."), Day("TO", "Last day."), PartOption());
        var command = new Command(
            "statistics", "Visits by branch and hour of any days; visitors and patrons of whole weeks or months, where five or more share an attribute.") { from, to, part };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new GetStatisticsRequest { From = parsed.GetRequiredValue(from), To = parsed.GetRequiredValue(to), Part = PartOf(parsed.GetValue(part)) };
            var response = await register.Disclosures.GetStatisticsAsync(request, register.Bounded(stop));
            return new Answer(ProtoJson.Of(response), Layout.Stack(
                Layout.Table(["branch", "day", "hour", "visits"], response.Visits.Select(one => new[] { one.BranchId, one.Date, $"{one.Hour}", $"{one.Visits}" }), "No visits."),
                Layout.Table(
                    ["counted", "period", "branch", "by", "which", "number"],
                    response.Patrons.Select(one => new[] { one.Measure, one.Period, one.BranchId, one.Dimension, Which(one), $"{one.Patrons}" }),
                    "No cell has patrons enough."),
                Layout.Sentence(Counted(response.Periods)),
                Layout.Sentence($"{response.SuppressedCells} cells of fewer than {response.Minimum} patrons, or by which others could be reckoned, are left out.")));
        });
        return command;
    }

    public static Command HandOut(Session session)
    {
        var (from, to, part) = (Day("FROM", "First day."), Day("TO", "Last day."), PartOption());
        var recipient = new Argument<string>("RECIPIENT") { Description = "Who receives them." };
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded with the recipient.", Required = true };
        var file = new Option<string>("--file") { Description = "Where to write the CSV file; without it the file waits in the register's folder `disclosures`." };
        var command = new Command("hand-out", "Hand statistics out as a CSV file, and record to whom.") { from, to, recipient, part, reason, file };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new DiscloseStatisticsRequest
            {
                From = parsed.GetRequiredValue(from),
                To = parsed.GetRequiredValue(to),
                Part = PartOf(parsed.GetValue(part)),
                Recipient = parsed.GetRequiredValue(recipient),
                Reason = parsed.GetRequiredValue(reason),
            };
            var response = await register.Disclosures.DiscloseStatisticsAsync(request, register.Bounded(stop));
            if (parsed.GetValue(file) is { } path)
            {
                Write(path, response.File.ToByteArray());
            }

            return new Answer(ProtoJson.Of(response.Disclosure), DisclosureCommands.Table([response.Disclosure], ""));
        });
        return command;
    }

    private static Argument<string> Day(string name, string description) => new(name) { Description = $"{description} Written as 2026-12-31." };

    private static Option<string> PartOption()
    {
        var part = new Option<string>("--part") { Description = "Only visits, or only visitors and patrons." };
        part.AcceptOnlyFromAmong([.. Parts.Keys]);
        return part;
    }

    private static StatisticsPart PartOf(string? part) => part is null ? StatisticsPart.Unspecified : Parts[part];

    private static string Which(PatronCount one) => one.Dimension == "gender" ? one.Gender.ToString().ToLowerInvariant() : one.AgeBand + one.Group;

    private static string Counted(RepeatedField<StatisticsPeriod> periods) => periods.Count == 0
        ? "No week or month within these days is counted."
        : $"Counted: {string.Join(", ", periods.Select(one => $"{one.Measure} {one.Period}"))}.";

    private static void Write(string path, byte[] content)
    {
        try
        {
            File.WriteAllBytes(path, content);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{path} cannot be written; check the path and the folder's rights.");
        }
    }
}
