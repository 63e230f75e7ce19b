using System.Globalization;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Transcript;

/// <summary>
/// A message in words, for people who do not know SIP2 by heart. It is read from a line of a masked transcript, so it cannot tell what a transcript hides.
/// </summary>
/// <param name="Code">The two digits that begin it; 0 where the line was no message.</param>
/// <param name="Name">What it is, such as `checkout answer`.</param>
/// <param name="Fields">Its fixed part and its fields, in their order.</param>
/// <param name="Check">What stands behind AY: the sequence digit and whether the check is right; empty without error detection.</param>
public sealed record ExplainedMessage(MessageCode Code, string Name, IReadOnlyList<ExplainedField> Fields, string Check)
{
    private const string CheckId = "AY";
    private const int CodeLength = 2;

    /// <summary>Reads a line that <see cref="MaskedTranscript"/> made. Never throws on what it says.</summary>
    public static ExplainedMessage Of(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Length < CodeLength || !int.TryParse(line.AsSpan(0, CodeLength), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            return new(0, line, [], "");
        var (fixedPart, fields) = Split(line[CodeLength..], FixedWords.LengthOf((MessageCode)code));
        var parts = fields.Split((char)FieldSyntax.Delimiter);
        var explained = FixedWords.Explain((MessageCode)code, fixedPart).Concat(parts.Where(part => part.Length > 0 && !IsCheck(part)).Select(FieldWords.Explain));
        return new((MessageCode)code, MessageWords.Of((MessageCode)code), [.. explained], parts.FirstOrDefault(IsCheck)?[CheckId.Length..] ?? "");
    }

    /// <summary>The value of a field, or of a part of the fixed part by its name; null where the message has none.</summary>
    /// <param name="key">`AH`, or `renewed` with hyphens for blanks.</param>
    public ExplainedField? Find(string key) =>
        Fields.FirstOrDefault(field => field.Id == key) ?? Fields.FirstOrDefault(field => field.Id.Length == 0 && field.Name.Replace(' ', '-') == key);

    // Where a time is left out, or the fixed part is too short, fields begin before its end.
    private static (string FixedPart, string Fields) Split(string body, int length)
    {
        var delimiter = body.IndexOf((char)FieldSyntax.Delimiter, StringComparison.Ordinal);
        var start = delimiter >= 0 && delimiter < length ? 0 : Math.Min(length, body.Length);
        while (start < body.Length && body[start] != (char)FieldSyntax.Delimiter && !Begins(body.AsSpan(start)))
            start++;
        return (body[..start], body[start..]);
    }

    private static bool Begins(ReadOnlySpan<char> text) =>
        text.Length >= FieldSyntax.IdLength && char.IsAsciiLetterUpper(text[0]) && (char.IsAsciiLetterUpper(text[1]) || char.IsAsciiDigit(text[1]));

    private static bool IsCheck(string part) => part.StartsWith(CheckId, StringComparison.Ordinal);
}
