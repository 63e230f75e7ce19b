using System.Net;

namespace KioskLink.Devices.Serial;

/// <summary>The address of a port of a serial server, written as a path: <c>tcp://192.0.2.10:4001</c>.</summary>
public static class TcpAddress
{
    /// <summary>How such a path begins.</summary>
    public const string Scheme = "tcp://";

    /// <summary>Whether a path is meant to be one.</summary>
    public static bool Is(string path) => path.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The address; null where it is not an IP address in numbers and a port. A name would need another server to be up before a door works.</summary>
    public static IPEndPoint? Parse(string path) =>
        Is(path) && path.LastIndexOf(':') > Scheme.Length && IPEndPoint.TryParse(path.AsSpan(Scheme.Length), out var address) && address.Port > 0 ? address : null;
}
