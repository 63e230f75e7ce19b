using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp.Replies;

/// <summary>BIOREADR: a biometric template, six bytes and the template. It is never kept, shown or traced.</summary>
internal readonly ref struct BiometricReadReply
{
    private const int HeaderSize = 6;

    public byte Reader { get; private init; }

    /// <summary>0 success, 1 timed out, FF unknown error.</summary>
    public byte Status { get; private init; }

    public byte Type { get; private init; }

    public byte Quality { get; private init; }

    public ReadOnlySpan<byte> Template { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> data, out BiometricReadReply reply)
    {
        reply = default;
        if (data.Length < HeaderSize || data.Length < HeaderSize + BinaryPrimitives.ReadUInt16LittleEndian(data[4..]))
            return false;
        reply = new()
        {
            Reader = data[0],
            Status = data[1],
            Type = data[2],
            Quality = data[3],
            Template = data.Slice(HeaderSize, BinaryPrimitives.ReadUInt16LittleEndian(data[4..])),
        };
        return true;
    }
}
