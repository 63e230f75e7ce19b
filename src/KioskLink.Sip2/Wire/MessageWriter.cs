using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace KioskLink.Sip2.Wire;

/// <summary>
/// Writes a message. Its buffer belongs to a thread and is wiped after each message, since requests carry PINs. Values are cut to the 255 characters
/// that SIP2 allows, and hold no delimiter and no control character.
/// </summary>
internal sealed class MessageWriter
{
    private const int InitialBytes = 1024;

    [ThreadStatic]
    private static MessageWriter? _writer;

    private readonly ArrayBufferWriter<byte> _bytes = new(InitialBytes);
    private Encoding _encoding = Encoding.ASCII;

    /// <summary>The bytes of a message with its tail and terminator, ready to send.</summary>
    /// <param name="message">The message.</param>
    /// <param name="style">How the receiver wants it written.</param>
    /// <param name="sequence">The digits behind AY; empty for the two messages without.</param>
    /// <param name="withCheck">Whether the message ends with error detection.</param>
    public static byte[] Write(Sip2Message message, WireStyle style, ReadOnlySpan<byte> sequence, bool withCheck)
    {
        var writer = _writer ??= new();
        writer._encoding = Encodings.Of(style.Encoding);
        writer.Command(message.Code);
        message.WriteBody(writer);
        if (withCheck)
            writer.Tail(sequence);
        else
            writer.PartFromTail();
        writer.Raw(style.Terminator == Terminator.CrLf ? "\r\n"u8 : "\r"u8);
        var written = writer._bytes.WrittenSpan.ToArray();
        writer.Forget();
        return written;
    }

    public MessageWriter YesNo(bool value) => Character(value ? 'Y' : 'N');

    public MessageWriter OneZero(bool value) => Character(value ? '1' : '0');

    public MessageWriter YesNoUnknown(Answered value) => Character(value switch { Answered.Yes => 'Y', Answered.No => 'N', _ => 'U' });

    /// <summary>One character of the fixed part.</summary>
    public MessageWriter Character(char value)
    {
        Raw([FieldText.Clean((byte)(value < 0x80 ? value : ' '))]);
        return this;
    }

    /// <summary>A number of the fixed part with leading zeros; blanks for null, the largest number that fits for a larger one.</summary>
    public MessageWriter Number(int? value, int digits)
    {
        var room = _bytes.GetSpan(digits)[..digits];
        room.Fill((byte)' ');
        if (value is { } number)
            Utf8Formatter.TryFormat(Clamp(number, digits), room, out _, new StandardFormat('D', (byte)digits));
        _bytes.Advance(digits);
        return this;
    }

    /// <summary>A word of the fixed part, cut or padded with blanks.</summary>
    public MessageWriter Word(string value, int length)
    {
        for (var at = 0; at < length; at++)
            Character(at < value.Length ? value[at] : ' ');
        return this;
    }

    public MessageWriter Time(WireTime value)
    {
        Raw(value.Bytes);
        return this;
    }

    public MessageWriter Flags(PatronFlags value)
    {
        for (var position = 0; position < PatronFlagsText.Length; position++)
            Character(((int)value & (1 << position)) != 0 ? 'Y' : ' ');
        return this;
    }

    public MessageWriter List(PatronList value)
    {
        for (var position = 1; position <= PatronListText.Length; position++)
            Character(position == (int)value ? 'Y' : ' ');
        return this;
    }

    /// <summary>A field; nothing for null.</summary>
    public MessageWriter Text(ReadOnlySpan<byte> id, string? value)
    {
        if (value is not null)
            Field(id, value.AsSpan(0, FieldText.Fitting(value, atBlank: false)));
        return this;
    }

    /// <summary>A field that may stand more than once; a longer text goes on in another one.</summary>
    public MessageWriter Texts(ReadOnlySpan<byte> id, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            var rest = value.AsSpan();
            do
            {
                var length = FieldText.Fitting(rest, atBlank: true);
                Field(id, rest[..length]);
                rest = rest[length..];
            }
            while (rest.Length > 0);
        }
        return this;
    }

    /// <summary>A list of items; each stands in a field of its own and is cut.</summary>
    public MessageWriter Items(ReadOnlySpan<byte> id, IReadOnlyList<string> values)
    {
        foreach (var value in values)
            Text(id, value);
        return this;
    }

    public MessageWriter Secret(ReadOnlySpan<byte> id, Secret? value)
    {
        if (value is null)
            return this;
        Span<char> characters = stackalloc char[WireLimits.WrittenCharacters];
        Encoding.UTF8.TryGetChars(value.Utf8[..Math.Min(value.Utf8.Length, characters.Length)], characters, out var count);
        Field(id, characters[..count]);
        characters.Clear();
        return this;
    }

    /// <summary>A field that a message must have, empty where there is no secret.</summary>
    public MessageWriter RequiredSecret(ReadOnlySpan<byte> id, Secret? value) => Secret(id, value ?? Sip2.Secret.Nothing);

    public MessageWriter Flag(ReadOnlySpan<byte> id, bool? value) => Text(id, value switch { true => "Y", false => "N", _ => null });

    public MessageWriter Integer(ReadOnlySpan<byte> id, int? value, int digits = 1) =>
        Text(id, value is { } number ? Clamp(number, Math.Max(digits, 9)).ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null);

    public MessageWriter Amount(ReadOnlySpan<byte> id, decimal? value) => Text(id, value is { } amount ? Numbers.Write(amount) : null);

    public MessageWriter TimeField(ReadOnlySpan<byte> id, WireTime? value)
    {
        if (value is not { } time)
            return this;
        Raw(id);
        Raw(time.Bytes);
        Raw([FieldSyntax.Delimiter]);
        return this;
    }

    public MessageWriter Others(IReadOnlyList<ExtraField> fields)
    {
        Span<byte> id = stackalloc byte[FieldSyntax.IdLength];
        foreach (var field in fields)
        {
            Encoding.Latin1.GetBytes(field.Id, id);
            Text(id, field.Value);
        }
        return this;
    }

    private static int Clamp(int number, int digits) => Math.Clamp(number, 0, digits >= 9 ? 999_999_999 : (int)Math.Pow(10, digits) - 1);

    private void Command(MessageCode code) => Number((int)code, 2);

    private void Field(ReadOnlySpan<byte> id, ReadOnlySpan<char> value)
    {
        Raw(id);
        var room = _bytes.GetSpan(_encoding.GetMaxByteCount(value.Length) + 1);
        var count = _encoding.GetBytes(value, room);
        FieldText.Clean(room[..count]);
        room[count] = FieldSyntax.Delimiter;
        _bytes.Advance(count + 1);
    }

    private void Tail(ReadOnlySpan<byte> sequence)
    {
        if (sequence.Length > 0)
        {
            Raw("AY"u8);
            Raw(sequence);
        }
        Raw("AZ"u8);
        var check = Checksum.Of(_bytes.WrittenSpan);
        Utf8Formatter.TryFormat(check, _bytes.GetSpan(Checksum.Digits), out _, new StandardFormat('X', Checksum.Digits));
        _bytes.Advance(Checksum.Digits);
    }

    // A last value that ends as check digits do, such as a card called AY1AZ1234, would be taken for them: an empty line to print stands behind it.
    private void PartFromTail()
    {
        if (FrameTail.Find(_bytes.WrittenSpan).Check != FrameCheck.Absent)
            Raw("AG|"u8);
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.GetSpan(bytes.Length));
        _bytes.Advance(bytes.Length);
    }

    // Clear wipes what was written, and keeps the buffer.
    private void Forget() => _bytes.Clear();
}
