namespace KioskLink.Devices.Tests.Unplug;

/// <summary>What this process holds: open files and live memory.</summary>
/// <param name="Files">Open descriptors.</param>
/// <param name="Memory">Bytes that are reachable.</param>
internal sealed record ProcessHoldings(int Files, long Memory)
{
    public static ProcessHoldings Now()
    {
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        GC.WaitForPendingFinalizers();
        return new(Directory.GetFiles("/proc/self/fd").Length, memory);
    }
}
