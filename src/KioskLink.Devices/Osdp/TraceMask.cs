using System.Buffers.Binary;

namespace KioskLink.Devices.Osdp;

/// <summary>Takes card bits, card characters and keys out of clear frames before a trace sees them. Secured frames show nothing and stay as they are.</summary>
internal static class TraceMask
{
    public static void Show(FrameTrace trace, FrameDirection direction, ReadOnlySpan<byte> bytes)
    {
        if (direction == FrameDirection.Sent || !Frame.TryParse(bytes, out var frame) || frame.Secured || HeaderSizeOf((ReplyId)frame.Id) is not { } header
            || frame.Body.Length <= header)
        {
            trace(direction, bytes, masked: false);
            return;
        }
        Span<byte> masked = stackalloc byte[bytes.Length];
        bytes.CopyTo(masked);
        var at = bytes.Length - CheckSize(bytes) - frame.Body.Length;
        masked.Slice(at + header, frame.Body.Length - header).Fill(MaskOf((ReplyId)frame.Id));
        WriteCheck(masked);
        trace(direction, masked, masked: true);
    }

    private static int? HeaderSizeOf(ReplyId id) => id switch
    {
        ReplyId.RawCard => 4,
        ReplyId.FormattedCard => 3,
        ReplyId.Keypad => 2,
        _ => null,
    };

    private static byte MaskOf(ReplyId id) => id == ReplyId.RawCard ? (byte)0 : (byte)'0';

    private static int CheckSize(ReadOnlySpan<byte> bytes) => (bytes[FrameLayout.Control] & FrameLayout.CrcFlag) != 0 ? FrameLayout.CrcSize : 1;

    private static void WriteCheck(Span<byte> frame)
    {
        if (CheckSize(frame) == FrameLayout.CrcSize)
            BinaryPrimitives.WriteUInt16LittleEndian(frame[^2..], Crc16.Compute(frame[..^2]));
        else
            frame[^1] = Crc16.Checksum(frame[..^1]);
    }
}
