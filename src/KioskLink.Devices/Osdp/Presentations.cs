using KioskLink.Devices.Osdp.Replies;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Osdp;

/// <summary>Makes card and key events of a reader's replies, and knows which of them may be old.</summary>
internal sealed class Presentations(OsdpDeviceOptions device, OsdpLimits limits, Action<DeviceEvent> tell, TimeProvider clock)
{
    private const int MostKeys = 255;
    private static readonly CardMapping Digits = new(CardEncoding.Bcd);
    private int _pollsAnswered;

    /// <summary>How the device's bits spell a card.</summary>
    public CardMapping Cards { get; } = device.Profile?.Cards ?? Digits;

    /// <summary>A session begins, or the reader was not listened to for too long: what it kept meanwhile comes with the next polls.</summary>
    public void Doubt() => _pollsAnswered = 0;

    public void PollAnswered() => _pollsAnswered = Math.Min(_pollsAnswered + 1, limits.StalePolls);

    private bool Stale => _pollsAnswered < limits.StalePolls;

    public void Raw(ReadOnlySpan<byte> data)
    {
        if (RawCardReply.TryRead(data, out var card))
            Tell(Cards.Read(card.Bits, card.BitCount));
        else
            Tell(new CardScan(null, data.Length, "bytes"));
    }

    public void Formatted(ReadOnlySpan<byte> data)
    {
        if (!FormattedCardReply.TryRead(data, out var card))
        {
            Tell(new CardScan(null, data.Length, "bytes"));
            return;
        }
        Span<byte> forward = stackalloc byte[card.Characters.Length];
        card.Characters.CopyTo(forward);
        if (card.Backwards)
            forward.Reverse();
        Tell(CardMapping.Read(forward));
    }

    public void Keys(ReadOnlySpan<byte> data)
    {
        if (!KeypadReply.TryRead(data, out var keypad))
            return;
        Span<char> keys = stackalloc char[MostKeys];
        var count = 0;
        foreach (var key in keypad.Keys)
            if (KeypadReply.CharacterOf(key) is var character and not '\0')
                keys[count++] = character;
        if (count > 0)
            tell(new KeysPressed(device.Id, new PinKeys(keys[..count]), Stale, clock.GetUtcNow()));
        keys.Clear();
    }

    private void Tell(CardScan card) => tell(new CardScanned(device.Id, card, Stale, clock.GetUtcNow()));
}
