using KioskLink.Devices.Osdp;
using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>
/// Nothing that is said inside an established secure channel crashes, hangs or outwits the other end, not even by who holds the key (SIA OSDP 2.2, annex D).
/// The case is printed by the failing one.
/// </summary>
public sealed class SecureFuzzTests
{
    // From the loss of a session to its first poll: the proof of the key, locks, the questions, and retries between them.
    private const int MostSteps = 64;
    private const int MostAllocated = 64 * 1024;

    private static readonly byte[] Key = Convert.FromHexString("000102030405060708090A0B0C0D0E0F");
    private static readonly long Cases = HostileFrames.Cases;
    private readonly Random _random = new(4711);

    [Fact]
    public void Hostile_replies_under_the_keys_of_a_session_leave_a_panel_that_comes_back_and_reads_cards()
    {
        var cards = 0L;
        var options = new OsdpDeviceOptions { Id = "reader", Address = 1, Secure = SecureMode.Scbk, Keys = [Key], Locks = [new(0)] };
        using var session = new DeviceSession(options, new OsdpLimits(), told => cards += told is CardScanned ? 1 : 0, TimeProvider.System, nonce => _random.NextBytes(nonce));
        var (device, assembler, now) = (new KeyedDevice(Key, _random), new FrameAssembler(), TimeSpan.FromSeconds(1));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var (round, steps) = (0L, 0); round < Cases; steps++)
        {
            Assert.True(steps < MostSteps, $"case {round}: the session does not come back");
            var hostile = session.Online && _random.Next(4) > 0;
            var read = cards;
            Exchange(hostile);
            if (!hostile)
                continue;
            Assert.True(device.Signed || read == cards, $"case {round}: a card was believed whose MAC is wrong");
            (round, steps) = (round + 1, 0);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cases * MostAllocated);
        var readBefore = cards;
        for (var step = 0; step < MostSteps; step++)
            Exchange(hostile: false);
        Assert.True(session.Online);
        Assert.InRange(cards - readBefore, 1, MostSteps);

        void Exchange(bool hostile)
        {
            // A device that wants the file in small pieces or waits is hostile on another path.
            if (_random.Next(1000) == 0)
                session.TrySend(new FileTransfer(1, new byte[100], mayLeaveSecureChannel: false, new OsdpLimits(), progress: null));
            now = session.DueAt > now ? session.DueAt : now;
            var sent = session.NextFrame(now).ToArray();
            now += TimeSpan.FromMilliseconds(10);
            if (!Hear(session, assembler, device.Answer(sent, hostile), now))
                session.Fail(ExchangeFailure.Damaged, now);
        }
    }

    [Fact]
    public void Hostile_commands_under_the_keys_of_a_session_leave_a_reader_that_takes_its_panel_again() => Besiege(new VirtualReader(1, Key));

    [Fact]
    public void Hostile_commands_under_the_keys_of_a_session_leave_an_input_and_output_module_that_takes_its_panel_again() => Besiege(new VirtualIoModule(1, Key));

    private void Besiege(VirtualOsdpDevice device)
    {
        using var panel = new KeyedPanel(new BareLine(device), () => device.Key!, _random);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var taken = 0L;

        // Half of the cases for the reader, half for the module.
        for (var round = 0L; round < Cases / 2; round++)
        {
            // One of the commands may have given it another address.
            device.MoveTo(1);
            Assert.True(panel.Secured || panel.Begin(), $"case {round}: the key is not taken any more");
            taken += panel.SayHostile() ? 1 : 0;
        }

        // Without those that are taken, every case would meet the first frame of a session.
        Assert.InRange(taken, Cases / 20, Cases / 2);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cases / 2 * MostAllocated);
        device.MoveTo(1);
        Assert.True(panel.Begin() && panel.Poll());
    }

    private static bool Hear(DeviceSession session, FrameAssembler assembler, byte[] bytes, TimeSpan now)
    {
        assembler.Clear();
        bytes.CopyTo(assembler.Room());
        assembler.Filled(bytes.Length);
        while (assembler.Take(out var frame) == Assembled.Frame)
            if (session.Take(frame, now))
                return true;
        return false;
    }
}
