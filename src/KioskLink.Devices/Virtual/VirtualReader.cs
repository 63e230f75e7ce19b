using System.Text;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Virtual;

/// <summary>An OSDP card reader with keypad, one light, buzzer and display. Cards of digits come as four bits a digit (RAW), others as characters (FMT).</summary>
public sealed class VirtualReader : VirtualOsdpDevice
{
    private const int MostKeys = 32;
    private readonly VirtualLed _led = new();
    private readonly VirtualSmartCard _smartCard = new();
    private readonly Queue<byte> _keys = new();
    private (byte Id, byte[] Data)? _card;
    private int _keysBeforeCard;
    private bool _tampered;
    private bool _tamperTold = true;
    private string _text = "";
    private string _temporaryText = "";
    private TimeSpan _temporaryTextUntil;
    private TimeSpan _soundUntil;

    /// <summary>Makes a reader.</summary>
    /// <param name="address">Its address, 0 to 126.</param>
    /// <param name="key">Its key of 16 bytes; null for one that speaks in clear.</param>
    public VirtualReader(byte address, byte[]? key)
        : base(address, key)
    {
    }

    /// <summary>The colour that shines at this moment; black in the dark phase of a blinking light.</summary>
    public LedColor LedNow => Locked(() => _led.ColorAt(Now));

    /// <summary>The colour of the light as a person would name it, blinking or not.</summary>
    public LedColor Light => Locked(() => _led.MeaningAt(Now));

    /// <summary>A temporary pattern covers the permanent one.</summary>
    public bool LightIsTemporary => Locked(() => _led.TemporaryAt(Now));

    /// <summary>LED commands taken in the present session.</summary>
    public int SessionLeds { get; private set; }

    /// <summary>A temporary light has been set in the present session and shines, and the panel has polled twice: cards presented now are fresh.</summary>
    public bool ReadyForCards => Locked(() => Powered && SessionPolls >= 2 && SessionLeds > 0 && _led.TemporaryAt(Now));

    /// <summary>It keeps a card that no poll has taken.</summary>
    public bool HoldsCard => Locked(() => _card is not null);

    /// <summary>Tones sounded since the reader was made.</summary>
    public int Tones { get; private set; }

    /// <summary>The buzzer sounds, or is between two tones of a row.</summary>
    public bool Sounding => Locked(() => Now < _soundUntil);

    /// <summary>What the display shows.</summary>
    public string Text => Locked(() => Now < _temporaryTextUntil ? _temporaryText : _text);

    /// <summary>Holds a card to the reader. It keeps the last one until it is polled. Without supply nothing happens.</summary>
    /// <param name="number">At most 64 characters of ASCII.</param>
    public void PresentCard(string number)
    {
        if (number.Length is 0 or > CardScan.MostCharacters || !Ascii.IsValid(number))
            throw new ArgumentException("a card has 1 to 64 characters of ASCII", nameof(number));
        if (number.All(char.IsAsciiDigit))
            PresentReply(0x50, Digits(number));
        else
            PresentReply(0x51, [0, 0, (byte)number.Length, .. Encoding.ASCII.GetBytes(number)]);
    }

    /// <summary>Holds a card to the reader whose bits are given, left-justified.</summary>
    public void PresentBits(byte[] bits, int bitCount) => PresentReply(0x50, [0, 0, (byte)(bitCount % 256), (byte)(bitCount / 256), .. bits]);

    /// <summary>Presses keys: 0-9, * and #. More than 32 unread ones are lost.</summary>
    public void TypeKeys(string keys)
    {
        if (keys.Any(key => !char.IsAsciiDigit(key) && key is not ('*' or '#')))
            throw new ArgumentException("a keypad has the keys 0-9, * and #", nameof(keys));
        Change(() =>
        {
            foreach (var key in keys.Where(_ => Powered && _keys.Count < MostKeys))
                _keys.Enqueue(key switch { '*' => 0x7F, '#' => 0x0D, _ => (byte)key });
        });
    }

    /// <summary>Opens or closes the housing.</summary>
    public void SetTamper(bool tampered) => Change(() => (_tampered, _tamperTold) = (tampered, false));

    /// <inheritdoc />
    protected override void LosePower()
    {
        base.LosePower();
        _led.Forget();
        _keys.Clear();
        (_card, _keysBeforeCard) = (null, 0);
        (_text, _temporaryTextUntil, _soundUntil, SessionLeds) = ("", TimeSpan.Zero, TimeSpan.Zero, 0);
    }

    /// <inheritdoc />
    protected override void SessionBegan() => SessionLeds = 0;

    /// <inheritdoc />
    protected override byte[] CapabilityRecords() => [3, 1, 1, 4, 4, 1, 5, 2, 1, 6, 1, 1, 13, 1, 1];

    /// <inheritdoc />
    protected override (byte Id, byte[] Data)? Report()
    {
        if (_card is { } card && _keysBeforeCard == 0)
        {
            _card = null;
            return card;
        }
        if (_keys.Count > 0)
            return (0x53, TakeKeys(_card is null ? _keys.Count : _keysBeforeCard));
        return _tamperTold ? null : LocalStatus();
    }

    private byte[] TakeKeys(int count)
    {
        _keysBeforeCard = 0;
        return [0, (byte)count, .. Enumerable.Range(0, count).Select(_ => _keys.Dequeue())];
    }

    /// <inheritdoc />
    protected override (byte Id, byte[] Data)? Execute(byte command, byte[] data) => command switch
    {
        0x64 => LocalStatus(),
        0x73 when data.Length == 4 => (0x57, [data[0], 0, data[1], 99, 4, 0, 1, 2, 3, 4]),
        0x74 when data.Length >= 6 => (0x58, [data[0], 0, 77]),
        0x80 when data.Length >= 3 => (0x90, [.. data[..3], .. data[3..].Reverse()]),
        0xA1 when data.Length >= 2 => (0xB1, [data[0], data[1], .. data[2..]]),
        0xA2 or 0xA7 => Acknowledge(),
        0xA3 when data.Length == 6 => TellLater(0x80, VirtualSmartCard.PivObject),
        0xA4 => TellLater(0x81, _smartCard.Sign(data)),
        0xA5 => TellLater(0x82, _smartCard.Sign(data)),
        0x67 => (0x4B, [0]),
        0x69 when data.Length > 0 && data.Length % 14 == 0 => SetLed(data),
        0x6A when data.Length == 5 => Sound(data),
        0x6B when data.Length >= 6 && data.Length == 6 + data[5] => Show(data),
        _ => null,
    };

    private (byte Id, byte[] Data) TellLater(byte id, byte[]? whole)
    {
        TellInParts(id, whole ?? []);
        return Acknowledge();
    }

    private (byte Id, byte[] Data) LocalStatus()
    {
        _tamperTold = true;
        return (0x48, [(byte)(_tampered ? 1 : 0), 0]);
    }

    private (byte Id, byte[] Data) SetLed(byte[] data)
    {
        for (var at = 0; at < data.Length; at += 14)
            _led.Apply(data.AsSpan(at, 14), Now);
        SessionLeds++;
        if (_led.TemporaryAt(Now))
            WakeAt(_led.TemporaryUntil);
        return Acknowledge();
    }

    private (byte Id, byte[] Data) Sound(byte[] data)
    {
        if (data[1] == 2)
        {
            Tones += data[4];
            _soundUntil = Now + TimeSpan.FromMilliseconds(100 * (data[2] + data[3]) * data[4]);
            WakeAt(_soundUntil);
        }
        return Acknowledge();
    }

    private (byte Id, byte[] Data) Show(byte[] data)
    {
        var text = Encoding.Latin1.GetString(data.AsSpan(6));
        if (data[1] is 1 or 2)
        {
            _text = text;
        }
        else
        {
            (_temporaryText, _temporaryTextUntil) = (text, Now + TimeSpan.FromSeconds(data[2]));
            WakeAt(_temporaryTextUntil);
        }
        return Acknowledge();
    }

    /// <inheritdoc />
    protected override void Elapsed() => MarkChanged();

    private void PresentReply(byte id, byte[] data) => Change(() => (_card, _keysBeforeCard) = (Powered ? (id, data) : null, _keys.Count));

    private static byte[] Digits(string number)
    {
        var packed = new byte[4 + (number.Length + 1) / 2];
        packed[2] = (byte)(number.Length * 4 % 256);
        packed[3] = (byte)(number.Length * 4 / 256);
        for (var index = 0; index < number.Length; index++)
            packed[4 + index / 2] += (byte)((number[index] - '0') << (index % 2 == 0 ? 4 : 0));
        return packed;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (Gate)
            return read();
    }
}
