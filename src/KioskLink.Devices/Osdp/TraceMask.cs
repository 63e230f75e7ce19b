using System.Buffers.Binary;
using KioskLink.Devices.Osdp.Replies;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Osdp;

/// <summary>
/// Puts nobody's card, key and base key in the place of real ones before a trace sees a frame, and computes its check field anew, so that the trace can
/// still be replayed. Frames under a device's own key show nothing and stay as they are, but for the one that carries its next key.
/// </summary>
internal static class TraceMask
{
    /// <summary>Shows a frame to a trace.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="direction">Which way it went.</param>
    /// <param name="bytes">The frame.</param>
    /// <param name="cards">How the device's bits spell cards.</param>
    /// <param name="readable">The session is under the install key, which everyone knows.</param>
    public static void Show(FrameTrace trace, FrameDirection direction, ReadOnlySpan<byte> bytes, CardMapping cards, bool readable)
    {
        if (!Frame.TryParse(bytes, out var frame) || !IsSecret(direction, frame, readable))
        {
            trace(direction, bytes, masked: false);
            return;
        }
        Span<byte> masked = stackalloc byte[bytes.Length];
        bytes.CopyTo(masked);
        var body = masked.Slice(frame.Authenticated.Length - frame.Body.Length, frame.Body.Length);
        if (frame.Secured)
            body.Clear();
        else
            Mask((ReplyId)frame.Id, body, cards);
        WriteCheck(masked);
        trace(direction, masked, masked: true);
    }

    private static bool IsSecret(FrameDirection direction, in Frame frame, bool readable) => direction == FrameDirection.Sent
        ? frame.Id == (byte)CommandId.KeySet || ((CommandId)frame.Id is CommandId.BiometricMatch or CommandId.Transparent && (readable || !frame.Secured))
        : IsPersonal((ReplyId)frame.Id) && (readable || !frame.Secured);

    private static bool IsPersonal(ReplyId id) => id is ReplyId.RawCard or ReplyId.FormattedCard or ReplyId.Keypad or ReplyId.BiometricRead
        or ReplyId.PivData or ReplyId.GeneralAuthenticate or ReplyId.ChallengeResponse or ReplyId.Transparent;

    private static void Mask(ReplyId id, Span<byte> body, CardMapping cards)
    {
        switch (id)
        {
            case ReplyId.RawCard when RawCardReply.TryRead(body, out var card):
                cards.WriteNobodys(body.Slice(RawCardReply.HeaderSize, card.Bits.Length), card.BitCount);
                break;
            case ReplyId.FormattedCard when body.Length > FormattedCardReply.HeaderSize:
                NobodysCard.WriteCharacters(body[FormattedCardReply.HeaderSize..]);
                break;
            case ReplyId.Keypad when body.Length > KeypadReply.HeaderSize:
                foreach (ref var key in body[KeypadReply.HeaderSize..])
                    key = char.IsAsciiDigit((char)key) ? (byte)'0' : key;
                break;
            default:
                body.Clear();
                break;
        }
    }

    private static void WriteCheck(Span<byte> frame)
    {
        if ((frame[FrameLayout.Control] & FrameLayout.CrcFlag) != 0)
            BinaryPrimitives.WriteUInt16LittleEndian(frame[^2..], Crc16.Compute(frame[..^2]));
        else
            frame[^1] = Crc16.Checksum(frame[..^1]);
    }
}
