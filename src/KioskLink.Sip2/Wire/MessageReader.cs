using System.Text;

namespace KioskLink.Sip2.Wire;

/// <summary>
/// Reads a message's body: the fixed part in order, then fields by name in any order. Never fails: what is missing reads as blank, absent or zero, what
/// is unreadable as unknown. Each message says in its own file what it reads.
/// </summary>
internal ref struct MessageReader
{
    private readonly Encoding _encoding;
    private ReadOnlySpan<byte> _fixed;
    private ReadOnlySpan<byte> _fields;
    private FieldSet _read;
    private bool _inFields;

    public MessageReader(ReadOnlySpan<byte> body, TextEncoding encoding)
    {
        _fixed = body;
        _encoding = Encodings.Of(encoding);
    }

    /// <summary>Whether the fixed part goes on with a digit.</summary>
    public readonly bool IsAtDigit => _fixed.Length > 0 && char.IsAsciiDigit((char)_fixed[0]);

    /// <summary>One character of the fixed part; a blank where it is missing.</summary>
    public char Character()
    {
        var one = Take(1);
        return one.IsEmpty ? ' ' : (char)one[0];
    }

    /// <summary>Y, as opposed to N and everything else.</summary>
    public bool YesNo() => Character() == 'Y';

    /// <summary>1, as opposed to 0 and everything else. Y also counts, as some systems write it.</summary>
    public bool OneZero() => Character() is '1' or 'Y';

    /// <summary>Y, N, or U for unknown.</summary>
    public Answered YesNoUnknown() => Character() switch { 'Y' => Answered.Yes, 'N' => Answered.No, _ => Answered.Unknown };

    /// <summary>A number of the fixed part, padded with zeros or blanks; null where it is blank or no number.</summary>
    public int? Number(int digits) => Numbers.Parse(Take(digits));

    /// <summary>A word of the fixed part; blanks at its end are kept.</summary>
    public string Word(int length) => Encoding.Latin1.GetString(Take(length));

    /// <summary>A time of the fixed part. Where a device leaves the time out, the fields begin here.</summary>
    public WireTime Time() => FieldSyntax.Begins(_fixed) ? WireTime.None : WireTime.Read(Take(WireTime.Length));

    /// <summary>The positions 0 to 13 of a patron's status.</summary>
    public PatronFlags Flags()
    {
        var flags = PatronFlags.None;
        var characters = Take(PatronFlagsText.Length);
        for (var position = 0; position < characters.Length; position++)
        {
            if (characters[position] == 'Y')
                flags |= (PatronFlags)(1 << position);
        }
        return flags;
    }

    /// <summary>Which list is asked for: the first Y of ten positions.</summary>
    public PatronList List() => (PatronList)(Take(PatronListText.Length).IndexOf((byte)'Y') + 1);

    /// <summary>The language; one that SIP2 has no number for is unknown.</summary>
    public Language Language()
    {
        var number = (Language)(Number(3) ?? 0);
        return Enum.IsDefined(number) ? number : Sip2.Language.Unknown;
    }

    /// <summary>A field's text; null where it is absent, empty where nothing stands in it.</summary>
    public string? Text(ReadOnlySpan<byte> id) => TryFind(id, out var value) ? _encoding.GetString(value) : null;

    /// <summary>The texts of a field that may stand more than once.</summary>
    public IReadOnlyList<string> Texts(ReadOnlySpan<byte> id)
    {
        BeginFields();
        _read.Add(id);
        List<string>? texts = null;
        var rest = _fields;
        while (FieldSyntax.TakePart(ref rest, out var part))
        {
            if (part.StartsWith(id))
                (texts ??= []).Add(_encoding.GetString(part[FieldSyntax.IdLength..]));
        }
        return texts ?? (IReadOnlyList<string>)[];
    }

    /// <summary>A PIN or password; null where the field is absent.</summary>
    public Secret? Secret(ReadOnlySpan<byte> id) => TryFind(id, out var value) ? Sip2.Secret.FromWire(value, _encoding) : null;

    /// <summary>A field that says Y or N; null where it is absent or neither.</summary>
    public bool? Flag(ReadOnlySpan<byte> id) =>
        !TryFind(id, out var value) || value.IsEmpty ? null : value[0] switch { (byte)'Y' => true, (byte)'N' => false, _ => null };

    /// <summary>A field that holds a whole number; null where it is absent or no number.</summary>
    public int? Integer(ReadOnlySpan<byte> id) => TryFind(id, out var value) ? Numbers.Parse(value) : null;

    /// <summary>A field that holds an amount of money; null where it is absent or unreadable.</summary>
    public decimal? Amount(ReadOnlySpan<byte> id) => TryFind(id, out var value) ? Numbers.ParseAmount(value) : null;

    /// <summary>A field that holds a time; null where it is absent.</summary>
    public WireTime? TimeField(ReadOnlySpan<byte> id) => TryFind(id, out var value) ? WireTime.Read(value) : null;

    /// <summary>The fields that the message did not ask for, in their order.</summary>
    public IReadOnlyList<ExtraField> Others()
    {
        BeginFields();
        List<ExtraField>? others = null;
        var rest = _fields;
        while (FieldSyntax.TakePart(ref rest, out var part))
        {
            if (FieldSyntax.Begins(part) && !_read.Contains(part))
                (others ??= []).Add(new(Encoding.Latin1.GetString(part[..FieldSyntax.IdLength]), _encoding.GetString(part[FieldSyntax.IdLength..])));
        }
        return others ?? (IReadOnlyList<ExtraField>)[];
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        // A delimiter ends the fixed part also where it is too short.
        var end = _fixed[..Math.Min(length, _fixed.Length)].IndexOf(FieldSyntax.Delimiter);
        var taken = _fixed[..(end >= 0 ? end : Math.Min(length, _fixed.Length))];
        _fixed = _fixed[taken.Length..];
        return taken;
    }

    private bool TryFind(ReadOnlySpan<byte> id, out ReadOnlySpan<byte> value)
    {
        BeginFields();
        _read.Add(id);
        var rest = _fields;
        while (FieldSyntax.TakePart(ref rest, out var part))
        {
            if (part.StartsWith(id))
            {
                value = part[FieldSyntax.IdLength..];
                return true;
            }
        }
        value = default;
        return false;
    }

    private void BeginFields()
    {
        if (_inFields)
            return;
        _fields = FieldSyntax.FromFirstField(_fixed);
        _inFields = true;
    }
}
