using System.Buffers.Binary;
using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Osdp;

/// <summary>Writes a command as the frame that goes over the line: clear, with a handshake's security block, or secured by a channel.</summary>
internal static class CommandFrame
{
    /// <summary>Writes the frame and returns its length. A channel that is not established yet is not used.</summary>
    public static int Write(Span<byte> frame, byte address, byte sequence, OsdpCommand command, SecureChannel? channel)
    {
        var secured = channel is { Established: true };
        var at = FrameLayout.HeaderSize;
        if (command.HandshakeBlock is { } handshake)
            at += WriteBlock(frame[at..], handshake.Type, handshake.Key);
        else if (secured)
            at += SecurityBlock.Size;
        var hasBlock = at > FrameLayout.HeaderSize;
        frame[at] = (byte)command.Id;
        var data = frame[(at + 1)..];
        var length = command.Write(data);
        if (secured)
        {
            WriteBlock(frame[FrameLayout.HeaderSize..], length > 0 ? SecurityBlock.CommandEncrypted : SecurityBlock.CommandMac);
            length = length > 0 ? Encrypt(channel!, data, length) : 0;
        }
        at += 1 + length;
        WriteHeader(frame, address, sequence, hasBlock, at + (secured ? FrameLayout.MacSize : 0) + FrameLayout.CrcSize);
        if (secured)
        {
            channel!.SignCommand(frame[..at]).CopyTo(frame[at..]);
            at += FrameLayout.MacSize;
        }
        BinaryPrimitives.WriteUInt16LittleEndian(frame[at..], Crc16.Compute(frame[..at]));
        return at + FrameLayout.CrcSize;
    }

    private static int Encrypt(SecureChannel channel, Span<byte> data, int length)
    {
        var sealedLength = SecureChannel.SealedLength(length);
        channel.Encrypt(data[..sealedLength], length);
        return sealedLength;
    }

    private static void WriteHeader(Span<byte> frame, byte address, byte sequence, bool hasBlock, int length)
    {
        frame[0] = FrameLayout.Start;
        frame[FrameLayout.Address] = address;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[FrameLayout.Length..], (ushort)length);
        frame[FrameLayout.Control] = (byte)(sequence | FrameLayout.CrcFlag | (hasBlock ? FrameLayout.SecurityBlockFlag : 0));
    }

    private static int WriteBlock(Span<byte> target, byte type, byte key)
    {
        (target[0], target[1], target[2]) = (SecurityBlock.HandshakeSize, type, key);
        return SecurityBlock.HandshakeSize;
    }

    private static int WriteBlock(Span<byte> target, byte type)
    {
        (target[0], target[1]) = (SecurityBlock.Size, type);
        return SecurityBlock.Size;
    }
}
