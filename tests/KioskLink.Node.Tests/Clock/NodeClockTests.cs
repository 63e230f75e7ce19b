using KioskLink.Node.Clock;
using KioskLink.Testing;
using NodaTime;

namespace KioskLink.Node.Tests.Clock;

public class NodeClockTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 10, 0);
    private readonly VirtualTime _machine = new();
    private Duration _elapsed = Duration.FromHours(1);

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

    [Fact]
    public void Nobody_makes_time_pass_by_setting_a_declared_battery_clock()
    {
        using var folder = new TempFolder();
        Clock("boot-1", folder).OnWatermark(Noon);
        _machine.SetWallClock(VirtualTime.Noon.AddDays(6));

        var rebooted = Clock("boot-2", folder, batteryClock: true);

        Assert.True(rebooted.Trusted);
        Assert.Equal(Noon + Duration.FromDays(6), rebooted.Now);
        Assert.Equal(Noon, rebooted.Lived);
    }

    [Fact]
    public void Time_that_was_lived_through_without_the_register_is_kept_beside_what_it_told()
    {
        using var folder = new TempFolder();
        Clock("boot-1", folder).OnWatermark(Noon);
        var second = Clock("boot-2", folder);
        _elapsed += Duration.FromHours(5);
        Assert.True(second.Keep());

        Assert.Equal(Noon + Duration.FromHours(5), Clock("boot-3", folder).Lived);
        Assert.True(Clock("boot-1", folder).Trusted);
        Assert.False(Clock("boot-2", folder).Trusted);
    }

    [Fact]
    public void A_disk_that_does_not_take_the_time_is_told_of()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["clock.json"]);

        Assert.False(Clock("boot-1", folder).Keep());
    }

    private NodeClock Clock(string bootId, TempFolder folder, bool batteryClock = false) =>
        new(new BootClock(bootId, () => _elapsed), _machine, new ClockFile(folder["clock.json"]), batteryClock);
}
