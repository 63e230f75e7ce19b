using System.Runtime.InteropServices;

namespace KioskLink.Devices.Serial;

/// <summary>The calls of the C library that a serial line needs, as glibc on Linux x64 and arm64 names and numbers them.</summary>
internal static partial class Libc
{
    public const int ReadWrite = 0x2, NoControllingTty = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000;
    public const int LockExclusive = 2, LockNonBlocking = 4;
    public const short PollIn = 0x1, PollOut = 0x4, PollError = 0x8, PollHangUp = 0x10, PollInvalid = 0x20;
    public const int NoEntry = 2, Interrupted = 4, NoDevice = 6, TryAgain = 11, AccessDenied = 13, Busy = 16;
    public const nuint ExclusiveOn = 0x540C, ExclusiveOff = 0x540D;
    public const int FlushBoth = 2, SetNow = 0;

    private const int SetTimerSlack = 29;
    private const nuint ShortestSlack = 1; // in nanoseconds; 0 would mean the default

    /// <summary>One descriptor of a poll: what is asked and what is answered.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Fd;
        public short Events;
        public short Returned;
    }

    /// <summary>A span of time as the kernel takes it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;

        public static TimeSpec From(TimeSpan span) => new()
        {
            Seconds = span.Ticks / TimeSpan.TicksPerSecond,
            Nanoseconds = span.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick,
        };
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint Write(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int fd, int operation);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int fd, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    private static unsafe partial int PollPrecisely(PollFd* fds, nuint count, TimeSpec* limit, nint signals);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ControlThread(int option, nuint value);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint start, int flags);

    [LibraryImport("libc", EntryPoint = "tcflush", SetLastError = true)]
    public static partial int Flush(int fd, int queue);

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial int OpenPtyMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    public static partial int GrantPty(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int UnlockPty(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    public static partial int PtyName(int master, [Out] byte[] name, nuint length);

    /// <summary>Lets this thread's waits end on time: the kernel may otherwise be 50 us late with each, and a bus waits several times per exchange.</summary>
    public static void WakeOnTime() => _ = ControlThread(SetTimerSlack, ShortestSlack);

    /// <summary>Reads what is there: the count, 0 at a hang-up, or -1 with the error in the thread's last error.</summary>
    public static unsafe int Read(int fd, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
            return (int)Read(fd, start, (nuint)buffer.Length);
    }

    public static unsafe int Write(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            return (int)Write(fd, start, (nuint)bytes.Length);
    }

    /// <summary>Waits for one of the descriptors, at most <paramref name="limit"/> (for ever when null). How many are ready, 0 when the time is over, -1 when a signal came.</summary>
    public static unsafe int Poll(Span<PollFd> fds, TimeSpan? limit)
    {
        var span = TimeSpec.From(limit is { } some && some > TimeSpan.Zero ? some : TimeSpan.Zero);
        fixed (PollFd* start = fds)
        {
            var ready = PollPrecisely(start, (nuint)fds.Length, limit is null ? null : &span, 0);
            if (ready >= 0 || LastError == Interrupted)
                return ready;
            throw new InvalidOperationException($"ppoll failed with error {LastError}");
        }
    }

    public static int LastError => Marshal.GetLastPInvokeError();
}
