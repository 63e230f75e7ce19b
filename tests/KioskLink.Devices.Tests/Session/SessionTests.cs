using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Tests.Session;

/// <summary>The panel's state machine in virtual time: what is sent again, what is given up, what is never believed.</summary>
public sealed class SessionTests
{
    private const byte Poll = 0x60, Output = 0x68, Challenge = 0x76, RawCard = 0x50;
    private static readonly byte[] CardData = [0, 0, 16, 0, 0x12, 0x34];

    [Fact]
    public void A_silent_device_gets_the_same_bytes_twice_more_and_then_a_new_session()
    {
        using var device = new ScriptedDevice().BringUp();
        device.SendNext();
        var first = device.Sent;

        for (var retry = 0; retry < 2; retry++)
        {
            device.StaySilent();
            device.SendNext();
            Assert.Equal(first, device.Sent);
        }
        device.StaySilent();

        Assert.Equal(Challenge, device.SendNext());
        Assert.DoesNotContain(device.Events, told => told is DeviceOffline);
    }

    [Fact]
    public void An_absent_device_takes_at_most_one_slot_a_second_and_is_tried_for_ever()
    {
        using var device = new ScriptedDevice();
        var attempts = new List<TimeSpan>();

        while (device.Now < TimeSpan.FromMinutes(10))
        {
            device.SendNext();
            attempts.Add(device.Now);
            device.StaySilent();
        }

        var waits = attempts.Zip(attempts.Skip(1), (one, next) => next - one).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5.2)));
        Assert.Single(device.Events, told => told is DeviceOffline);
    }

    [Fact]
    public void A_lost_device_is_tried_again_at_once_and_then_after_1_2_4_and_5_seconds()
    {
        using var device = new ScriptedDevice().BringUp();
        var attempts = new List<TimeSpan>();

        while (attempts.Count < 9)
        {
            device.SendNext();
            attempts.Add(device.Now);
            device.StaySilent();
        }

        // Each attempt itself takes 0.2 s.
        var waits = attempts.Zip(attempts.Skip(1), (one, next) => Math.Round((next - one).TotalSeconds - 0.2, 3));
        Assert.Equal([0, 0, 0, 1, 2, 4, 5, 5], waits);
    }

    [Fact]
    public void An_order_that_must_be_sent_again_still_goes_before_the_polls_of_others()
    {
        using var device = new ScriptedDevice().BringUp();
        device.Session.Orders.TryAdd(Unlock(device, within: 2));
        Assert.Equal(Output, device.SendNext());

        device.Session.Fail(ExchangeFailure.Damaged, device.Now);

        Assert.True(device.Session.HasOrder(device.Now));
    }

    [Fact]
    public async Task A_busy_inside_the_secure_channel_is_no_acknowledgement()
    {
        using var device = new ScriptedDevice().BringUp();
        var order = Unlock(device, within: 2);
        device.Session.Orders.TryAdd(order);
        Assert.Equal(Output, device.SendNext());

        device.AnswerSealed(0x79, [], blockType: 0x16);

        Assert.Equal(OutputResult.Rejected, await order.Completion);
        Assert.True(device.Session.Online);
    }

    [Theory]
    [InlineData(0x76)]
    [InlineData(0x77)]
    public void A_device_that_forgot_the_session_in_the_middle_of_the_handshake_has_not_lost_its_key(byte during)
    {
        using var device = new ScriptedDevice();
        while (device.SendNext() != during)
            device.AnswerWell();

        device.AnswerClear(0x41, [4]);
        device.BringUp();

        Assert.DoesNotContain(device.Events, told => told is KeyAlarm);
    }

    [Theory]
    [InlineData(0x41, 2)]
    [InlineData(0x41, 3)]
    [InlineData(0x41, 9)]
    public async Task An_order_that_is_refused_costs_no_session(byte reply, byte reason)
    {
        using var device = new ScriptedDevice().BringUp();
        var order = Unlock(device, within: 2);
        device.Session.Orders.TryAdd(order);
        device.SendNext();

        device.AnswerSealed(reply, [reason], blockType: 0x18);

        Assert.Equal(OutputResult.Rejected, await order.Completion);
        Assert.Equal(Poll, device.SendNext());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_device_that_knows_no_session_any_more_gets_a_new_one_and_the_order_is_not_repeated(byte reason)
    {
        using var device = new ScriptedDevice().BringUp();
        var order = Unlock(device, within: 2);
        device.Session.Orders.TryAdd(order);
        device.SendNext();

        device.AnswerClear(0x41, [reason]);

        Assert.Equal(OutputResult.Unacknowledged, await order.Completion);
        Assert.Equal(Challenge, device.SendNext());
        Assert.Equal(0, device.Sent[4] & 3);
        Assert.DoesNotContain(device.Events, told => told is DeviceOffline);
    }

    [Fact]
    public void Numbers_go_0_1_2_3_1_2_3()
    {
        using var device = new ScriptedDevice(mode: SecureMode.Clear);
        var numbers = new List<int>();

        for (var turn = 0; turn < 8; turn++)
        {
            device.SendNext();
            numbers.Add(device.Sent[4] & 3);
            device.AnswerWell();
        }

        Assert.Equal([0, 1, 2, 3, 1, 2, 3, 1], numbers);
    }

    [Fact]
    public async Task Nothing_can_be_queued_for_a_device_that_is_not_online()
    {
        using var device = new ScriptedDevice();
        Assert.False(device.Session.Orders.TryAdd(Unlock(device, within: 2)));
        device.BringUp();
        var order = Unlock(device, within: 2);
        Assert.True(device.Session.Orders.TryAdd(order));

        device.Session.PortLost(device.Now);

        Assert.Equal(OutputResult.NotSent, await order.Completion);
        Assert.False(device.Session.Orders.TryAdd(Unlock(device, within: 2)));
    }

    [Fact]
    public void A_status_with_a_mac_but_in_clear_costs_one_exchange_and_no_session()
    {
        using var device = new ScriptedDevice();
        while (!device.Session.Online)
        {
            if (device.SendNext() == 0x64)
                device.AnswerSealed(0x48, [1, 0], blockType: 0x15);
            else
                device.AnswerWell();
        }

        Assert.Equal(1, device.Session.Counters.Sessions);
        Assert.DoesNotContain(device.Events, told => told is TamperChanged);
    }

    [Fact]
    public void A_card_in_clear_inside_a_secure_session_is_not_believed()
    {
        using var device = new ScriptedDevice().BringUp();
        device.SendNext();

        for (var attempt = 0; attempt < 3; attempt++)
        {
            device.AnswerClear(RawCard, CardData);
            device.SendNext();
        }

        Assert.DoesNotContain(device.Events, told => told is CardScanned);
        Assert.Contains(device.Events, told => told is KeyAlarm { Reason: KeyAlarmReason.ClearReply });
        Assert.False(device.Session.Online);
    }

    [Fact]
    public void The_echo_of_an_own_frame_is_passed_over()
    {
        using var device = new ScriptedDevice().BringUp();
        device.SendNext();
        Assert.True(Frame.TryParse(device.Sent, out var echo));

        Assert.False(device.Session.Take(echo, device.Now));
    }

    [Fact]
    public void A_card_under_a_wrong_mac_is_not_believed_and_asked_for_again()
    {
        using var device = new ScriptedDevice().BringUp();
        device.SendNext();
        var first = device.Sent;
        var forged = VirtualFrameWithWrongMac(device.Sent);
        Assert.True(Frame.TryParse(forged, out var frame));

        Assert.True(device.Session.Take(frame, device.Now));
        device.SendNext();

        Assert.Equal(first, device.Sent);
        Assert.DoesNotContain(device.Events, told => told is CardScanned);
    }

    [Fact]
    public void A_late_reply_to_an_earlier_command_is_passed_over()
    {
        using var device = new ScriptedDevice(mode: SecureMode.Clear).BringUp();
        device.SendNext();
        var before = device.Session.Counters.Exchanges;

        device.AnswerClear(RawCard, CardData, sequence: (device.Sent[4] + 1) % 4);

        Assert.Equal(before, device.Session.Counters.Exchanges);
        Assert.DoesNotContain(device.Events, told => told is CardScanned);
    }

    [Fact]
    public void An_order_is_the_next_frame_whatever_else_waits()
    {
        using var device = new ScriptedDevice().BringUp();
        device.Session.Feedback.TryAdd(new QueuedCommand(new BuzzerCommand(Devices.Readers.BeepPattern.Short)));
        device.Session.Orders.TryAdd(Unlock(device, within: 2));

        Assert.True(device.Session.HasOrder(device.Now));
        Assert.Equal(Output, device.SendNext());
    }

    [Fact]
    public void Polls_go_on_between_lights_and_texts()
    {
        using var device = new ScriptedDevice().BringUp();
        for (var count = 0; count < 4; count++)
            device.Session.Feedback.TryAdd(new QueuedCommand(new BuzzerCommand(Devices.Readers.BeepPattern.Short)));
        var sent = new List<byte>();

        for (var turn = 0; turn < 8; turn++)
        {
            sent.Add(device.SendNext());
            device.AnswerWell();
        }

        Assert.Equal(4, sent.Count(id => id == Poll));
    }

    [Fact]
    public async Task An_order_that_waited_too_long_is_never_sent()
    {
        using var device = new ScriptedDevice().BringUp();
        var order = Unlock(device, within: 2);
        device.Session.Orders.TryAdd(order);

        device.Session.Orders.Expire(device.Now + TimeSpan.FromSeconds(3));

        Assert.Equal(OutputResult.NotSent, await order.Completion);
        Assert.NotEqual(Output, device.SendNext());
    }

    [Fact]
    public async Task An_order_on_its_way_is_not_sent_again_once_it_is_late()
    {
        using var device = new ScriptedDevice().BringUp();
        var order = Unlock(device, within: 0.1);
        device.Session.Orders.TryAdd(order);
        Assert.Equal(Output, device.SendNext());

        device.StaySilent();
        device.SendNext();

        Assert.Empty(device.Sent);
        Assert.Equal(OutputResult.Unacknowledged, await order.Completion);
        Assert.Equal(Challenge, device.SendNext());
    }

    [Fact]
    public void A_busy_device_is_asked_again_after_a_while_and_given_up_after_many()
    {
        using var device = new ScriptedDevice().BringUp();
        device.SendNext();
        var first = device.Sent;

        for (var busy = 0; busy < new OsdpLimits().BusyMax; busy++)
        {
            device.AnswerClear(0x79, [], sequence: 0);
            Assert.True(device.Session.DueAt > device.Now);
            device.SendNext();
            Assert.Equal(first, device.Sent);
        }
        device.AnswerClear(0x79, [], sequence: 0);

        Assert.Equal(Challenge, device.SendNext());
    }

    [Fact]
    public void A_reader_not_polled_for_long_may_have_kept_an_old_card()
    {
        using var device = new ScriptedDevice().BringUp();
        for (var poll = 0; poll < 3; poll++)
        {
            device.SendNext();
            device.AnswerWell();
        }

        device.Now += TimeSpan.FromSeconds(3);
        device.SendNext();
        device.AnswerSealed(RawCard, CardData, blockType: 0x18);

        Assert.True(Assert.IsType<CardScanned>(device.Events[^1]).Stale);
    }

    [Fact]
    public void The_install_key_is_not_used_after_its_time()
    {
        using var device = new ScriptedDevice(mode: SecureMode.Install);
        device.Now = new OsdpLimits().InstallTime + TimeSpan.FromSeconds(1);

        device.SendNext();

        Assert.Empty(device.Sent);
        Assert.Contains(device.Events, told => told is KeyAlarm { Reason: KeyAlarmReason.InstallTimeOver });
    }

    [Fact]
    public void Locks_are_locked_before_anything_else_is_asked()
    {
        using var device = new ScriptedDevice(mode: SecureMode.Clear);
        device.SendNext();
        device.AnswerWell();

        Assert.Equal(Output, device.SendNext());
    }

    private static QueuedCommand Unlock(ScriptedDevice device, double within) =>
        new(_ => device.Session.Locks.Unlock(0, TimeSpan.FromSeconds(3), outputsTimed: true), device.Now + TimeSpan.FromSeconds(within));

    private static byte[] VirtualFrameWithWrongMac(byte[] command) =>
        Devices.Virtual.VirtualFrame.Reply(1, command[4] & 3, [2, 0x18], RawCard, new byte[16], _ => [1, 2, 3, 4]);
}
