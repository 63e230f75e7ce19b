using System.Buffers.Text;

namespace KioskLink.Devices.Relays.Numato;

/// <summary><c>relay readall</c>: the states as hexadecimal digits, relay 0 in the lowest bit.</summary>
internal static class ReadRelays
{
    public static int Write(Span<byte> target)
    {
        "relay readall"u8.CopyTo(target);
        return "relay readall"u8.Length;
    }

    /// <summary>The states; null where the text is no such number.</summary>
    public static uint? StatesOf(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= 8 && Utf8Parser.TryParse(text, out uint states, out var taken, 'x') && taken == text.Length ? states : null;
}
