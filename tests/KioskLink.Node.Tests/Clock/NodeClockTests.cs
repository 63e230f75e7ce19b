using KioskLink.Node.Clock;
using KioskLink.Testing;
using NodaTime;

namespace KioskLink.Node.Tests.Clock;

public class NodeClockTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 10, 0);
    private readonly VirtualTime _machine = new();

    [Fact]
    public void The_first_watermark_makes_the_clock_trusted_and_is_kept_on_disk()
    {
        using var folder = new TempFolder();
        var clock = Clock("boot-1", folder);
        Assert.False(clock.Trusted);

        clock.OnWatermark(Noon);

        Assert.True(clock.Trusted);
        Assert.True(Clock("boot-1", folder).Trusted);
        Assert.False(Clock("boot-2", folder).Trusted);
    }

    [Fact]
    public void A_damaged_file_counts_as_none()
    {
        using var folder = new TempFolder();
        folder.Write("clock.json", "{ \"bootId\": ");

        Assert.False(Clock("boot-1", folder).Trusted);
    }

    [Fact]
    public void Nobody_turns_the_clock_by_setting_the_machines()
    {
        using var folder = new TempFolder();
        var clock = Clock("boot-1", folder);
        clock.OnWatermark(Noon);

        _machine.SetWallClock(VirtualTime.Noon.AddYears(3));

        Assert.Equal(Noon, clock.Now);
    }

    private NodeClock Clock(string bootId, TempFolder folder) =>
        new(new BootClock(bootId, () => Duration.FromHours(1)), _machine, new ClockFile(folder["clock.json"]));
}
