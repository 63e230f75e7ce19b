using System.Net;
using System.Net.Sockets;

namespace KioskLink.Register.Identity;

/// <summary>
/// Whence somebody calls, as one counts guesses: an IPv4 address, or the network of 64 bits that one line of an IPv6 provider gets,
/// in which a caller takes whatever address it likes.
/// </summary>
/// <param name="Name">The address or network.</param>
/// <param name="IsHere">Whether it is this machine, and so the register's own page.</param>
internal sealed record CallerNetwork(string Name, bool IsHere)
{
    private const string Socket = "unix:";
    private const int NetworkBytes = 8;

    /// <summary>Reads the peer of a call: <c>ipv4:address:port</c>, <c>ipv6:[address]:port</c> or <c>unix:</c>.</summary>
    public static CallerNetwork Of(string peer)
    {
        if (peer == Socket)
        {
            return new CallerNetwork(Socket, IsHere: true);
        }

        var (from, until) = (peer.IndexOf(':', StringComparison.Ordinal) + 1, peer.LastIndexOf(':'));
        return from > 0 && until > from && IPAddress.TryParse(peer[from..until].Trim('[', ']'), out var address)
            ? new CallerNetwork(NameOf(address), IPAddress.IsLoopback(address))
            : new CallerNetwork(peer, IsHere: false);
    }

    /// <summary>How an address is counted; a text that is none counts as itself.</summary>
    public static string OfAddress(string text) => IPAddress.TryParse(text, out var address) ? NameOf(address) : text;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string NameOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6 || IPAddress.IsLoopback(address))
        {
            return address.ToString();
        }

        var network = address.GetAddressBytes();
        network.AsSpan(NetworkBytes).Clear();
        return $"{new IPAddress(network)}/64";
    }
}
