namespace KioskLink.Benchmarks.Wire;

/// <summary>
/// The shortest time from a card at a reader to the last byte of the unlock command that the wire allows, counted from bytes:
/// 8N1, ten bits a byte, secure channel, polls back to back, each device thinking for its turnaround time, two quiet characters
/// before a command. The card waits for the poll of its reader, anywhere in the cycle.
/// </summary>
/// <param name="Baud">Speed of the line.</param>
/// <param name="Devices">Devices that are polled in turn.</param>
internal sealed record WireFloor(int Baud, int Devices)
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

    /// <summary>One round of polls.</summary>
    public TimeSpan Cycle => Devices * (WireTime(PollBytes + AckBytes + QuietBytes) + Turnaround);

    /// <summary>The card's reply, the quiet line and the unlock command.</summary>
    public TimeSpan Answer => WireTime(CardBytes + QuietBytes + UnlockBytes);

    /// <summary>The floor of a share, from 0 to 1, of the cards; a reader tells of a card that comes until its reply begins.</summary>
    public double Milliseconds(double share) => (Answer + share * Cycle).TotalMilliseconds;

    private TimeSpan WireTime(int bytes) => TimeSpan.FromSeconds((double)bytes * BitsPerByte / Baud);
}
