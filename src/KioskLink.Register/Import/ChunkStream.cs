using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Requests;

namespace KioskLink.Register.Import;

/// <summary>The file that a client streams, as bytes to read; nothing of it is kept. Not thread-safe.</summary>
internal sealed class ChunkStream(IAsyncStreamReader<ImportPatronsRequest> requests) : Stream
{
    /// <summary>Largest chunk, bytes.</summary>
    public const int ChunkMax = 64 * 1024;

    private ReadOnlyMemory<byte> _rest;

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            if (!await requests.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                return 0;
            }

            _rest = Chunk(requests.Current);
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        BytesRead += count;
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The file comes over a network: read it with await.");

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static ReadOnlyMemory<byte> Chunk(ImportPatronsRequest request)
    {
        if (request.PartCase != ImportPatronsRequest.PartOneofCase.Chunk)
        {
            throw Field.Wrong("part", "must be `start` once, then chunks only");
        }

        return request.Chunk.Length <= ChunkMax ? request.Chunk.Memory : throw Field.Wrong("chunk", $"is larger than {ChunkMax} bytes: send smaller ones");
    }
}
