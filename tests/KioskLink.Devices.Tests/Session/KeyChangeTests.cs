using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Tests.Session;

/// <summary>A key change in virtual time: whatever is lost on the way, the device is spoken to again and the result is true.</summary>
public sealed class KeyChangeTests
{
    private const byte KeySet = 0x75;
    private static readonly byte[] NewKey = Convert.FromHexString("A0A1A2A3A4A5A6A7A8A9AAABACADAEAF");

    [Fact]
    public async Task A_change_that_is_confirmed_is_acknowledged_in_a_session_with_the_new_key()
    {
        using var device = new ScriptedDevice().BringUp();
        var change = Change(device);

        device.AnswerWell();
        device.BringUp();

        Assert.Equal(OutputResult.Acknowledged, await change.Completion);
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_acknowledged_by_the_session_with_the_new_key()
    {
        using var device = new ScriptedDevice().BringUp();
        var change = Change(device);

        device.ObeyInSilence();
        StaySilentUntilLost(device);
        device.BringUp();

        Assert.Equal(OutputResult.Acknowledged, await change.Completion);
        Assert.DoesNotContain(device.Events, told => told is KeyAlarm);
    }

    [Fact]
    public async Task A_change_that_never_reached_the_device_is_rejected_and_the_old_key_goes_on()
    {
        using var device = new ScriptedDevice().BringUp();
        var change = Change(device);

        StaySilentUntilLost(device);
        device.BringUp();

        Assert.Equal(OutputResult.Rejected, await change.Completion);
        Assert.DoesNotContain(device.Events, told => told is KeyAlarm);
    }

    [Fact]
    public async Task A_change_that_the_device_refuses_leaves_the_old_key_alone()
    {
        using var device = new ScriptedDevice().BringUp();
        var change = Change(device);

        device.AnswerSealed(0x41, [9], blockType: 0x18);
        device.Held = (ScriptedDevice.Key, false);

        Assert.Equal(OutputResult.Rejected, await change.Completion);
        Assert.True(device.Session.Online);
    }

    [Fact]
    public async Task A_change_is_confirmed_in_clear_by_some_readers()
    {
        using var device = new ScriptedDevice().BringUp();
        var change = Change(device);

        device.AnswerClear(0x40, []);
        device.Held = (NewKey, false);
        device.BringUp();

        Assert.Equal(OutputResult.Acknowledged, await change.Completion);
    }

    [Fact]
    public async Task A_change_is_answered_when_the_device_does_not_come_back()
    {
        using var device = new ScriptedDevice().BringUp();
        var change = Change(device);
        device.AnswerWell();

        StaySilentUntilOffline(device);

        Assert.Equal(OutputResult.Unacknowledged, await change.Completion.WaitAsync(TimeSpan.FromSeconds(20)));
        device.BringUp();
        Assert.DoesNotContain(device.Events, told => told is KeyAlarm);
    }

    private static QueuedCommand Change(ScriptedDevice device)
    {
        var change = new QueuedCommand(new KeySetCommand(NewKey));
        Assert.True(device.Session.Feedback.TryAdd(change));
        while (device.SendNext() != KeySet)
            device.AnswerWell();
        return change;
    }

    private static void StaySilentUntilLost(ScriptedDevice device)
    {
        while (device.Session.Online)
        {
            device.StaySilent();
            if (device.Session.Online)
                device.SendNext();
        }
    }

    private static void StaySilentUntilOffline(ScriptedDevice device)
    {
        while (!device.Events.Exists(told => told is DeviceOffline))
        {
            device.SendNext();
            device.StaySilent();
        }
    }
}
