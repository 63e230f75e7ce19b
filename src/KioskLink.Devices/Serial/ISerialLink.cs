namespace KioskLink.Devices.Serial;

/// <summary>One line of bytes to devices: bytes in, bytes out, gone. One loop owns it; only <see cref="Wake"/> may be called from another thread.</summary>
public interface ISerialLink : IDisposable
{
    /// <summary>Where the line is: a device path or an address. For people and logs.</summary>
    string Path { get; }

    /// <summary>Opens the line, once. Null when it is open, else what hinders it; opening again later is the caller's decision.</summary>
    PortProblem? Open();

    /// <summary>Waits until bytes are there, <see cref="Wake"/> is called, the line is gone, or <paramref name="limit"/> is over. Wakes within about 0.1 ms.</summary>
    LinkSignal Wait(TimeSpan limit);

    /// <summary>Takes what has arrived, without waiting. 0 when there is nothing, -1 when the line is gone.</summary>
    int Read(Span<byte> buffer);

    /// <summary>Hands all bytes to the driver. False when the line is gone or takes no bytes for <see cref="SerialPort.WriteLimit"/>.</summary>
    bool Write(ReadOnlySpan<byte> bytes);

    /// <summary>Changes the speed of an open line and of every later opening. False when the driver refuses.</summary>
    bool SetBaud(int baud);

    /// <summary>Ends a <see cref="Wait"/> of the owning loop early. Safe from any thread.</summary>
    void Wake();

    /// <summary>Closes the line; it may be opened again.</summary>
    void Close();
}

/// <summary>Why a <see cref="ISerialLink.Wait"/> ended.</summary>
public enum LinkSignal
{
    /// <summary>The time was over.</summary>
    TimedOut,

    /// <summary>Bytes can be read.</summary>
    Readable,

    /// <summary>Another thread called <see cref="ISerialLink.Wake"/>.</summary>
    Woken,

    /// <summary>The device behind the line has vanished (cable pulled, adapter reset).</summary>
    Gone,
}

/// <summary>What hinders the opening of a port, as a kind a program can act on and a sentence a technician can.</summary>
/// <param name="Kind">The kind of hindrance.</param>
/// <param name="Sentence">What is wrong, where, and how to mend it.</param>
public sealed record PortProblem(PortProblemKind Kind, string Sentence);

/// <summary>The kinds of hindrance at opening.</summary>
public enum PortProblemKind
{
    /// <summary>No such device: not plugged in, or another name. Worth waiting for.</summary>
    Missing,

    /// <summary>Another program holds the port. At start this is an error of installation.</summary>
    Busy,

    /// <summary>The user may not open the device.</summary>
    Denied,

    /// <summary>It opened, but is no serial line or refuses the settings.</summary>
    Unusable,
}
