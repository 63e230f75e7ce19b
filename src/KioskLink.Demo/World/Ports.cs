using System.Net;
using System.Net.Sockets;

namespace KioskLink.Demo.World;

/// <summary>Chooses ports: the usual one, or a free one that is printed.</summary>
internal static class Ports
{
    /// <summary>The wanted port, or a free one when it is taken.</summary>
    public static int FreeOrOther(int wanted, string whose, TextWriter output)
    {
        if (IsFree(wanted))
        {
            return wanted;
        }
        var other = AnyFree();
        output.WriteLine($"Port {wanted} of the {whose} is taken; {other} is used.");
        return other;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int AnyFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
