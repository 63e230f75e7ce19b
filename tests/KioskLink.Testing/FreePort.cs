using System.Net;
using System.Net.Sockets;

namespace KioskLink.Testing;

/// <summary>TCP ports on loopback that nobody listens on.</summary>
/// <remarks>Prefer port 0 where the program under test can tell which port it took: another program may take this one first.</remarks>
public static class FreePort
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
