using Grpc.Core;
using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>Journals what technicians do at the node, under who asked for it. Thread-safe.</summary>
internal sealed class TechnicianLog(NodeJournal journal, PeerUser userOf)
{
    /// <summary>Notes an act at a device or line, before it is done or with its result.</summary>
    /// <param name="context">Whose call it is.</param>
    /// <param name="deviceId">The device or line; empty for none.</param>
    /// <param name="act">What is done, or what came of it; never a person's data.</param>
    /// <param name="doorId">The door; empty for none.</param>
    /// <param name="attemptId">Joins the records of one act; empty where there is one.</param>
    public Task<AppendResult> NoteAsync(ServerCallContext context, string deviceId, string act, string doorId = "", string attemptId = "") =>
        NoteAsync(UserOf(context), deviceId, act, doorId, attemptId);

    /// <summary>The same for somebody whom the caller names.</summary>
    public Task<AppendResult> NoteAsync(string by, string deviceId, string act, string doorId = "", string attemptId = "") =>
        journal.AppendAsync(new RecordOpen
        {
            Kind = RecordKind.Technician,
            DeviceId = deviceId,
            DoorId = doorId,
            AttemptId = attemptId,
            Detail = $"{by}: {act}",
        });

    /// <summary>Notes an act before it is done, and refuses it where it cannot be recorded.</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION: it cannot be recorded.</exception>
    public async Task NoteOrRefuseAsync(string by, string deviceId, string act, string attemptId = "")
    {
        if ((await NoteAsync(by, deviceId, act, attemptId: attemptId)).Problem is { } problem)
            throw new RpcException(new Status(StatusCode.FailedPrecondition, $"NOT_RECORDED: It cannot be recorded, so it is not done: {problem}."));
    }

    /// <summary>Who makes a call at the socket, for records.</summary>
    public string UserOf(ServerCallContext context) => $"user {(userOf(context) is { Length: > 0 } user ? user : "unknown")}";
}
