namespace KioskLink.Devices.Osdp;

/// <summary>Where devices are looked for, in which order, and when it is enough.</summary>
internal sealed class SearchPlan
{
    private SearchPlan(IReadOnlyList<(int Baud, byte Address)> steps, bool stopsAtOneSpeed = false, int enough = int.MaxValue) =>
        (Steps, StopsAtOneSpeed, Enough) = (steps, stopsAtOneSpeed, enough);

    /// <summary>What is asked, one after the other.</summary>
    public IReadOnlyList<(int Baud, byte Address)> Steps { get; }

    /// <summary>Once something has answered, no other speed is tried: a line has one.</summary>
    public bool StopsAtOneSpeed { get; }

    /// <summary>The search ends when so many have answered.</summary>
    public int Enough { get; }

    /// <summary>Every address at every speed; unless it is thorough, not at those after the first at which something answered.</summary>
    public static SearchPlan All(IReadOnlyList<int> bauds, bool thorough) =>
        new([.. bauds.SelectMany(_ => Addresses, (baud, address) => (baud, address))], stopsAtOneSpeed: !thorough);

    /// <summary>
    /// Looks for devices that should be on a line and are silent: first at their own addresses at every speed, then at every other address at the line's.
    /// </summary>
    /// <param name="baud">The line's speed.</param>
    /// <param name="silent">Their addresses.</param>
    /// <param name="present">Addresses of devices that answer, and are left alone. Where there are any, the line's speed is right.</param>
    public static SearchPlan Missing(int baud, IReadOnlyCollection<byte> silent, IReadOnlyCollection<byte> present)
    {
        int[] bauds = present.Count > 0 ? [baud] : [.. OsdpDiscovery.Bauds.OrderBy(other => other != baud)];
        var own = bauds.SelectMany(_ => silent, (at, address) => (at, address));
        var others = Addresses.Except(silent).Except(present).Select(address => (baud, address));
        return new SearchPlan([.. own, .. others], enough: silent.Count);
    }

    private static IEnumerable<byte> Addresses => Enumerable.Range(0, OsdpLimits.HighestAddress + 1).Select(address => (byte)address);
}
