using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Virtual;

/// <summary>One light of a virtual reader: a permanent pattern and a temporary one over it, both as LED commands set them.</summary>
internal sealed class VirtualLed
{
    private static readonly Pattern Dark = new(1, 0, 0, 0, TimeSpan.Zero);
    private Pattern _permanent = Dark;
    private Pattern _temporary = Dark;
    private TimeSpan _temporaryUntil;

    public void Apply(ReadOnlySpan<byte> record, TimeSpan now)
    {
        if (record[2] == 1)
            _temporaryUntil = TimeSpan.Zero;
        if (record[2] == 2)
        {
            _temporary = new Pattern(record[3], record[4], record[5], record[6], now);
            _temporaryUntil = now + TimeSpan.FromMilliseconds(100 * (record[7] + 256 * record[8]));
        }
        if (record[9] == 1)
            _permanent = new Pattern(record[10], record[11], record[12], record[13], now);
    }

    public void Forget()
    {
        _permanent = Dark;
        _temporaryUntil = TimeSpan.Zero;
    }

    public bool TemporaryAt(TimeSpan now) => now < _temporaryUntil;

    public TimeSpan TemporaryUntil => _temporaryUntil;

    public LedColor ColorAt(TimeSpan now) => (TemporaryAt(now) ? _temporary : _permanent).ColorAt(now);

    /// <summary>The colour of the on phase of what shows now: what a person would call the light.</summary>
    public LedColor MeaningAt(TimeSpan now) => (TemporaryAt(now) ? _temporary : _permanent).OnColor;

    /// <summary>A blinking pattern from the moment it was set; times in tenths of a second.</summary>
    private readonly record struct Pattern(byte On, byte Off, byte OnColorCode, byte OffColorCode, TimeSpan Since)
    {
        public LedColor OnColor => (LedColor)OnColorCode;

        public LedColor ColorAt(TimeSpan now)
        {
            var cycle = Math.Max(On + Off, 1) * 100;
            var at = (now - Since).TotalMilliseconds % cycle;
            return (LedColor)(at < On * 100 || Off == 0 ? OnColorCode : OffColorCode);
        }
    }
}
