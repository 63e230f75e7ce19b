using KioskLink.Devices;
using KioskLink.Node.Buses;

namespace KioskLink.Node.Tests.Buses;

/// <summary>What devices tell that somebody must see, and its end.</summary>
public class DeviceAlarmTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly List<(string Subject, string? Sentence)> _told = [];
    private readonly DeviceAlarms _alarms;

    public DeviceAlarmTests() => _alarms = new DeviceAlarms((subject, sentence) => _told.Add((subject, sentence)), subject => _told.Add((subject, null)), _ => null);

    [Fact]
    public void A_device_that_refuses_to_lock_is_an_alarm_until_it_has_locked()
    {
        _alarms.Take(new RelockReported("io", Refused: true, Now));
        _alarms.Take(new RelockReported("io", Refused: false, Now));

        Assert.Equal(["relock io", "relock io"], _told.Select(told => told.Subject));
        Assert.StartsWith("Device io refuses to lock: a door of it may be open; lock it by hand", _told[0].Sentence, StringComparison.Ordinal);
        Assert.Null(_told[1].Sentence);
    }
}
