using KioskLink.Register.Import;
using KioskLink.Register.Requests;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Camera;

/// <summary>A viewing by the camera system's own log.</summary>
/// <param name="Line">Its line, the header being 1.</param>
/// <param name="At">When.</param>
/// <param name="User">The user of the camera system.</param>
/// <param name="BranchId">The branch.</param>
/// <param name="Camera">The camera.</param>
internal sealed record LoggedView(int Line, Instant At, string User, string BranchId, string Camera);

/// <summary>Reads the camera system's log (CSV, RFC 4180, comma; columns in any order). A bad line is told by its number and stops the reading. Pure.</summary>
internal static class ViewLog
{
    /// <summary>Longest log, characters.</summary>
    public const int LengthMax = 2_000_000;

    private const string FieldName = "log_csv";
    private static readonly string[] Columns = ["viewed_at", "user", "branch", "camera"];

    private static readonly IPattern<LocalDateTime>[] Local =
    [
        LocalDateTimePattern.GeneralIso,
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd' 'HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd' 'HH:mm"),
    ];

    /// <summary>The viewings.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT names the line and what is wrong with it.</exception>
    public static IReadOnlyList<LoggedView> Read(string csv)
    {
        if (csv.Length > LengthMax)
        {
            throw Field.Wrong(FieldName, $"is longer than {LengthMax} characters: compare a shorter time");
        }

        var lines = csv.TrimStart('\uFEFF').Split('\n');
        var places = Places([.. CsvText.Split(lines[0].TrimEnd('\r')).Fields.Select(name => name.Trim())]);
        var views = new List<LoggedView>();
        for (var at = 1; at < lines.Length; at++)
        {
            if (lines[at].TrimEnd('\r') is { Length: > 0 } line)
            {
                views.Add(View(at + 1, line, places));
            }
        }

        return views;
    }

    private static int[] Places(List<string> header) => Columns.FirstOrDefault(column => !header.Contains(column)) is { } missing
        ? throw Field.Wrong(FieldName, $"has no column {missing}: its header must name {string.Join(", ", Columns)}, separated by commas")
        : [.. Columns.Select(column => header.IndexOf(column))];

    private static LoggedView View(int line, string text, int[] places)
    {
        var (form, fields) = CsvText.Split(text);
        if (form != CsvForm.Whole || fields.Count <= places.Max())
        {
            throw Field.Wrong(FieldName, $"line {line} is no whole row: check its commas and quotation marks");
        }

        var values = places.Select(place => fields[place].Trim()).ToArray();
        for (var at = 1; at < values.Length; at++)
        {
            if (values[at].Length is 0 or > Field.TextMax)
            {
                throw Field.Wrong(FieldName, $"line {line}: {Columns[at]} is empty or longer than {Field.TextMax} characters");
            }
        }

        return new LoggedView(line, Time(values[0]) ?? throw Field.Wrong(FieldName, $"line {line}: {Columns[0]} is no time such as 2026-12-24T16:00:00+02:00"), values[1], values[2], values[3]);
    }

    private static Instant? Time(string text)
    {
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } exact)
        {
            return exact.Value.ToInstant();
        }

        var local = Local.Select(pattern => pattern.Parse(text)).FirstOrDefault(parsed => parsed.Success);
        return local?.Value.InZoneLeniently(OpeningCalendar.Zone).ToInstant();
    }
}
