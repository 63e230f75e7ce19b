using System.Buffers.Text;

namespace KioskLink.Devices.Relays.Numato;

/// <summary><c>relay writeall 00ff</c>: all relays at once, a hexadecimal digit for four of them.</summary>
internal static class WriteRelays
{
    public static int Write(Span<byte> target, int outputs, uint states)
    {
        var verb = "relay writeall "u8;
        verb.CopyTo(target);
        var digits = Math.Max(2, (outputs + 3) / 4);
        Utf8Formatter.TryFormat(states, target[verb.Length..], out var written, new('x', (byte)digits));
        return verb.Length + written;
    }
}
