using System.Net;
using System.Net.Sockets;

namespace KioskLink.Demo.World;

/// <summary>Chooses ports: the usual one, or a free one that is printed.</summary>
internal static class Ports
{
    private const int MostTries = 4;

    /// <summary>Starts something on the wanted port, or on a free one when that is taken, even where another program takes it between the look and the start.</summary>
    /// <param name="wanted">The usual port.</param>
    /// <param name="whose">Whose it is, for the line that tells of another one.</param>
    /// <param name="output">Takes that line.</param>
    /// <param name="start">Starts it on a port; throws when it cannot listen there.</param>
    public static async Task<T> StartOnFreeAsync<T>(int wanted, string whose, TextWriter output, Func<int, Task<T>> start)
    {
        var port = FreeOrOther(wanted, whose, output);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await start(port);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException && tries < MostTries && !IsFree(port))
            {
                port = FreeOrOther(port, whose, output);
            }
        }
    }

    private static int FreeOrOther(int wanted, string whose, TextWriter output)
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
