using KioskLink.Register.PatronNotices;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Alarms;

/// <summary>Puts a message into words: what is wrong, where, since when, and what to do. No personal data are in them. Pure.</summary>
internal static class AlarmWriting
{
    /// <summary>Longest text message; gateways split longer ones.</summary>
    public const int ShortMax = 300;

    private static readonly ZonedDateTimePattern Time = ZonedDateTimePattern.CreateWithInvariantCulture("d.M.uuuu H:mm", null);

    /// <summary>The words of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="branchName">Name of the branch for people; empty for none.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="language">The route's language.</param>
    public static NoticeWords Write(AlarmMessage message, string branchName, AlarmPlace place, Language language)
    {
        var fault = message.Fault;
        var head = AlarmTexts.Head(message.Kind, language)
            .Replace("{severity}", AlarmTexts.Severity(fault.Severity, language), StringComparison.Ordinal)
            .Replace("{minutes}", $"{message.AfterMinutes}", StringComparison.Ordinal)
            .Replace("{title}", AlarmTexts.Title(fault.Kind, fault.Subject, language), StringComparison.Ordinal);
        var where = Where(branchName, place, language);
        var lines = Lines(message, where, language).ToList();
        var mend = message.Kind is AlarmMessageKind.Cleared or AlarmMessageKind.Test ? "" : AlarmTexts.Mend(fault.Kind, language);
        var brief = $"{head}. {where}, {At(fault.RaisedAt)}. {mend}".TrimEnd();
        return new NoticeWords(language, $"{head} – {where}", string.Join('\n', lines.Prepend("").Prepend(head)) + "\n", Cut(brief));
    }

    private static IEnumerable<string> Lines(AlarmMessage message, string where, Language language)
    {
        var fault = message.Fault;
        if (message.Kind == AlarmMessageKind.Test)
        {
            yield return AlarmTexts.Line("test", language);
            yield break;
        }

        yield return Line("where", "where", where);
        yield return Line("since", "time", At(fault.RaisedAt));
        if (fault.ClearedAt is { } over) yield return Line("over", "time", At(over));
        if (fault.IsLate) yield return AlarmTexts.Line("late", language);
        if (message.Joined.Count > 0) yield return Line("joined", "list", string.Join(", ", message.Joined.Select(AlarmTexts.What)));
        if (fault.IsStanding) yield return Line("mend", "mend", AlarmTexts.Mend(fault.Kind, language));
        if (fault.Sentence.Length > 0 && fault.IsStanding) yield return Line("said", "sentence", fault.Sentence);
        if (message.Kind == AlarmMessageKind.Many) yield return AlarmTexts.Line("list", language);

        string Line(string key, string name, string value) => AlarmTexts.Line(key, language).Replace($"{{{name}}}", value, StringComparison.Ordinal);
    }

    private static string Where(string branchName, AlarmPlace place, Language language) => place switch
    {
        { BranchId: "" } => AlarmTexts.Line("register", language),
        { NodeId: "" } => branchName,
        _ => $"{branchName}, {place.NodeId}",
    };

    private static string At(Instant at) => Time.Format(at.InZone(OpeningCalendar.Zone));

    private static string Cut(string text) => text.Length <= ShortMax ? text : string.Concat(text.AsSpan(0, ShortMax - 1), "…");
}
