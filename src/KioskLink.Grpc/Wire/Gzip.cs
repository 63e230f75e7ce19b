using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Grpc.Wire;

/// <summary>The one message encoding beside identity.</summary>
internal static class Gzip
{
    internal const string Name = "gzip";

    private const int ChunkSize = 16 * 1024;

    /// <summary>A header of 10 bytes, an empty block of 2 and a trailer of 8 (RFC 1952, 2.3).</summary>
    private const int ShortestStream = 20;
    private const int SizeOfLength = 4;

    internal static void Compress(ReadOnlySpan<byte> payload, IBufferWriter<byte> target, CompressionLevel level)
    {
        using var gzip = new GZipStream(new BufferStream(target), level);
        gzip.Write(payload);
    }

    /// <summary>
    /// Unpacks a payload; false where it would grow past <paramref name="maxSize"/>. Nothing at all is an empty message: that is what
    /// .NET's own gzip makes of one.
    /// </summary>
    /// <exception cref="InvalidDataException">The payload is not gzip, is cut off, or is followed by more.</exception>
    internal static bool TryDecompress(in ReadOnlySequence<byte> payload, PooledBuffer target, int maxSize)
    {
        var bytes = payload.ToArray();
        using var packed = new MemoryStream(bytes, writable: false);
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        while (true)
        {
            var read = gzip.Read(target.GetSpan(ChunkSize));
            target.Advance(read);
            if (target.Length > maxSize)
                return false;
            if (read == 0 && bytes.Length > 0 && !EndsWhole(bytes, target.Length))
                throw new InvalidDataException("The gzip stream is cut off or followed by more.");
            if (read == 0)
                return true;
        }
    }

    /// <summary>Whether the trailer holds the length unpacked (RFC 1952, 2.3.1); GZipStream ends silently where bytes are missing.</summary>
    private static bool EndsWhole(ReadOnlySpan<byte> packed, int length) =>
        packed.Length >= ShortestStream && BinaryPrimitives.ReadUInt32LittleEndian(packed[^SizeOfLength..]) == (uint)length;

    /// <summary>Lets a compressor write into a buffer.</summary>
    private sealed class BufferStream(IBufferWriter<byte> target) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override void Write(ReadOnlySpan<byte> buffer) => target.Write(buffer);

        public override void Write(byte[] buffer, int offset, int count) => target.Write(buffer.AsSpan(offset, count));

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
