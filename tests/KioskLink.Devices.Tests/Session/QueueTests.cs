using KioskLink.Devices.Osdp;
using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Tests.Session;

/// <summary>Queues that never grow, and a port that is tried again for ever.</summary>
public sealed class QueueTests
{
    private static readonly LedPattern Red = LedPattern.Steady(LedColor.Red);

    [Fact]
    public void A_full_queue_refuses_and_keeps_its_order()
    {
        var queue = OpenQueue();
        Assert.True(queue.TryAdd(new QueuedCommand(Request.LocalStatus)));
        Assert.True(queue.TryAdd(new QueuedCommand(Request.InputStatus)));

        Assert.False(queue.TryAdd(new QueuedCommand(Request.OutputStatus)));
        Assert.Same(Request.LocalStatus, queue.TryTake()!.Command);
    }

    [Fact]
    public void A_newer_light_takes_the_place_of_an_unsent_older_one()
    {
        var queue = OpenQueue();
        queue.TryAdd(Light(new() { Permanent = Red }));
        var newer = Light(new() { Permanent = LedPattern.Steady(LedColor.Green) });
        queue.TryAdd(newer);

        Assert.Same(newer, queue.TryTake());
        Assert.Null(queue.TryTake());
    }

    [Fact]
    public void A_temporary_light_does_not_swallow_a_permanent_one()
    {
        var queue = OpenQueue();
        queue.TryAdd(Light(new() { Permanent = Red }));
        queue.TryAdd(Light(new() { Temporary = Red, TemporaryFor = TimeSpan.FromSeconds(1) }));

        Assert.Equal(2, queue.Count);
    }

    [Fact]
    public void A_lost_port_is_tried_every_tenth_of_a_second_for_ever()
    {
        var reopening = new Reopening();
        var now = TimeSpan.Zero;

        for (var attempt = 0; attempt < 1000; attempt++)
        {
            reopening.Failed(PortProblemKind.Missing, now);
            var wait = reopening.DueIn(now);
            Assert.Equal(TimeSpan.FromMilliseconds(100), wait);
            now += wait;
        }
    }

    private static CommandQueue OpenQueue()
    {
        var queue = new CommandQueue(2);
        queue.Open();
        return queue;
    }

    private static QueuedCommand Light(LedSetting setting) => new(new LedCommand(setting));
}
