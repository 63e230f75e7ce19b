using System.Globalization;
using System.Text;

namespace KioskLink.Devices.Virtual;

/// <summary>An ELATEC TWN4 in the Simple Protocol, ASCII form: a card in its field, three lights, a beeper. It shares no code with the other side.</summary>
/// <param name="check">Its frames carry a check field.</param>
public sealed class VirtualTwn4(bool check = false) : VirtualDevice
{
    private const int MostTyped = 400;
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(2);
    private readonly StringBuilder _typed = new();
    private (byte Type, byte[] Id, byte[] Stored)? _card;
    private int _lights;
    private int _blinking;

    /// <summary>What it says it is.</summary>
    public string Version { get; init; } = "TWN4/CHX1.00";

    /// <summary>Lights that are on for good or blink: 1 red, 2 green, 4 yellow.</summary>
    public int Lights
    {
        get
        {
            lock (Gate)
                return _lights | _blinking;
        }
    }

    /// <summary>Lights that blink.</summary>
    public int Blinking
    {
        get
        {
            lock (Gate)
                return _blinking;
        }
    }

    /// <summary>Tones sounded.</summary>
    public int Tones { get; private set; }

    /// <summary>How often it was asked for a card.</summary>
    public int Searches { get; private set; }

    /// <summary>Blocks that it refuses before it gives the first.</summary>
    public int BlocksToRefuse { get; set; }

    /// <summary>Puts a card into the field, where it stays.</summary>
    /// <param name="type">Its kind of chip: 0x80 MIFARE, 0x82 ISO 15693.</param>
    /// <param name="id">Its id.</param>
    /// <param name="stored">What is stored on it, in blocks of four bytes.</param>
    public void Present(byte type, byte[] id, byte[]? stored = null) => Change(() => _card = (type, id, stored ?? []));

    /// <summary>Takes the card away.</summary>
    public void Remove() => Change(() => _card = null);

    /// <inheritdoc />
    protected override void LosePower()
    {
        (_lights, _blinking) = (0, 0);
        _typed.Clear();
    }

    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (var character in bytes)
            if (character == '\r')
                Answer();
            else if (_typed.Length < MostTyped)
                _typed.Append((char)character);
    }

    private void Answer()
    {
        var typed = _typed.ToString();
        _typed.Clear();
        byte[] answer = Bytes(typed) is { } request ? Execute(request) : [5];
        if (check)
            answer = [.. answer, (byte)Check(answer), (byte)(Check(answer) >> 8)];
        After(Thinking, () => Send(Encoding.ASCII.GetBytes(Convert.ToHexString(answer) + "\r")));
        MarkChanged();
    }

    private byte[]? Bytes(string typed)
    {
        if (typed.Length % 2 != 0 || !typed.All(char.IsAsciiHexDigit) || typed.Length < 4)
            return null;
        byte[] bytes = [.. typed.Chunk(2).Select(pair => byte.Parse(pair, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        if (!check)
            return bytes;
        return bytes.Length > 3 && Check(bytes[..^2]) == bytes[^2] + 256 * bytes[^1] ? bytes[..^2] : null;
    }

    private byte[] Execute(byte[] request)
    {
        switch (request)
        {
            case [0x00, 0x04, var most]:
                var text = Encoding.ASCII.GetBytes(Version).Take(most).ToArray();
                return [0, (byte)text.Length, .. text];
            case [0x05, 0x00, var most]:
                Searches++;
                return _card is { } card && card.Id.Length <= most ? [0, 1, card.Type, (byte)(card.Id.Length * 8), (byte)card.Id.Length, .. card.Id] : [0, 0];
            case [0x0D, 0x05, var block, _]:
                return Block(block);
            case [0x05, 0x02, _, _, _, _, _, _, _, _] or [0x04, 0x10, _]:
                return [0];
            case [0x04, 0x07, _, _, _, _, _, _, _]:
                Tones++;
                return [0];
            case [0x04, var verb and (0x11 or 0x12), var lights]:
                (_lights, _blinking) = (verb == 0x11 ? _lights | lights : _lights & ~lights, _blinking & ~lights);
                return [0];
            case [0x04, 0x14, var lights, _, _, _, _]:
                (_lights, _blinking) = (_lights & ~lights, _blinking | lights);
                return [0];
            case [0x04 or 0x05, ..]:
                return [2];
            default:
                return [1];
        }
    }

    private byte[] Block(int block)
    {
        if (BlocksToRefuse > 0 || _card is not { Type: 0x82 } card || card.Stored.Length < 4 * block + 4)
        {
            BlocksToRefuse = Math.Max(0, BlocksToRefuse - 1);
            return [0, 0];
        }
        return [0, 1, 4, .. card.Stored.AsSpan(4 * block, 4)];
    }

    // Bit by bit over the reversed register, as the catalogue of check fields describes it.
    private static int Check(byte[] bytes)
    {
        var register = 0xFFFF;
        foreach (var part in bytes)
            for (var bit = 0; bit < 8; bit++)
            {
                var carry = ((register ^ (part >> bit)) & 1) != 0;
                register >>= 1;
                if (carry)
                    register ^= 0x8408;
            }
        return register;
    }
}
