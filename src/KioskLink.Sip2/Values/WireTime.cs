using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>A time as SIP2 writes it: 18 characters `YYYYMMDDZZZZHHMMSS`. Keeps what a wire brought, also where it is no time.</summary>
public readonly struct WireTime : IEquatable<WireTime>
{
    /// <summary>Its characters.</summary>
    public const int Length = 18;

    private const string Format = "yyyyMMddHHmmss";
    private const int ZoneStart = 8, TimeStart = 12;

    private readonly Characters _characters;

    private WireTime(ReadOnlySpan<byte> characters) => characters.CopyTo(_characters);

    /// <summary>No time: 18 blanks, as "no block due date" and missing times are written.</summary>
    public static WireTime None { get; } = new("                  "u8);

    /// <summary>18 zeros: in 98, the clock of the library system is not told.</summary>
    public static WireTime NotSupported { get; } = new("000000000000000000"u8);

    /// <summary>Whether it is a time, and not blank, zeros or something else.</summary>
    public bool IsTime => TryRead(out _);

    /// <summary>A local time, with a blank zone as SIP2 prefers it.</summary>
    public static WireTime Local(DateTime local)
    {
        Span<byte> characters = stackalloc byte[Length];
        Span<byte> digits = stackalloc byte[Format.Length];
        local.TryFormat(digits, out _, Format, CultureInfo.InvariantCulture);
        characters.Fill((byte)' ');
        digits[..ZoneStart].CopyTo(characters);
        digits[ZoneStart..].CopyTo(characters[TimeStart..]);
        return new(characters);
    }

    /// <summary>The wall-clock time in a text such as AH; null where the text is in words of its own.</summary>
    /// <param name="text">18 characters, or anything.</param>
    public static DateTime? LocalIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length && Ascii.IsValid(text) && Read(Encoding.ASCII.GetBytes(text)).TryRead(out var time) ? time : null;
    }

    /// <summary>The instant. False where the characters are no time.</summary>
    /// <param name="localZone">The zone of times without one.</param>
    /// <param name="time">The instant.</param>
    public bool TryGet(TimeZoneInfo localZone, out DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(localZone);
        time = default;
        if (!TryRead(out var read))
            return false;
        if (Zone() is { } zone)
            return TryShift(read, zone, out time);
        return TryShift(read, localZone.GetUtcOffset(read), out time);
    }

    /// <inheritdoc/>
    public bool Equals(WireTime other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WireTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The 18 characters.</summary>
    public override string ToString() => Encoding.Latin1.GetString(Bytes);

    /// <summary>Whether both are the same characters.</summary>
    public static bool operator ==(WireTime left, WireTime right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(WireTime left, WireTime right) => !left.Equals(right);

    /// <summary>Takes up to 18 characters as they stand; what is missing is blank.</summary>
    internal static WireTime Read(ReadOnlySpan<byte> characters)
    {
        Span<byte> whole = stackalloc byte[Length];
        whole.Fill((byte)' ');
        characters[..Math.Min(characters.Length, Length)].CopyTo(whole);
        // A control character or a delimiter in a time would be a second message or field when it is written again.
        foreach (ref var one in whole)
            one = FieldText.Clean(one);
        return new(whole);
    }

    /// <summary>The characters; blanks for a time that was never set.</summary>
    [UnscopedRef]
    internal ReadOnlySpan<byte> Bytes => _characters[0] == 0 ? "                  "u8 : _characters;

    private bool TryRead(out DateTime time)
    {
        Span<byte> digits = stackalloc byte[Format.Length];
        Bytes[..ZoneStart].CopyTo(digits);
        Bytes[TimeStart..].CopyTo(digits[ZoneStart..]);
        Span<char> characters = stackalloc char[Format.Length];
        Encoding.Latin1.GetChars(digits, characters);
        return DateTime.TryParseExact(characters, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    // Military letters: A to M without J are east of Greenwich, N to Y west, Z is Greenwich.
    private TimeSpan? Zone() => (char)Bytes[TimeStart - 1] switch
    {
        'Z' => TimeSpan.Zero,
        >= 'A' and <= 'I' and var letter => TimeSpan.FromHours(letter - 'A' + 1),
        >= 'K' and <= 'M' and var letter => TimeSpan.FromHours(letter - 'K' + 10),
        >= 'N' and <= 'Y' and var letter => TimeSpan.FromHours('N' - letter - 1),
        _ => null,
    };

    private static bool TryShift(DateTime local, TimeSpan offset, out DateTimeOffset time)
    {
        var utc = local.Ticks - offset.Ticks;
        var fits = utc >= DateTime.MinValue.Ticks && utc <= DateTime.MaxValue.Ticks;
        time = fits ? new DateTimeOffset(local, offset) : default;
        return fits;
    }

    [InlineArray(Length)]
    private struct Characters
    {
        private byte _first;
    }
}
