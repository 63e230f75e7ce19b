using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Transcript;

/// <summary>
/// Turns messages into lines that may be shown and kept: AD, AC and CO are masked, and so are names, addresses and what has no name SIP2 knows; AA is
/// masked, or a word that is the same for the same card within this transcript. Check digits are left out, as they would tell what is masked. Thread-safe.
/// </summary>
/// <param name="cards">How card numbers are shown.</param>
public sealed class MaskedTranscript(CardMask cards)
{
    private const string Masked = "***";

    // What may be shown. Passwords, names, addresses and the extensions of vendors, such as dates of birth, are nobody's business here.
    private static readonly string[] Shown =
    [
        "AB", "AF", "AG", "AH", "AJ", "AL", "AM", "AN", "AO", "AP", "AQ", "AS", "AT", "AU", "AV", "BG", "BH", "BI", "BK", "BL", "BM", "BN", "BO", "BP", "BQ",
        "BR", "BS", "BT", "BU", "BV", "BW", "BX", "BY", "BZ", "CA", "CB", "CC", "CD", "CF", "CG", "CH", "CI", "CJ", "CK", "CL", "CM", "CN", "CP", "CQ", "CR",
        "CS", "CT", "CV", "PA",
    ];

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>One message as a line.</summary>
    /// <param name="message">Its bytes, with or without terminator.</param>
    /// <param name="encoding">The encoding of its texts.</param>
    public string Line(ReadOnlySpan<byte> message, TextEncoding encoding)
    {
        var problem = Frame.Read(message.TrimEnd("\r\n"u8), new WireLimits(), out var frame);
        // What is no message is not shown at all: nobody knows where a PIN stands in it.
        if (problem != FrameProblem.None || !Enum.IsDefined(frame.Code))
            return $"({message.Length} bytes that are no message)";
        var line = new StringBuilder().Append(((int)frame.Code).ToString("00", CultureInfo.InvariantCulture));
        FixedParts.Split(frame, out var fixedPart, out var junk, out var fields);
        line.Append(Readable(fixedPart, encoding)).Append(junk.IsEmpty ? "" : Masked);
        AppendFields(line, fields, encoding);
        if (frame.Check != FrameCheck.Absent)
            line.Append("AY").Append(Encoding.ASCII.GetString(frame.Sequence)).Append(frame.Check == FrameCheck.Right ? " (check right)" : " (check wrong)");
        return line.ToString();
    }

    private void AppendFields(StringBuilder line, ReadOnlySpan<byte> fields, TextEncoding encoding)
    {
        while (FieldSyntax.TakePart(ref fields, out var part))
        {
            if (!FieldSyntax.Begins(part))
            {
                // A part without a name may be the rest of a secret that had a delimiter in it.
                line.Append(part.IsEmpty ? "" : Masked).Append('|');
                continue;
            }
            var id = Encoding.Latin1.GetString(part[..FieldSyntax.IdLength]);
            line.Append(id).Append(Value(id, part[FieldSyntax.IdLength..], encoding)).Append('|');
        }
    }

    private string Value(string id, ReadOnlySpan<byte> value, TextEncoding encoding)
    {
        if (value.IsEmpty)
            return "";
        if (id == "AA")
            return cards == CardMask.SameWord ? Word(value) : Masked;
        return Shown.Contains(id) ? Readable(value, encoding) : Masked;
    }

    private string Word(ReadOnlySpan<byte> card)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, card, hash);
        return "#" + BinaryPrimitives.ReadUInt32BigEndian(hash).ToString("x8", CultureInfo.InvariantCulture);
    }

    private static string Readable(ReadOnlySpan<byte> bytes, TextEncoding encoding) =>
        string.Concat(Encodings.Of(encoding).GetString(bytes).Select(letter => char.IsControl(letter) ? ' ' : letter));
}
