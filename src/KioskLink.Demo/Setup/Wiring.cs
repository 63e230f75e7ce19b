namespace KioskLink.Demo.Setup;

/// <summary>The wiring part of node.json: the reader outside, the I/O module with lock and contact inside.</summary>
internal sealed record Wiring(object Buses, object Devices, object Entrances, object Doors)
{
    /// <summary>The reader's device id.</summary>
    public const string ReaderId = "front-reader";

    /// <summary>The entrance.</summary>
    public const string EntranceId = "front-in";

    private const int Baud = 38400;

    /// <summary>The virtual reader and I/O module on one virtual line.</summary>
    public static Wiring Virtual(string bus, LockModule module) => new(
        new[] { new { id = "bus0", path = bus, baud = Baud, protocol = "osdp" } },
        new object[]
        {
            new { id = ReaderId, bus = "bus0", address = 1, placement = "outside", secure = "scbk", profile = "virtual-osdp-reader" },
            new { id = "io", bus = "bus0", address = 2, placement = "inside", secure = module.IsSecure ? "scbk" : "clear", profile = "virtual-osdp-io" },
        },
        FrontEntrance,
        FrontDoor(module.HasTimers ? "board" : "host"));

    /// <summary>A real reader on a line of its own, in clear; lock and contact stay virtual.</summary>
    public static Wiring RealReader(string path, int baud, int address, string bus) => new(
        new[]
        {
            new { id = "bus0", path = bus, baud = Baud, protocol = "osdp" },
            new { id = "reader-line", path, baud, protocol = "osdp" },
        },
        new object[]
        {
            new { id = ReaderId, bus = "reader-line", address, placement = "inside", secure = "clear" },
            new { id = "io", bus = "bus0", address = 2, placement = "inside", secure = "scbk", profile = "virtual-osdp-io" },
        },
        FrontEntrance,
        FrontDoor("board"));

    private static readonly object[] FrontEntrance =
    [
        new { id = EntranceId, door = DemoBranch.Door, side = "in", cards = new[] { ReaderId }, pin = ReaderId, display = ReaderId, panel = true },
    ];

    // A module without timers is taken to have a timer relay in series with the lock, without which a node does not start.
    private static object[] FrontDoor(string pulse) =>
    [
        new
        {
            id = DemoBranch.Door,
            outputs = new[]
            {
                new
                {
                    role = "lock", device = "io", output = 0, type = "failSecure", lockedWhen = "off", pulse, maxUnlock = "30s", relock = "timer",
                    timerRelay = pulse == "host" ? "30s" : null,
                },
            },
            inputs = new object[]
            {
                new { role = "contact", device = "io", input = 0, activeWhen = "open" },
                new { role = "exit", device = "io", input = 1 },
            },
        },
    ];
}
