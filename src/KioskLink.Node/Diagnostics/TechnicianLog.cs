using System.Buffers.Binary;
using System.Net.Sockets;
using Grpc.Core;
using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;
using Microsoft.AspNetCore.Connections.Features;

namespace KioskLink.Node.Diagnostics;

/// <summary>Journals what technicians do at the node, under who asked for it. Thread-safe.</summary>
internal sealed class TechnicianLog(NodeJournal journal)
{
    private const int SocketLevel = 1, PeerCredentials = 17, CredentialsSize = 12, UserAt = 4;

    /// <summary>Notes an act at a device or line, before it is done or with its result.</summary>
    /// <param name="by">Who does it: a user of the machine, or an account of the staff.</param>
    /// <param name="deviceId">The device or line; empty for none.</param>
    /// <param name="act">What is done, or what came of it; never a person's data.</param>
    /// <param name="doorId">The door; empty for none.</param>
    /// <param name="attemptId">Joins the records of one act; empty where there is one.</param>
    public Task<AppendResult> NoteAsync(string by, string deviceId, string act, string doorId = "", string attemptId = "") =>
        journal.AppendAsync(new RecordOpen
        {
            Kind = RecordKind.Technician,
            DeviceId = deviceId,
            DoorId = doorId,
            AttemptId = attemptId,
            Detail = $"{by}: {act}",
        });

    /// <summary>The user of the machine who calls: the kernel vouches for who holds the other end of a Unix socket (SO_PEERCRED: process, user, group).</summary>
    public static string UserOf(ServerCallContext context)
    {
        if (context.GetHttpContext().Features.Get<IConnectionSocketFeature>()?.Socket is not { AddressFamily: AddressFamily.Unix } socket)
            return "user unknown";
        Span<byte> credentials = stackalloc byte[CredentialsSize];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return $"user {BinaryPrimitives.ReadUInt32LittleEndian(credentials[UserAt..])}";
    }
}
