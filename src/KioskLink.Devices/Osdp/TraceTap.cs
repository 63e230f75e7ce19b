using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Osdp;

/// <summary>Who sees the frames of a line now.</summary>
/// <param name="Masked">Sees them with nobody's card and key in them; null for nobody.</param>
/// <param name="AsWritten">Sees them as they are; null for nobody.</param>
internal sealed record TraceTap(FrameTrace? Masked, FrameTrace? AsWritten)
{
    public static readonly TraceTap None = new(null, null);

    public void Show(FrameDirection direction, ReadOnlySpan<byte> frame, CardMapping cards, bool readable)
    {
        if (Masked is not null)
            TraceMask.Show(Masked, direction, frame, cards, readable);
        AsWritten?.Invoke(direction, frame, masked: false);
    }
}
