namespace KioskLink.Devices.Serial;

/// <summary>A serial port of Linux through termios: raw 8N1, exclusive, never blocking but in <see cref="Wait"/>.</summary>
/// <remarks>Two programs on one line would answer each other's readers, so the port is locked (flock) and marked exclusive (TIOCEXCL); only the lock stops root.</remarks>
public sealed class SerialPort : ISerialLink
{
    /// <summary>The longest a write may wait for a driver that takes no bytes; after it the line counts as gone.</summary>
    public static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(1);

    private const int Closed = -1;
    private readonly WakeEvent _wake = new();
    private readonly Rs485Direction? _direction;
    private int _baud;
    private int _fd = Closed;

    /// <summary>Names a port without opening it.</summary>
    /// <param name="path">A stable device path, as under /dev/serial/by-id.</param>
    /// <param name="baud">9600, 19200, 38400, 57600, 115200, 230400 or 460800.</param>
    /// <param name="direction">How the driver turns an RS-485 pair; null where the adapter does it by itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is none of these.</exception>
    public SerialPort(string path, int baud, Rs485Direction? direction = null)
    {
        if (!Supports(baud))
            throw new ArgumentOutOfRangeException(nameof(baud), baud, "use 9600, 19200, 38400, 57600, 115200, 230400 or 460800 baud");
        Path = path;
        (_baud, _direction) = (baud, direction);
    }

    /// <inheritdoc />
    public string Path { get; }

    /// <summary>The open port's descriptor, -1 while it is closed.</summary>
    internal int Descriptor => _fd;

    /// <summary>Whether a port can be set to this speed.</summary>
    public static bool Supports(int baud) => Termios.Supports(baud);

    /// <inheritdoc />
    public PortProblem? Open()
    {
        var fd = Libc.Open(Path, Libc.ReadWrite | Libc.NoControllingTty | Libc.NonBlocking | Libc.CloseOnExec);
        if (fd < 0)
            return WhyNotOpened(Libc.LastError);
        var problem = Prepare(fd);
        if (problem is null)
            _fd = fd;
        else
            _ = Libc.Close(fd);
        return problem;
    }

    /// <inheritdoc />
    public LinkSignal Wait(TimeSpan limit)
    {
        Span<Libc.PollFd> fds = [new() { Fd = _fd, Events = Libc.PollIn }, new() { Fd = _wake.Fd, Events = Libc.PollIn }];
        switch (Libc.Poll(fds, limit))
        {
            case 0:
                return LinkSignal.TimedOut;
            case < 0:
                // The runtime's own signals end a wait early, and it is not for them to end a code or a reply.
                return LinkSignal.Woken;
        }
        if ((fds[1].Returned & Libc.PollIn) != 0)
            _wake.Drain();
        if ((fds[0].Returned & Libc.PollIn) != 0)
            return LinkSignal.Readable;
        return fds[0].Returned != 0 ? LinkSignal.Gone : LinkSignal.Woken;
    }

    /// <inheritdoc />
    public int Read(Span<byte> buffer)
    {
        var count = Libc.Read(_fd, buffer);
        if (count > 0)
            return count;
        // With VMIN 0 and no hang-up a count of 0 would mean "nothing"; a raw tty has VMIN 1, so 0 is the end of the line.
        return count < 0 && Libc.LastError is Libc.TryAgain or Libc.Interrupted ? 0 : -1;
    }

    /// <inheritdoc />
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = Libc.Write(_fd, bytes);
            if (count > 0)
                bytes = bytes[count..];
            else if (Libc.LastError == Libc.TryAgain ? !WaitForRoom() : Libc.LastError != Libc.Interrupted)
                return false;
        }
        return true;
    }

    /// <inheritdoc />
    public bool SetBaud(int baud)
    {
        if (!Supports(baud) || (_fd != Closed && !Termios.MakeRaw(_fd, baud)))
            return false;
        _baud = baud;
        return true;
    }

    /// <inheritdoc />
    public void Wake() => _wake.Signal();

    /// <inheritdoc />
    public void Close()
    {
        if (_fd == Closed)
            return;
        // Without the flush a close may wait up to 30 s for output no one will take.
        _ = Libc.Flush(_fd, Libc.FlushBoth);
        _ = Libc.Control(_fd, Libc.ExclusiveOff, 0);
        _ = Libc.Close(_fd);
        _fd = Closed;
    }

    /// <summary>Closes the line for good. The owning loop must have ended: descriptor numbers are used again.</summary>
    public void Dispose()
    {
        Close();
        _wake.Dispose();
    }

    private PortProblem? Prepare(int fd)
    {
        if (Libc.Lock(fd, Libc.LockExclusive | Libc.LockNonBlocking) != 0)
            return WhyNotOpened(Libc.Busy);
        _ = Libc.Control(fd, Libc.ExclusiveOn, 0);
        Termios.LowerLatency(fd);
        if (!Termios.MakeRaw(fd, _baud))
            return new(PortProblemKind.Unusable, $"{Path} is no serial line, or does not take {_baud} baud 8N1: check \"path\" and \"baud\" of this bus.");
        return _direction?.Apply(fd) != false
            ? null
            : new(PortProblemKind.Unusable, $"The driver of {Path} turns no RS-485 pair: remove \"rs485\" from this bus where the adapter turns it by itself, as USB adapters do, or use a port whose driver can.");
    }

    private PortProblem WhyNotOpened(int error) => error switch
    {
        Libc.NoEntry or Libc.NoDevice or 19 => new(PortProblemKind.Missing, $"There is no device at {Path}: plug the adapter in, or correct \"path\" of this bus."),
        Libc.Busy or Libc.TryAgain => new(PortProblemKind.Busy, $"The serial port {Path} is held by another program: stop that program, or give this bus another port."),
        Libc.AccessDenied or 1 => new(PortProblemKind.Denied, $"This user may not open {Path}: add the user to the device's group (dialout on Debian)."),
        _ => new(PortProblemKind.Unusable, $"{Path} cannot be opened (error {error}): check the adapter and its cable."),
    };

    private bool WaitForRoom()
    {
        Span<Libc.PollFd> fds = [new() { Fd = _fd, Events = Libc.PollOut }];
        int ready;
        do
            ready = Libc.Poll(fds, WriteLimit);
        while (ready < 0);
        return ready > 0 && (fds[0].Returned & (Libc.PollError | Libc.PollHangUp | Libc.PollInvalid)) == 0;
    }
}
