namespace KioskLink.Devices.Osdp.Commands;

/// <summary>OSDP counts most times in tenths of a second.</summary>
internal static class Tenths
{
    /// <summary>The time in tenths, rounded up so that a wanted time is never none, and cut at <paramref name="most"/>.</summary>
    public static ushort Of(TimeSpan time, ushort most) =>
        (ushort)Math.Clamp((time.Ticks + TimeSpan.TicksPerMillisecond * 100 - 1) / (TimeSpan.TicksPerMillisecond * 100), 0, most);
}
