using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Osdp;

/// <summary>One command on its way: the very bytes that were sent, so that a retry is the same frame with the same sequence number.</summary>
internal sealed class Exchange
{
    private readonly byte[] _bytes = new byte[FrameLayout.Largest];
    private int _length;

    public OsdpCommand? Command { get; private set; }

    /// <summary>The waiting command behind it; null for the session's own.</summary>
    public QueuedCommand? Queued { get; private set; }

    public bool Pending => Command is not null;

    public byte Sequence { get; private set; }

    /// <summary>How often it was answered wrongly or not at all.</summary>
    public int Failures { get; set; }

    public int BusyReplies { get; set; }

    /// <summary>The last try had no answer at all.</summary>
    public bool Silent { get; set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Begin(OsdpCommand command, QueuedCommand? queued, byte address, byte sequence, SecureChannel? channel)
    {
        (Command, Queued, Sequence, Failures, BusyReplies, Silent) = (command, queued, sequence, 0, 0, false);
        _length = CommandFrame.Write(_bytes, address, sequence, command, channel);
    }

    public void End() => (Command, Queued, Silent) = (null, null, false);
}
