using KioskLink.Node.Clock;
using NodaTime;

namespace KioskLink.Node.Tests.Clock;

public class ClockRulesTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 10, 0);
    private static readonly Duration Week = Duration.FromDays(7);
    private static readonly ClockAnchor Kept = new("boot-1", Duration.FromHours(1), Noon);

    [Fact]
    public void A_restart_in_the_same_boot_stays_trusted()
    {
        var anchor = ClockRules.AtStart(Kept, "boot-1", Duration.FromHours(2), null, Week);

        Assert.Equal(Noon + Duration.FromHours(1), ClockRules.TimeAt(anchor!, Duration.FromHours(2)));
    }

    [Fact]
    public void After_a_reboot_without_a_battery_nothing_is_trusted() =>
        Assert.Null(ClockRules.AtStart(Kept, "boot-2", Duration.FromMinutes(1), null, Week));

    [Fact]
    public void Without_anything_kept_a_battery_is_not_enough() => Assert.Null(ClockRules.AtStart(null, "boot-1", Duration.Zero, Noon, Week));

    [Theory]
    [InlineData(1, true)]
    [InlineData(7 * 24 * 60, true)]
    [InlineData((7 * 24 * 60) + 1, false)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void A_declared_battery_clock_is_believed_only_a_little_after_the_kept_time(int minutesLater, bool trusted)
    {
        var anchor = ClockRules.AtStart(Kept, "boot-2", Duration.FromMinutes(1), Noon + Duration.FromMinutes(minutesLater), Week);

        Assert.Equal(trusted, anchor is not null);
    }

    [Fact]
    public void A_boot_time_that_ran_backwards_is_not_believed() => Assert.Null(ClockRules.AtStart(Kept, "boot-1", Duration.FromMinutes(1), null, Week));

    [Fact]
    public void Lived_time_goes_on_over_a_restart_in_the_same_boot()
    {
        var lived = ClockRules.LivedAtStart(Kept, "boot-1", Duration.FromHours(3));

        Assert.Equal(Noon + Duration.FromHours(2), ClockRules.TimeAt(lived, Duration.FromHours(3)));
    }

    [Fact]
    public void The_time_between_two_boots_counts_only_once_the_register_tells_of_it()
    {
        var lived = ClockRules.LivedAtStart(Kept, "boot-2", Duration.FromMinutes(1));
        Assert.Equal(Noon + Duration.FromMinutes(4), ClockRules.TimeAt(lived, Duration.FromMinutes(5)));

        var told = ClockRules.LivedOnWatermark(lived, Duration.FromMinutes(5), Noon + Duration.FromDays(3));
        Assert.Equal(Noon + Duration.FromDays(3) + Duration.FromMinutes(1), ClockRules.TimeAt(told, Duration.FromMinutes(6)));
    }

    [Fact]
    public void A_register_whose_clock_was_set_back_takes_no_lived_time_away()
    {
        var lived = ClockRules.LivedOnWatermark(Kept, Duration.FromHours(2), Noon - Duration.FromDays(1));

        Assert.Equal(Noon + Duration.FromHours(1), ClockRules.TimeAt(lived, Duration.FromHours(2)));
    }

    [Fact]
    public void Where_nothing_is_kept_no_time_has_been_lived() =>
        Assert.Equal(NodaConstants.UnixEpoch, ClockRules.TimeAt(ClockRules.LivedAtStart(null, "boot-1", Duration.FromHours(9)), Duration.FromHours(9)));

    [Fact]
    public void A_delayed_watermark_does_not_turn_the_clock_back()
    {
        var later = Duration.FromHours(1) + Duration.FromSeconds(10);

        var anchor = ClockRules.OnWatermark(Kept, "boot-1", later, Noon + Duration.FromSeconds(9));

        Assert.Equal(Noon + Duration.FromSeconds(10), ClockRules.TimeAt(anchor, later));
    }

    [Fact]
    public void A_register_whose_clock_was_set_back_is_followed()
    {
        var later = Duration.FromHours(1) + Duration.FromSeconds(10);

        var anchor = ClockRules.OnWatermark(Kept, "boot-1", later, Noon - Duration.FromMinutes(5));

        Assert.Equal(Noon - Duration.FromMinutes(5), ClockRules.TimeAt(anchor, later));
    }
}
