namespace KioskLink.Devices.Readers.Twn4;

/// <summary>Tones that wait for a TWN4, which sounds one at a time. Any thread adds, the reader's loop takes.</summary>
internal sealed class Twn4Tones
{
    /// <summary>The most tones that wait; those of one reading and one refusal are four. What comes on top of them is not sounded.</summary>
    public const int Most = 8;

    private readonly Lock _gate = new();
    private readonly Queue<BeepPattern> _waiting = new(Most);

    public bool Any
    {
        get
        {
            lock (_gate)
                return _waiting.Count > 0;
        }
    }

    public void Add(BeepPattern row)
    {
        lock (_gate)
            for (var tone = 0; tone < Math.Max((int)row.Count, 1) && _waiting.Count < Most; tone++)
                _waiting.Enqueue(row);
    }

    /// <summary>Takes one tone.</summary>
    public void Take(out TimeSpan on, out TimeSpan off)
    {
        lock (_gate)
            (on, off) = _waiting.TryDequeue(out var row) ? (row.OnTime, row.OffTime) : (TimeSpan.Zero, TimeSpan.Zero);
    }

    public void Forget()
    {
        lock (_gate)
            _waiting.Clear();
    }
}
