namespace KioskLink.Devices.Tests.Session;

/// <summary>Readers that do not keep to the standard, in virtual time: each is heard all the same, and none is believed more than it should be.</summary>
public sealed class MisbehavingTests
{
    private const byte Poll = 0x60, Challenge = 0x76, RawCard = 0x50;
    private static readonly byte[] CardData = [0, 0, 16, 0, 0x12, 0x34];

    [Fact]
    public void A_slow_reader_that_refuses_everything_before_its_first_poll_gets_that_poll_and_no_alarm()
    {
        using var device = new ScriptedDevice();
        Assert.Equal(Challenge, device.SendNext());
        device.AnswerClear(0x41, [3]);

        Assert.Equal(Poll, device.SendNext());
        device.AnswerClear(0x40, []);
        device.BringUp();

        Assert.DoesNotContain(device.Events, told => told is KeyAlarm or DeviceOffline);
    }

    [Fact]
    public void A_proof_that_comes_late_to_an_earlier_challenge_is_no_other_key()
    {
        using var device = new ScriptedDevice();
        Assert.Equal(Challenge, device.SendNext());
        var late = device.GoodAnswer();
        device.StaySilent();
        Assert.Equal(Poll, device.SendNext());
        device.StaySilent();

        Assert.Equal(Challenge, device.SendNext());
        device.Deliver(late);
        device.AnswerWell();
        device.BringUp();

        Assert.DoesNotContain(device.Events, told => told is KeyAlarm);
    }

    [Fact]
    public void A_proof_with_another_key_is_an_alarm_though_an_earlier_challenge_had_no_answer()
    {
        using var device = new ScriptedDevice { Held = (Convert.FromHexString("A0A1A2A3A4A5A6A7A8A9AAABACADAEAF"), false) };
        for (var silent = 0; silent < 2; silent++)
        {
            device.SendNext();
            device.StaySilent();
        }

        Assert.Equal(Challenge, device.SendNext());
        device.AnswerWell();

        Assert.Equal(KeyAlarmReason.KeyMismatch, device.Events.OfType<KeyAlarm>().Single().Reason);
    }

    [Theory]
    [InlineData(0x40)]
    [InlineData(0x41)]
    public void A_slow_reader_that_is_silent_before_its_first_poll_is_polled_first_the_next_time(byte reply)
    {
        using var device = new ScriptedDevice();
        Assert.Equal(Challenge, device.SendNext());
        device.StaySilent();

        Assert.Equal(Poll, device.SendNext());
        device.AnswerClear(reply, reply == 0x41 ? [6] : []);

        Assert.Equal(Challenge, device.SendNext());
        device.AnswerWell();
        device.BringUp();
    }

    [Fact]
    public void A_card_in_the_clear_answer_to_that_first_poll_is_not_believed()
    {
        using var device = new ScriptedDevice();
        device.SendNext();
        device.StaySilent();
        Assert.Equal(Poll, device.SendNext());

        device.AnswerClear(RawCard, CardData);
        device.BringUp();

        Assert.DoesNotContain(device.Events, told => told is CardScanned);
    }

    [Fact]
    public void A_reader_that_has_lost_its_key_is_not_polled_in_clear()
    {
        using var device = new ScriptedDevice();
        device.SendNext();
        device.AnswerClear(0x41, [5]);

        Assert.Contains(device.Events, told => told is KeyAlarm { Reason: KeyAlarmReason.SecureChannelRefused });
        Assert.Equal(Challenge, device.SendNext());
    }

    [Fact]
    public void A_reader_that_answers_with_the_wrong_key_flag_is_not_spoken_to()
    {
        using var device = new ScriptedDevice();
        device.Held = (ScriptedDevice.Key, true);
        device.SendNext();

        device.AnswerWell();

        Assert.Contains(device.Events, told => told is KeyAlarm { Reason: KeyAlarmReason.WrongKeyKind });
        Assert.False(device.Session.Online);
    }

    [Theory]
    [InlineData(0x48, false)]
    [InlineData(0x4A, true)]
    [InlineData(0x52, true)]
    [InlineData(0xEE, true)]
    public void A_reply_that_nobody_asked_for_or_knows_is_let_pass(byte reply, bool known)
    {
        using var device = new ScriptedDevice().BringUp();
        device.SendNext();

        device.AnswerSealed(reply, [1, 1], blockType: 0x18);

        Assert.Equal(reply is 0x52 or 0xEE ? 1 : 0, device.Session.Counters.Unknown);
        Assert.True(device.Session.Online);
        Assert.Equal(!known, device.Events.Exists(told => told is TamperChanged { Tampered: true }));
        Assert.Equal(Poll, device.SendNext());
    }

    [Fact]
    public void A_reader_behind_the_device_that_is_torn_off_is_told_once_and_when_it_is_mended()
    {
        using var device = new ScriptedDevice().BringUp();
        foreach (byte state in (byte[])[2, 2, 0])
        {
            device.SendNext();
            device.AnswerSealed(0x4B, [state], blockType: 0x18);
        }

        Assert.Equal([ReaderState.Tampered, ReaderState.InOrder], device.Events.OfType<ReaderReported>().Select(told => told.State));
    }

    [Fact]
    public void A_supervised_input_whose_line_is_cut_is_told_as_that_and_as_no_contact_and_its_contact_anew_afterwards()
    {
        using var device = new ScriptedDevice().BringUp();
        foreach (byte state in (byte[])[1, 2, 3, 1])
        {
            device.SendNext();
            device.AnswerSealed(0x49, [state], blockType: 0x18);
        }

        Assert.Equal([false, true], device.Events.OfType<InputLineReported>().Select(told => told.InOrder));
        Assert.Equal([true, true], device.Events.OfType<InputChanged>().Where(told => told.Input == 0).TakeLast(2).Select(told => told.Active));
    }
}
