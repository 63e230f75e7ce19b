namespace KioskLink.Benchmarks.Wire;

/// <summary>
/// The shortest time from a card at a reader to the last byte of the unlock command that the wire allows, counted from bytes:
/// 8N1, ten bits a byte, secure channel, polls back to back, each device thinking for its turnaround time, two quiet characters
/// before a command. The card waits for the poll of its reader: readers are polled in turn, and the module once its pause is over
/// and its turn comes, so a reader waits one round between most polls and one round and the module's poll between the others.
/// </summary>
/// <param name="Baud">Speed of the line.</param>
/// <param name="Readers">Readers that are polled in turn.</param>
/// <param name="ModulesPause">The least time between two polls of the module.</param>
internal sealed record WireFloor(int Baud, int Readers, TimeSpan ModulesPause)
{
    /// <summary>POLL and its ACK: header 5, security block 2, id 1, MAC 4, CRC 2.</summary>
    public const int PollBytes = 14, AckBytes = 14;

    /// <summary>RAW of 14 digits: as a poll, and 11 bytes of data padded to 16.</summary>
    public const int CardBytes = 30;

    /// <summary>OUT of one relay: as a poll, and 4 bytes of data padded to 16.</summary>
    public const int UnlockBytes = 30;

    private const int QuietBytes = 2;
    private const int BitsPerByte = 10;

    /// <summary>How long a device thinks before it answers.</summary>
    public static readonly TimeSpan Turnaround = TimeSpan.FromMilliseconds(3);

    /// <summary>One poll with its answer.</summary>
    public TimeSpan Poll => WireTime(PollBytes + AckBytes + QuietBytes) + Turnaround;

    /// <summary>One poll of every reader.</summary>
    public TimeSpan Round => Readers * Poll;

    /// <summary>Rounds from one poll of the module to the next.</summary>
    public int RoundsPerModule => Math.Max(1, (int)Math.Ceiling(ModulesPause / Round));

    /// <summary>From one poll of the module to the next.</summary>
    public TimeSpan Period => RoundsPerModule * Round + Poll;

    /// <summary>The card's reply, the quiet line and the unlock command.</summary>
    public TimeSpan Answer => WireTime(CardBytes + QuietBytes + UnlockBytes);

    /// <summary>The floor of a share, from 0 to 1, of the cards; a reader tells of a card that comes until its reply begins.</summary>
    public double Milliseconds(double share) => (Answer + LongestWait(share)).TotalMilliseconds;

    // In each period a reader waits a round between two polls, and once a round and the module's poll: up to a round all of these waits count, then the long one alone.
    private TimeSpan LongestWait(double share)
    {
        var (taken, shorter) = (share * Period, RoundsPerModule * Round);
        return taken <= shorter ? taken / RoundsPerModule : Round + (taken - shorter);
    }

    private TimeSpan WireTime(int bytes) => TimeSpan.FromSeconds((double)bytes * BitsPerByte / Baud);
}
