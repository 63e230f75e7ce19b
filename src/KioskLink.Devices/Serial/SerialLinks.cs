namespace KioskLink.Devices.Serial;

/// <summary>Makes the line of a path: a serial port of this machine, or one of a serial server.</summary>
public static class SerialLinks
{
    /// <summary>Names a line without opening it.</summary>
    /// <param name="path">A device path, or an address as <see cref="TcpAddress"/> has it.</param>
    /// <param name="baud">The speed of the line; a serial server must be set to it.</param>
    /// <param name="direction">How the driver of a port of this machine turns an RS-485 pair.</param>
    /// <exception cref="ArgumentException">The path is a wrong address, or the speed is not possible.</exception>
    public static ISerialLink At(string path, int baud, Rs485Direction? direction = null)
    {
        if (!TcpAddress.Is(path))
            return new SerialPort(path, baud, direction);
        return TcpAddress.Parse(path) is { } address
            ? new TcpLink(path, address, baud)
            : throw new ArgumentException(ProblemOf(path), nameof(path));
    }

    /// <summary>What is wrong with a path; null when nothing is known to be.</summary>
    public static string? ProblemOf(string path) => TcpAddress.Is(path) && TcpAddress.Parse(path) is null
        ? $"\"path\" {path} is no address of a serial server: write the IP address in numbers and the port, such as tcp://192.0.2.10:4001."
        : null;
}
