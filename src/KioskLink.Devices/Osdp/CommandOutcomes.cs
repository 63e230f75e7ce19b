using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Osdp;

/// <summary>What the end of a command means: for keys, locks, address and speed, files, and for whoever queued it.</summary>
internal sealed class CommandOutcomes(KeyChange keyChange, Backlog backlog, LockReports lockReports)
{
    /// <summary>The address and speed that the device has agreed to take.</summary>
    public ComReply? Agreed { get; private set; }

    public void ForgetAgreed() => Agreed = null;

    /// <summary>The device has answered. True: it has taken a new key, and is spoken to anew at once.</summary>
    public bool Answered(OsdpCommand command, QueuedCommand? queued, ReplyId id, ReadOnlySpan<byte> data, TimeSpan now)
    {
        switch (command)
        {
            case KeySetCommand when id == ReplyId.Ack:
                keyChange.Await(queued);
                return true;
            case KeySetCommand:
                Refused(command, queued);
                return false;
            case FileTransferCommand when id == ReplyId.FileStatus && FileStatusReply.TryRead(data, out var status):
                backlog.File?.Take(status, now);
                break;
            case FileTransferCommand:
                backlog.File?.NotUnderstood();
                break;
            case ComSetCommand when id == ReplyId.Com && ComReply.TryRead(data, out var com):
                Agreed = com;
                break;
        }
        queued?.Complete(OutputResult.Acknowledged);
        return false;
    }

    /// <summary>The device has answered, in a session that is up or one that begins.</summary>
    public void Confirmed(OsdpCommand command)
    {
        if (command is OutputCommand)
            lockReports.Confirmed();
    }

    /// <summary>The device lives and will not do this one thing. What it was to lock it is told to lock again at a time.</summary>
    public void Declined(OsdpCommand command, QueuedCommand? queued, TimeSpan relockAt)
    {
        if (command is OutputCommand)
            lockReports.Refused(relockAt);
        Refused(command, queued);
    }

    /// <summary>The session is over and the command was on its way: nobody knows what became of it.</summary>
    public void Unknown(OsdpCommand? command, QueuedCommand? queued)
    {
        if (command is KeySetCommand)
            keyChange.Await(queued);
        else
            queued?.Complete(OutputResult.Unacknowledged);
    }

    private void Refused(OsdpCommand command, QueuedCommand? queued)
    {
        if (command is KeySetCommand)
            keyChange.Refused();
        if (command is FileTransferCommand)
            backlog.File?.NotUnderstood();
        queued?.Complete(OutputResult.Rejected);
    }
}
