namespace KioskLink.Devices.Readers.Lines;

/// <summary>Whether a reading is the last one over again: a phone held before a scanner, a card left on a reader. It keeps the number until another comes.</summary>
internal sealed class SameAgain(TimeSpan within)
{
    private string? _last;
    private TimeSpan _at;

    /// <summary>Whether a reading is to be told. Each repetition renews the time.</summary>
    public bool IsNew(CardScan card, TimeSpan now)
    {
        if (within <= TimeSpan.Zero)
            return true;
        var repeated = card.Number is not null && card.Number == _last && now - _at < within;
        (_last, _at) = (card.Number, now);
        return !repeated;
    }

    /// <summary>Forgets it: the port is another, and so may be the person.</summary>
    public void Forget() => _last = null;
}
