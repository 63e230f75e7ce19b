using System.Runtime.InteropServices;
using NodaTime;

namespace KioskLink.Node.Clock;

/// <summary>The machine's boot: its id, and CLOCK_BOOTTIME, which counts on while the machine sleeps and which nobody can set.</summary>
internal sealed partial class BootClock(string bootId, Func<Duration> elapsed)
{
    private const int ClockBootTime = 7;

    /// <summary>The boot's id.</summary>
    public string BootId { get; } = bootId;

    /// <summary>Time since the boot.</summary>
    public Duration Elapsed => elapsed();

    /// <summary>The boot of this machine, its id read from a file.</summary>
    public static BootClock OfMachine(string bootIdPath) => new(File.ReadAllText(bootIdPath).Trim(), ReadBootTime);

    private static Duration ReadBootTime()
    {
        if (ClockGetTime(ClockBootTime, out var time) != 0)
            throw new InvalidOperationException($"clock_gettime(CLOCK_BOOTTIME) failed: errno {Marshal.GetLastPInvokeError()}");
        return Duration.FromSeconds(time.Seconds) + Duration.FromNanoseconds(time.Nanoseconds);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
