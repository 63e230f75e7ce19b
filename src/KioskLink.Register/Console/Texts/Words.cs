using System.Collections.Frozen;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Console.Texts;

/// <summary>Texts, dates and numbers in one language, Helsinki's time. Immutable.</summary>
internal sealed class Words(string language, FrozenDictionary<string, string> texts)
{
    private static readonly string[] EnglishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>The language's code, for <c>lang</c>.</summary>
    public string Language { get; } = language;

    /// <summary>The text of a key. A key without a text is a defect of the console, which its tests find.</summary>
    public string this[string key] => texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"The console has no text '{key}' in {Language}.");

    /// <summary>The text of a key, or null: for words that come from elsewhere, such as a profile's groups.</summary>
    public string? Known(string key) => texts.GetValueOrDefault(key);

    /// <summary>A text with its places filled.</summary>
    public string Fill(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>A count with its noun: <c>key.one</c> or <c>key.many</c>.</summary>
    public string Count(string key, long count) => Fill(count == 1 ? $"{key}.one" : $"{key}.many", Number(count));

    /// <summary>A whole number, thousands apart.</summary>
    public string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(",", Language == "en" ? "," : "\u00a0", StringComparison.Ordinal);

    /// <summary>An amount of money.</summary>
    public string Euros(long cents) => Language == "en"
        ? string.Create(CultureInfo.InvariantCulture, $"€{cents / 100m:#,0.00}")
        : $"{Number(cents / 100)},{cents % 100:00}\u00a0€";

    /// <summary>A date of the wire (ISO 8601); nothing stays nothing.</summary>
    public string Date(string iso) => LocalDatePattern.Iso.Parse(iso) is { Success: true } date ? Date(date.Value) : iso;

    /// <summary>A date.</summary>
    public string Date(LocalDate date) => Language == "en"
        ? $"{date.Day} {EnglishMonths[date.Month - 1]} {date.Year}"
        : $"{date.Day}.{date.Month}.{date.Year}";

    /// <summary>The date of an instant; a dash where there is none.</summary>
    public string Date(Timestamp? time) => Local(time) is { } local ? Date(local.Date) : "–";

    /// <summary>A point in time; a dash where there is none.</summary>
    public string Moment(Timestamp? time) => Local(time) is { } local ? $"{Date(local.Date)} {Clock(local.TimeOfDay)}" : "–";

    /// <summary>A point in time without its year and, where it is today, without its date.</summary>
    public string Near(Timestamp? time, Instant now)
    {
        if (Local(time) is not { } local) return "–";
        if (local.Date == now.InZone(OpeningCalendar.Zone).Date) return Clock(local.TimeOfDay);
        var day = Language == "en" ? $"{local.Day} {EnglishMonths[local.Month - 1]}" : $"{local.Day}.{local.Month}.";
        return $"{day} {Clock(local.TimeOfDay)}";
    }

    /// <summary>How long ago something was, in the largest unit that fits.</summary>
    public string Age(Timestamp? time, Instant now)
    {
        if (time is null) return this["age.never"];
        var age = now - Instant.FromUnixTimeSeconds(time.Seconds);
        return age switch
        {
            _ when age < Duration(5) => this["age.now"],
            _ when age < Duration(120) => Fill("age.seconds", (int)age.TotalSeconds),
            _ when age < Duration(7200) => Fill("age.minutes", (int)age.TotalMinutes),
            _ when age < Duration(172800) => Fill("age.hours", (int)age.TotalHours),
            _ => Fill("age.days", (int)age.TotalDays),
        };
    }

    /// <summary>A time of day.</summary>
    public string Clock(LocalTime time) => time.ToString(Language == "en" ? "H:mm" : "H.mm", CultureInfo.InvariantCulture);

    /// <summary>A time of day of the wire (<c>06:00</c>).</summary>
    public string Clock(string wire) => Language == "en" ? wire : wire.Replace(':', '.');

    private static NodaTime.Duration Duration(int seconds) => NodaTime.Duration.FromSeconds(seconds);

    private static LocalDateTime? Local(Timestamp? time) =>
        time is null ? null : Instant.FromUnixTimeSeconds(time.Seconds).InZone(OpeningCalendar.Zone).LocalDateTime;
}
