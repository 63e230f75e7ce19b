using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>A reply that comes after its time, in virtual time, so that no pause of the machine counts as one.</summary>
public sealed class LateReplyTests
{
    private static readonly TimeSpan Event = TimeSpan.FromSeconds(5);
    private static readonly OsdpLimits Limits = new();

    [Fact]
    public async Task Replies_that_come_after_their_time_once_cost_no_session_and_no_card()
    {
        var (reader, module) = (SimulatedDevice.Reader(1), SimulatedDevice.IoModule(2));
        var line = new SimulatedLine(9600, reader, module);
        var usual = reader.ReplyDelay;
        line.At(Event, () =>
        {
            reader.PresentCard("2440000012");
            reader.ReplyDelay = module.ReplyDelay = Limits.ReplyTimeout + usual;
        });
        line.At(Event + Limits.ReplyTimeout, () => reader.ReplyDelay = module.ReplyDelay = usual);

        var told = await line.RunAsync(2 * Event);

        Assert.Equal("2440000012", Assert.Single(told.OfType<CardScanned>()).Card.Number);
        Assert.Equal(2, told.OfType<DeviceOnline>().Count());
        Assert.DoesNotContain(told, happened => happened is DeviceOffline);
    }
}
