using KioskLink.Devices.Osdp;
using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Tests.Session;

/// <summary>A file in virtual time: what a device may ask for between fragments, and how long it is waited for.</summary>
public sealed class FileTransferTests
{
    private const byte Poll = 0x60, Fragment = 0x7C, Output = 0x68, FileState = 0x7A;

    [Fact]
    public void A_fragment_may_take_its_800_ms_and_a_poll_its_200()
    {
        using var device = new ScriptedDevice().BringUp();
        device.SendNext();
        Assert.Equal(TimeSpan.FromMilliseconds(200), device.Session.ReplyTimeout);
        device.AnswerWell();

        Send(device);
        Assert.Equal(Fragment, device.SendNext());

        Assert.Equal(TimeSpan.FromMilliseconds(800), device.Session.ReplyTimeout);
    }

    [Fact]
    public void Nothing_goes_between_fragments_where_the_device_does_not_allow_it_but_an_order_does()
    {
        using var device = new ScriptedDevice().BringUp();
        Send(device);
        device.SendNext();
        device.AnswerSealed(FileState, Status(action: 0, delay: 1000), blockType: 0x18);
        var answered = device.Now;
        device.Session.Feedback.TryAdd(new QueuedCommand(new Osdp.Commands.BuzzerCommand(Devices.Readers.BeepPattern.Short)));
        Assert.Equal(answered + TimeSpan.FromSeconds(1), device.Session.DueAt);

        device.Session.Orders.TryAdd(new QueuedCommand(_ => device.Session.Locks.Lock(0), device.Now + TimeSpan.FromSeconds(2)));
        Assert.Equal(Output, device.SendNext());
        device.AnswerWell();

        Assert.Equal(Fragment, device.SendNext());
        Assert.True(device.Now >= answered + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Polls_go_between_fragments_where_the_device_allows_it()
    {
        using var device = new ScriptedDevice().BringUp();
        Send(device);
        device.SendNext();
        device.AnswerSealed(FileState, Status(action: 1), blockType: 0x18);
        var sent = new List<byte>();
        while (sent.Count < 8)
        {
            sent.Add(device.SendNext());
            if (sent[^1] == Fragment)
                device.AnswerSealed(FileState, Status(action: 1), blockType: 0x18);
            else
                device.AnswerWell();
        }

        Assert.Equal((4, 4), (sent.Count(id => id == Poll), sent.Count(id => id == Fragment)));
    }

    [Fact]
    public void A_poll_goes_first_where_the_device_has_something_to_say()
    {
        using var device = new ScriptedDevice().BringUp();
        Send(device);
        device.SendNext();
        device.AnswerSealed(FileState, Status(action: 4, delay: 500), blockType: 0x18);

        Assert.Equal(Poll, device.SendNext());
        device.AnswerWell();
        Assert.Equal(Fragment, device.SendNext());
    }

    [Fact]
    public async Task A_device_that_knows_no_files_says_so()
    {
        using var device = new ScriptedDevice().BringUp();
        var file = Send(device);
        device.SendNext();

        device.AnswerSealed(0x41, [3], blockType: 0x18);

        Assert.Equal(FileResult.NotSupported, await file.Completion);
        Assert.True(device.Session.Online);
    }

    [Fact]
    public async Task A_device_that_stays_away_is_not_waited_for_for_ever()
    {
        using var device = new ScriptedDevice().BringUp();
        var file = Send(device);

        while (!file.Over && device.Now < TimeSpan.FromHours(1))
        {
            device.SendNext();
            device.StaySilent();
        }

        Assert.Equal(FileResult.Lost, await file.Completion);
        Assert.InRange(device.Now, new OsdpLimits().FileAbsence, new OsdpLimits().FileAbsence + TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_device_that_never_finishes_is_not_waited_for_for_ever()
    {
        using var device = new ScriptedDevice().BringUp();
        var file = Send(device, length: 10);

        while (!file.Over && device.Now < TimeSpan.FromHours(1))
        {
            device.SendNext();
            device.AnswerSealed(FileState, Status(action: 0, delay: 5000, status: FileStatus.Finishing), blockType: 0x18);
        }

        Assert.Equal(FileResult.Lost, await file.Completion);
    }

    private static FileTransfer Send(ScriptedDevice device, int length = 1000)
    {
        var file = new FileTransfer(1, new byte[length], mayLeaveSecureChannel: false, new OsdpLimits(), progress: null);
        Assert.True(device.Session.TrySend(file));
        return file;
    }

    private static byte[] Status(byte action, int delay = 0, short status = FileStatus.Next) =>
        [action, (byte)delay, (byte)(delay >> 8), (byte)status, (byte)(status >> 8), 0, 0];
}
