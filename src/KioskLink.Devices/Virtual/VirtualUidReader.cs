using System.Globalization;
using System.Text;

namespace KioskLink.Devices.Virtual;

/// <summary>How a virtual reader spells the id of a chip.</summary>
public enum UidSpelling
{
    /// <summary>Hexadecimal digits and CR LF.</summary>
    Line,

    /// <summary>Hexadecimal digits between STX and ETX, CR LF before ETX.</summary>
    Framed,

    /// <summary>RDM6300: STX, ten digits, two of their XOR, ETX.</summary>
    Rdm6300,

    /// <summary>TWN3: a count of bits, the bits, CR.</summary>
    Twn3Bits,

    /// <summary>TWN3 IndiTag: a colon, the bytes, their two's complement, CR LF.</summary>
    Twn3IndiTag,
}

/// <summary>A card reader that sends the id of a chip as characters. It shares no code with the other side.</summary>
/// <param name="spelling">How it spells.</param>
public sealed class VirtualUidReader(UidSpelling spelling) : VirtualDevice
{
    /// <summary>Holds a card before the reader.</summary>
    /// <param name="id">The chip's id, or what is stored on it, in the order in which the reader sends it.</param>
    public void Present(byte[] id) => Change(() =>
    {
        if (Powered)
            Send(Encoding.ASCII.GetBytes(Spell(id)));
    });

    /// <inheritdoc />
    protected override void LosePower()
    {
    }

    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
    }

    private string Spell(byte[] id)
    {
        var digits = string.Concat(id.Select(Hex));
        return spelling switch
        {
            UidSpelling.Line => $"{digits}\r\n",
            UidSpelling.Framed => $"\u0002{digits}\r\n\u0003",
            UidSpelling.Rdm6300 => $"\u0002{digits}{Hex(id.Aggregate((one, other) => (byte)(one ^ other)))}\u0003",
            UidSpelling.Twn3Bits => $"{Hex((byte)(id.Length * 8))}{digits}\r",
            _ => $":{digits}{Hex((byte)(256 - id.Sum(part => part) % 256))}\r\n",
        };
    }

    private static string Hex(byte value) => value.ToString("X2", CultureInfo.InvariantCulture);
}
