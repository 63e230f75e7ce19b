using System.Buffers;

namespace KioskLink.Register.Alarms;

/// <summary>What alarms are about: the register's own subjects, and those that nodes name. Pure.</summary>
internal static class AlarmSubjects
{
    private const string Own = "register-";

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl)]);

    /// <summary>A subject that the register itself tells of: no node may name it.</summary>
    public static string OfRegister(string what, string which) => $"{Own}{what} {which}";

    /// <summary>Whether the register tells of it, and not the node.</summary>
    public static bool IsOfRegister(string subject) => subject.StartsWith(Own, StringComparison.Ordinal);

    /// <summary>A node's text as it may be kept: of bounded length, without control characters.</summary>
    public static string Text(string text, int max)
    {
        var cut = text.Length <= max ? text : text[..max];
        return cut.AsSpan().ContainsAny(Controls) ? string.Concat(cut.Select(letter => char.IsControl(letter) ? ' ' : letter)) : cut;
    }

    /// <summary>A node's subject as it may be kept.</summary>
    public static string OfNode(string subject)
    {
        var text = Text(subject, AlarmLimits.SubjectMax);
        return text.Length == 0 || IsOfRegister(text) ? $"node {text}" : text;
    }
}
