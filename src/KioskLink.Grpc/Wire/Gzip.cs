using System.Buffers;
using System.IO.Compression;

namespace Grpc.Wire;

/// <summary>The one message encoding beside identity.</summary>
internal static class Gzip
{
    internal const string Name = "gzip";

    private const int ChunkSize = 16 * 1024;

    internal static void Compress(ReadOnlySpan<byte> payload, IBufferWriter<byte> target, CompressionLevel level)
    {
        using var gzip = new GZipStream(new BufferStream(target), level);
        gzip.Write(payload);
    }

    /// <summary>Unpacks a payload; false where it would grow past <paramref name="maxSize"/>.</summary>
    /// <exception cref="InvalidDataException">The payload is not gzip.</exception>
    internal static bool TryDecompress(in ReadOnlySequence<byte> payload, PooledBuffer target, int maxSize)
    {
        using var packed = new MemoryStream(payload.ToArray(), writable: false);
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        while (true)
        {
            var read = gzip.Read(target.GetSpan(ChunkSize));
            if (read == 0)
                return true;
            target.Advance(read);
            if (target.Length > maxSize)
                return false;
        }
    }

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
