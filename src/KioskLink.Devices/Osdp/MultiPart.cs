using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Osdp;

/// <summary>What has become of a long reply.</summary>
internal enum MultiPartState
{
    /// <summary>Parts are missing.</summary>
    Missing,

    /// <summary>It is whole.</summary>
    Whole,

    /// <summary>A part does not belong where it says, or the whole would be too long: all is forgotten.</summary>
    Broken,
}

/// <summary>Puts a long reply together of its parts, which come in order. Never holds more than the limit.</summary>
internal sealed class MultiPart
{
    /// <summary>The longest reply that is put together: certificates of smart cards are the longest known, at 4 KiB.</summary>
    public const int Limit = 16 * 1024;

    private readonly List<byte> _bytes = [];
    private int _total;

    /// <summary>What has come so far; all of it once <see cref="MultiPartState.Whole"/>.</summary>
    public byte[] Bytes => [.. _bytes];

    public MultiPartState Take(ReadOnlySpan<byte> data)
    {
        if (!MultiPartReply.TryRead(data, out var reply) || reply.Total > Limit)
            return Forget();
        // A first part begins anew: what came before was another reply, or the same one before the device lost its thread.
        if (reply.Offset == 0)
        {
            Forget();
            _total = reply.Total;
        }
        if (reply.Offset != _bytes.Count || reply.Total != _total || (reply.Part.Length == 0 && _total > 0))
            return Forget();
        _bytes.AddRange(reply.Part);
        return _bytes.Count == _total ? MultiPartState.Whole : MultiPartState.Missing;
    }

    private MultiPartState Forget()
    {
        _bytes.Clear();
        _total = 0;
        return MultiPartState.Broken;
    }
}
