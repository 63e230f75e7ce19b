using KioskLink.Devices.Locks;
using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>A device in clear of a few lines, for a line in virtual time: answers what a session asks, and counts when it was polled.</summary>
internal sealed class SimulatedDevice(byte address, byte[] capabilities, int inputs = 0)
{
    private readonly bool[] _inputs = new bool[inputs];
    private bool _changed;
    private byte[]? _card;

    public static SimulatedDevice Reader(byte address) => new(address, [3, 1, 1, 4, 4, 1, 5, 2, 1]);

    public static SimulatedDevice IoModule(byte address) => new(address, [1, 2, 4, 2, 4, 4], inputs: 4);

    /// <summary>It has made a reply of this id.</summary>
    public event Action<byte>? Answered;

    public byte Address { get; } = address;

    public bool Powered { get; set; } = true;

    /// <summary>How long it thinks before it answers.</summary>
    public TimeSpan ReplyDelay { get; set; } = TimeSpan.FromMilliseconds(3);

    /// <summary>Its outputs that move locks.</summary>
    public IReadOnlyList<LockOutput> Locks { get; init; } = [];

    /// <summary>The commands it refuses.</summary>
    public HashSet<byte> Refused { get; } = [];

    /// <summary>The command at which it loses its supply; null for none.</summary>
    public byte? DiesAt { get; set; }

    /// <summary>What it sends instead of its next replies, or nothing where null.</summary>
    public Queue<Func<byte[], byte[]?>> Spoilt { get; } = new();

    /// <summary>When each command had arrived, by its id.</summary>
    public List<(TimeSpan At, byte Id)> Heard { get; } = [];

    public IEnumerable<TimeSpan> PolledAt => Heard.Where(heard => heard.Id == 0x60).Select(heard => heard.At);

    /// <summary>The longest time between two polls.</summary>
    public TimeSpan LongestGap(TimeSpan since = default) =>
        PolledAt.Where(at => at >= since).Zip(PolledAt.Where(at => at >= since).Skip(1), (one, next) => next - one).Max();

    public IEnumerable<TimeSpan> OrderedAt => Heard.Where(heard => heard.Id == 0x68).Select(heard => heard.At);

    /// <summary>A card of 40 bits, ten digits, for its next poll.</summary>
    public void PresentCard(string digits) => _card = [0, 0, 40, 0, .. Convert.FromHexString(digits)];

    public void SetInput(int input, bool active) => (_inputs[input], _changed) = (active, true);

    /// <summary>The reply to a command, or null for silence.</summary>
    public byte[]? Answer(VirtualFrame command, TimeSpan at)
    {
        Powered &= command.Id != DiesAt;
        if (!Powered)
            return null;
        Heard.Add((at, command.Id));
        var (id, data) = ReplyTo(command.Id);
        Answered?.Invoke(id);
        var reply = VirtualFrame.Reply(Address, command.Sequence, [], id, data);
        return Spoilt.TryDequeue(out var spoil) ? spoil(reply) : reply;
    }

    private (byte Id, byte[] Data) ReplyTo(byte command) => command switch
    {
        _ when Refused.Contains(command) => (0x41, [9]),
        0x60 when _card is { } card => TakeCard(card),
        0x60 when _changed => InputStatus(),
        0x61 => (0x45, [0xC0, 0xB0, 0xA0, 7, 1, 1, 2, 3, 4, 1, 2, 3]),
        0x62 => (0x46, capabilities),
        0x64 => (0x48, [0, 0]),
        0x65 => InputStatus(),
        _ => (0x40, []),
    };

    private (byte Id, byte[] Data) TakeCard(byte[] card)
    {
        _card = null;
        return (0x50, card);
    }

    private (byte Id, byte[] Data) InputStatus()
    {
        _changed = false;
        return (0x49, [.. _inputs.Select(input => (byte)(input ? 1 : 0))]);
    }
}
