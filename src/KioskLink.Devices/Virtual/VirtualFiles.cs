namespace KioskLink.Devices.Virtual;

/// <summary>What a virtual device does with files sent to it (FILETRANSFER): keeps them, and asks for all that the standard lets a device ask for.</summary>
public sealed class VirtualFiles
{
    private const byte Accepted = 0, Processed = 1, Rebooting = 2, Finishing = 3;
    private const int Aborted = -1, Malformed = -3;
    private readonly Lock _lock = new();
    private readonly List<byte> _taken = [];
    private int _finishing;

    /// <summary>What it asks for: 1 others between the fragments, 2 to leave the secure channel, 4 a poll first.</summary>
    public byte Action { get; set; } = 1;

    /// <summary>How long it wants no further fragment.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The largest message it takes; 0 says nothing of it.</summary>
    public int LargestMessage { get; set; }

    /// <summary>How often it says that it is not yet done with a whole file.</summary>
    public int FinishingReplies { get; set; }

    /// <summary>It starts anew with a whole file.</summary>
    public bool Reboots { get; set; }

    /// <summary>It ends the transfer once it has so many bytes.</summary>
    public int AbortsAt { get; set; } = int.MaxValue;

    /// <summary>The bytes it has.</summary>
    public byte[] Taken
    {
        get
        {
            lock (_lock)
                return [.. _taken];
        }
    }

    /// <summary>Fragments it took, empty ones too.</summary>
    public int Fragments { get; private set; }

    /// <summary>The largest fragment it took.</summary>
    public int LargestFragment { get; private set; }

    /// <summary>Fragments that came outside a secure channel.</summary>
    public int FragmentsInClear { get; private set; }

    internal void Forget()
    {
        lock (_lock)
            _taken.Clear();
    }

    /// <summary>Takes a fragment and says what of it: the data of FTSTAT, or null where it is none.</summary>
    internal byte[]? Take(byte[] data, bool secured)
    {
        if (data.Length < 11 || data.Length != 11 + data[9] + 256 * data[10])
            return null;
        var (total, offset) = (BitConverter.ToInt32(data, 1), BitConverter.ToInt32(data, 5));
        Fragments++;
        FragmentsInClear += secured ? 0 : 1;
        LargestFragment = Math.Max(LargestFragment, data.Length - 11);
        if (secured && (Action & 2) != 0)
            return Status(Accepted);
        return Keep(data.AsSpan(11), total, offset);
    }

    private byte[] Keep(ReadOnlySpan<byte> fragment, int total, int offset)
    {
        lock (_lock)
        {
            if (offset < 0 || offset > _taken.Count || offset + fragment.Length > total)
                return Status(Malformed);
            if (offset == 0)
                (_finishing, _) = (FinishingReplies, _taken.RemoveAll(_ => true));
            _taken.RemoveRange(offset, _taken.Count - offset);
            _taken.AddRange(fragment);
            if (_taken.Count >= AbortsAt)
                return Status(Aborted);
            if (_taken.Count < total)
                return Status(Accepted);
            return Status(_finishing-- > 0 ? Finishing : Reboots ? Rebooting : Processed);
        }
    }

    private byte[] Status(int status)
    {
        var delay = (int)Delay.TotalMilliseconds;
        return [Action, (byte)delay, (byte)(delay >> 8), (byte)status, (byte)(status >> 8), (byte)LargestMessage, (byte)(LargestMessage >> 8)];
    }
}
