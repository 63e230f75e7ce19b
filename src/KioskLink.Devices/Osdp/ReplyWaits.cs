namespace KioskLink.Devices.Osdp;

/// <summary>Who waits for a reply of a kind from one device, to whichever command it comes. Any thread waits, the bus loop delivers.</summary>
internal sealed class ReplyWaits
{
    private readonly Lock _lock = new();
    private readonly MultiPart _parts = new();
    private TaskCompletionSource<DeviceAnswer>? _answer;
    private IReadOnlyList<ReplyId> _awaited = [];
    private volatile bool _waiting;

    /// <summary>Waits for one of some replies; one question at a time.</summary>
    public Task<DeviceAnswer> Expect(IReadOnlyList<ReplyId> awaited)
    {
        lock (_lock)
        {
            (_awaited, _waiting) = (awaited, true);
            _answer = new TaskCompletionSource<DeviceAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _answer.Task;
        }
    }

    /// <summary>Nobody waits any more.</summary>
    public void Forget() => _waiting = false;

    /// <summary>A reply has come. Costs nothing where nobody waits.</summary>
    public void Take(ReplyId id, ReadOnlySpan<byte> data)
    {
        if (!_waiting)
            return;
        lock (_lock)
        {
            if (!_awaited.Contains(id))
                return;
            if (ComesInParts(id))
                TakePart(id, data);
            else
                Answer(new DeviceAnswer(Locks.OutputResult.Acknowledged, (byte)id, data.ToArray()));
        }
    }

    private void TakePart(ReplyId id, ReadOnlySpan<byte> data)
    {
        var state = _parts.Take(data);
        if (state == MultiPartState.Whole)
            Answer(new DeviceAnswer(Locks.OutputResult.Acknowledged, (byte)id, _parts.Bytes));
        else if (state == MultiPartState.Broken)
            Answer(DeviceAnswer.None(Locks.OutputResult.Unacknowledged));
    }

    private void Answer(DeviceAnswer answer)
    {
        _waiting = false;
        _answer?.TrySetResult(answer);
    }

    private static bool ComesInParts(ReplyId id) =>
        id is ReplyId.PivData or ReplyId.GeneralAuthenticate or ReplyId.ChallengeResponse or ReplyId.ExtendedId;
}
