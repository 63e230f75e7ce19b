using System.Net.Sockets;
using System.Text;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Hosting;

/// <summary>systemd's end of the notify socket.</summary>
internal sealed class ManagerSocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[4096];

    /// <param name="address">A path, or a name after @.</param>
    public ManagerSocket(string address)
    {
        Address = address;
        _socket.Bind(new UnixDomainSocketEndPoint(address[0] == '@' ? $"\0{address[1..]}" : address));
    }

    public string Address { get; }

    /// <summary>The next message.</summary>
    /// <param name="other">A message that is passed over.</param>
    public async Task<string> NextAsync(string? other = null)
    {
        while (true)
        {
            var size = await Patience.For(_socket.ReceiveAsync(_buffer, SocketFlags.None), "a message to systemd");
            var message = Encoding.UTF8.GetString(_buffer, 0, size);
            if (message != other)
                return message;
        }
    }

    public bool HasMore => _socket.Available > 0;

    public void Dispose() => _socket.Dispose();
}
