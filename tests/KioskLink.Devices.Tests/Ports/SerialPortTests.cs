using System.Runtime.InteropServices;
using KioskLink.Devices.Serial;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Ports;

/// <summary>The port alone, on a real pseudo-terminal: its settings, signals, and a device that vanishes at any moment.</summary>
public sealed partial class SerialPortTests : IDisposable
{
    private const int InputFlags = 0, ControlFlags = 8, SetNow = 0;
    private const uint CheckParity = 0x10, AnyCharacterStarts = 0x800, StopsTheOther = 0x1000;
    private const uint TwoStopBits = 0x40, Parity = 0x100, HardwareFlow = 0x80000000;
    private const int WindowChanged = 28;
    private readonly TempFolder _folder = new();

    [Fact]
    public void What_another_program_left_set_does_not_stay()
    {
        using var pty = new Pty(_folder["line"]);
        Change(pty.Slave, InputFlags, flags => flags | CheckParity | AnyCharacterStarts | StopsTheOther);
        Change(pty.Slave, ControlFlags, flags => flags | TwoStopBits | HardwareFlow);
        using var port = new SerialPort(_folder["line"], 9600);

        Assert.Null(port.Open());

        Assert.Equal(0u, Flags(pty.Slave, InputFlags) & (CheckParity | AnyCharacterStarts | StopsTheOther));
        Assert.Equal(0u, Flags(pty.Slave, ControlFlags) & (TwoStopBits | Parity | HardwareFlow));
    }

    [Fact]
    public async Task A_signal_does_not_pass_for_the_end_of_a_wait()
    {
        using var handled = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => { });
        using var pty = new Pty(_folder["line"]);
        using var port = new SerialPort(_folder["line"], 9600);
        Assert.Null(port.Open());
        var waiting = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = Task.Factory.StartNew(
            () =>
            {
                waiting.SetResult(GetThread());
                return port.Wait(TimeSpan.FromMinutes(5));
            },
            TaskCreationOptions.LongRunning);

        var thread = await waiting.Task;
        // A signal that comes before the wait has begun is lost: one is sent until it has hit.
        while (!ended.IsCompleted)
        {
            Assert.Equal(0, Signal(Environment.ProcessId, thread, WindowChanged));
            await Task.Delay(1);
        }

        Assert.Equal(LinkSignal.Woken, await ended);
    }

    [Fact]
    public void A_device_that_vanishes_ends_waits_reads_and_writes()
    {
        using var line = new VirtualLine(_folder["line"], 9600, [], TimeProvider.System);
        using var port = new SerialPort(line.Path, 9600);
        Assert.Null(port.Open());
        Assert.True(port.Write([1, 2, 3]));

        line.Unplug();

        Assert.Contains(port.Wait(TimeSpan.FromSeconds(20)), new[] { LinkSignal.Gone, LinkSignal.Readable });
        Assert.Equal(-1, port.Read(new byte[8]));
        Assert.False(port.Write([1, 2, 3]));
        port.Close();
        Assert.Equal(PortProblemKind.Missing, port.Open()?.Kind);
        line.Replug();
        Assert.Null(port.Open());
    }

    [Fact]
    public void A_device_that_takes_no_bytes_counts_as_gone()
    {
        using var pty = new Pty(_folder["line"]);
        using var port = new SerialPort(_folder["line"], 9600);
        Assert.Null(port.Open());

        Assert.False(port.Write(new byte[1 << 20]));
    }

    [Fact]
    public void Waking_a_closed_port_does_nothing()
    {
        using var pty = new Pty(_folder["line"]);
        var port = new SerialPort(_folder["line"], 9600);
        port.Dispose();
        using var file = new FileStream(_folder["victim"], FileMode.CreateNew);

        // The port's descriptors are free, and the file has one of them.
        port.Wake();
        port.Dispose();

        Assert.Equal(0, new FileInfo(_folder["victim"]).Length);
        file.WriteByte(1);
    }

    public void Dispose() => _folder.Dispose();

    private static uint Flags(int fd, int at)
    {
        var settings = new byte[128];
        Assert.Equal(0, Get(fd, settings));
        return BitConverter.ToUInt32(settings, at);
    }

    private static void Change(int fd, int at, Func<uint, uint> change)
    {
        var settings = new byte[128];
        Assert.Equal(0, Get(fd, settings));
        BitConverter.TryWriteBytes(settings.AsSpan(at), change(BitConverter.ToUInt32(settings, at)));
        Assert.Equal(0, Set(fd, SetNow, settings));
        Assert.Equal(change(Flags(fd, at)), Flags(fd, at));
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int Get(int fd, Span<byte> settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int Set(int fd, int when, ReadOnlySpan<byte> settings);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThread();

    [LibraryImport("libc", EntryPoint = "tgkill")]
    private static partial int Signal(int process, int thread, int signal);
}
