using KioskLink.Devices;
using KioskLink.Node.Buses;
using KioskLink.Node.Diagnostics;
using KioskLink.Rules.Alarms;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Buses;

/// <summary>What a device tells that a technician must see.</summary>
public sealed class DeviceAlarmsTests
{
    [Fact]
    public void A_device_that_refuses_to_lock_is_a_fault_of_its_lock_until_it_has_locked()
    {
        var alarms = new List<(string Subject, string? Sentence)>();
        var taken = new DeviceAlarms((subject, sentence) => alarms.Add((subject, sentence)), subject => alarms.Add((subject, null)), _ => null);

        taken.Take(new RelockReported("io", Refused: true, VirtualTime.Noon));
        taken.Take(new RelockReported("io", Refused: false, VirtualTime.Noon));

        Assert.Contains("refuses to lock", alarms[0].Sentence, StringComparison.Ordinal);
        Assert.Equal(("relock io", null), alarms[1]);
        Assert.Equal(AlarmKind.LockFault, AlarmSubjects.KindOf(alarms[0].Subject));
    }
}
