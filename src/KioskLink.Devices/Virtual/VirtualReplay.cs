using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Virtual;

/// <summary>
/// Plays the devices of a captured line to another panel: each command gets the next reply that was captured to such a command, under its own number. What
/// was said under a secure channel cannot be played again.
/// </summary>
public sealed class VirtualReplay : VirtualDevice
{
    private const byte Poll = 0x60, Ack = 0x40, Nak = 0x41, UnknownCommand = 3;
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(3);
    private readonly Dictionary<(int Address, byte Id), Queue<(byte Id, byte[] Data)>> _replies = [];
    private readonly HashSet<int> _addresses = [];
    private readonly List<byte> _heard = [];

    /// <summary>Takes the clear exchanges of a capture.</summary>
    public VirtualReplay(IEnumerable<CapturedFrame> frames)
    {
        FrameSummary? asked = null;
        foreach (var frame in frames)
        {
            var summary = frame.Summary;
            if (summary is { IsWhole: true, Secured: false, IsReply: true } && asked is { } command && command.Address == summary.Address)
                Keep(command, summary.Id, frame.Bytes);
            asked = summary is { IsWhole: true, Secured: false, IsReply: false } ? summary : null;
        }
    }

    /// <summary>Replies that were not given yet.</summary>
    public int Left
    {
        get
        {
            lock (Gate)
                return _replies.Values.Sum(queue => queue.Count);
        }
    }

    /// <inheritdoc />
    protected override void LosePower() => _heard.Clear();

    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        _heard.AddRange(bytes);
        while (VirtualFrame.TakeFrom(_heard) is { } command)
            if (_addresses.Contains(command.Address))
                After(Thinking, () => Answer(command));
    }

    private void Answer(VirtualFrame command)
    {
        var (id, data) = _replies.TryGetValue((command.Address, command.Id), out var queue) && queue.TryDequeue(out var reply)
            ? reply
            : command.Id == Poll ? (Ack, []) : (Nak, [UnknownCommand]);
        Send(VirtualFrame.Reply(command.Address, command.Sequence, [], id, data));
        MarkChanged();
    }

    private void Keep(FrameSummary command, byte id, byte[] reply)
    {
        const int control = 4, dataAt = 6;
        var checkSize = (reply[control] & 0x04) != 0 ? 2 : 1;
        if ((reply[control] & 0x08) != 0)
            return;
        _addresses.Add(command.Address);
        if (!_replies.TryGetValue((command.Address, command.Id), out var queue))
            _replies[(command.Address, command.Id)] = queue = new Queue<(byte, byte[])>();
        queue.Enqueue((id, reply[dataAt..^checkSize]));
    }
}
