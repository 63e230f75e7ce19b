using System.Buffers.Binary;
using System.Net.Sockets;
using Grpc.Core;
using Microsoft.AspNetCore.Connections.Features;

namespace KioskLink.Node.Diagnostics;

/// <summary>The number of the machine's user who makes a call; empty where nobody vouches for it.</summary>
internal delegate string PeerUser(ServerCallContext context);

/// <summary>Who holds the other end of a Unix socket, as the kernel vouches (SO_PEERCRED of unix(7): process, user, group).</summary>
internal static class SocketPeer
{
    private const int SocketLevel = 1, PeerCredentials = 17, CredentialsSize = 12, UserAt = 4;

    /// <summary>The user who makes a call.</summary>
    public static string UserOf(ServerCallContext context)
    {
        if (context.GetHttpContext().Features.Get<IConnectionSocketFeature>()?.Socket is not { AddressFamily: AddressFamily.Unix } socket)
            return "";
        Span<byte> credentials = stackalloc byte[CredentialsSize];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return $"{BinaryPrimitives.ReadUInt32LittleEndian(credentials[UserAt..])}";
    }
}
