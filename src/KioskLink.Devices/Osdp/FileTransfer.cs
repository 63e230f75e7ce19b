using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Osdp;

/// <summary>One file on its way to a device, as a state machine: which fragment is next and when, what the device said, where to go on after a lost session.</summary>
internal sealed class FileTransfer(byte type, ReadOnlyMemory<byte> content, bool mayLeaveSecureChannel, OsdpLimits limits, IProgress<FileProgress>? progress)
{
    private readonly TaskCompletionSource<FileResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _offset;
    private int _sent;
    private int _largestMessage = int.MaxValue;
    private int _sessionsLost;
    private bool _goesOn;
    private bool _begun;
    private TimeSpan? _finishingSince;
    private TimeSpan? _absentSince;

    public Task<FileResult> Completion => _result.Task;

    public bool Over => _result.Task.IsCompleted;

    /// <summary>When the next fragment may go out.</summary>
    public TimeSpan DueAt { get; private set; }

    /// <summary>Nothing but orders may be sent between fragments; so until the device says otherwise.</summary>
    public bool Exclusive { get; private set; } = true;

    /// <summary>The device takes the file only in clear, and whoever sends it has agreed.</summary>
    public bool InClear { get; private set; }

    /// <summary>The device has something to say before the next fragment.</summary>
    public bool PollFirst { get; private set; }

    /// <summary>That poll goes out now.</summary>
    public void Polls() => PollFirst = false;

    /// <summary>The next fragment, cut to what a frame carries.</summary>
    public FileTransferCommand Next(int room)
    {
        var most = Math.Max(Math.Min(room, _largestMessage) - FileTransferCommand.HeaderSize, 1);
        (_begun, _sent) = (true, Math.Min(most, content.Length - _offset));
        return new FileTransferCommand(type, content.Length, _offset, content.Slice(_offset, _sent));
    }

    /// <summary>The device has answered a fragment.</summary>
    public void Take(FileStatusReply reply, TimeSpan now)
    {
        if (reply.Status < 0)
        {
            Refused(reply.Status, now);
            return;
        }
        (_offset, _sent, _goesOn) = (_offset + _sent, 0, false);
        (Exclusive, PollFirst, DueAt, _absentSince) = (!reply.MayInterleave, reply.PollWanted, now + reply.Delay, null);
        _largestMessage = reply.LargestMessage > FileTransferCommand.HeaderSize ? reply.LargestMessage : _largestMessage;
        progress?.Report(new FileProgress(_offset, content.Length));
        if (reply.LeaveSecureChannel && !InClear)
            LeaveSecureChannel();
        else if (_offset == content.Length)
            AllSent(reply.Status, now);
    }

    /// <summary>The device knows no such command, or answers it with something else.</summary>
    public void NotUnderstood() => End(FileResult.NotSupported);

    /// <summary>The session is over before the file is. It goes on from where the device had taken it.</summary>
    public void SessionLost()
    {
        // A start that failed before the first fragment is no session of the file's.
        if (Over || !_begun)
            return;
        (_begun, _sent, _goesOn, PollFirst, DueAt) = (false, 0, _offset > 0, false, TimeSpan.Zero);
        if (_finishingSince is not null)
            // A device that was finishing and starts anew has done what it was to do.
            End(FileResult.Rebooting);
        else if (++_sessionsLost > limits.FileSessions)
            End(FileResult.Lost);
    }

    /// <summary>The device does not answer.</summary>
    public void Absent(TimeSpan now)
    {
        if (now - (_absentSince ??= now) > limits.FileAbsence)
            End(FileResult.Lost);
    }

    /// <summary>Nobody wants it any more, or the device has been away for too long.</summary>
    public void End(FileResult result) => _result.TrySetResult(result);

    private void Refused(short status, TimeSpan now)
    {
        // A device that has lost its memory with its session takes no middle: once more from the beginning.
        if (_goesOn)
            (_offset, _sent, _goesOn, DueAt) = (0, 0, false, now);
        else
            End(status switch
            {
                FileStatus.Unrecognised => FileResult.Unrecognised,
                FileStatus.Malformed => FileResult.Malformed,
                _ => FileResult.Aborted,
            });
    }

    private void LeaveSecureChannel()
    {
        if (mayLeaveSecureChannel)
            InClear = true;
        else
            End(FileResult.WantsClear);
    }

    private void AllSent(short status, TimeSpan now)
    {
        if (status == FileStatus.Rebooting)
            End(FileResult.Rebooting);
        else if (status != FileStatus.Finishing)
            End(FileResult.Taken);
        else if (now - (_finishingSince ??= now) > limits.FileFinish)
            End(FileResult.Lost);
    }
}
