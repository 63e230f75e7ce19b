using KioskLink.Register.Facts;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Subjects;

/// <summary>One record about a patron as an export shows it, value by value, in order.</summary>
/// <param name="Title">What the record is: `card`, `visit`.</param>
/// <param name="Values">Names and values; an empty value is left out of the readable document.</param>
internal sealed record SubjectPart(string Title, IReadOnlyList<SubjectValue> Values)
{
    /// <summary>A record of names and values.</summary>
    public static SubjectPart Of(string title, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var list = new List<SubjectValue>(values.Length);
        foreach (var (name, value) in values)
        {
            list.Add(new SubjectValue(name, value));
        }

        return new SubjectPart(title, list);
    }

    /// <summary>A stored time in UTC milliseconds as ISO 8601; empty when there is none.</summary>
    public static string Time(long? milliseconds) =>
        milliseconds is { } value ? InstantPattern.General.Format(Instant.FromUnixTimeMilliseconds(value)) : "";

    /// <summary>Yes or no.</summary>
    public static string Flag(bool value) => value ? "yes" : "no";

    /// <summary>A date; empty when there is none.</summary>
    public static string Date(LocalDate? date) => date.ToIso();
}

/// <summary>A value of a record.</summary>
/// <param name="Name">Its name, snake case as in the API.</param>
/// <param name="Value">The value as text.</param>
internal sealed record SubjectValue(string Name, string Value);
