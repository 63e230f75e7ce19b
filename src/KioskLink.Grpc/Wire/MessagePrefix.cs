using System.Buffers;
using System.Buffers.Binary;

namespace Grpc.Wire;

/// <summary>The five bytes before each message: the compressed flag and the payload's length (gRPC over HTTP/2, Length-Prefixed-Message).</summary>
internal readonly record struct MessagePrefix(byte Flag, uint Length)
{
    internal const int Size = 5;

    internal bool IsCompressed => Flag == 1;

    internal bool IsValid => Flag <= 1;

    internal static MessagePrefix Read(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> bytes = stackalloc byte[Size];
        buffer.Slice(0, Size).CopyTo(bytes);
        return new MessagePrefix(bytes[0], BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]));
    }

    internal static void Write(Span<byte> target, int length, bool compressed)
    {
        target[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], (uint)length);
    }
}
