using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Takes length-prefixed messages off a pipe, one reader at a time.</summary>
/// <param name="pipe">Where the bytes arrive.</param>
/// <param name="marshaller">Parses the payloads.</param>
/// <param name="maxSize">The largest payload taken, in bytes, packed and unpacked; null for no limit.</param>
/// <param name="encoding">The encoding the other side named, null for none.</param>
internal sealed class MessageReader<T>(PipeReader pipe, Marshaller<T> marshaller, int? maxSize, string? encoding)
    where T : class
{
    private readonly MessagePayload _payload = new();
    private readonly int _maxSize = maxSize ?? int.MaxValue;

    /// <summary>The next message, or null at the end of the stream.</summary>
    /// <exception cref="RpcException">A message is malformed, too large or cut off.</exception>
    /// <exception cref="OperationCanceledException">The read was cancelled.</exception>
    internal async ValueTask<T?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCanceled)
                throw new OperationCanceledException("The read was cancelled.");
            var buffer = result.Buffer;
            if (TryTake(buffer, out var message, out var consumed))
            {
                pipe.AdvanceTo(consumed);
                return message;
            }
            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                return buffer.IsEmpty ? null : throw Failure.Truncated();
        }
    }

    /// <summary>The one message of a stream that has exactly one, after the stream's end.</summary>
    /// <exception cref="RpcException">There is none or more than one, or it is malformed, too large or cut off.</exception>
    internal async ValueTask<T> ReadOnlyAsync(CancellationToken cancellationToken)
    {
        var message = await ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw Failure.NoMessage();
        var rest = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
        var ended = rest.IsCompleted && rest.Buffer.IsEmpty;
        pipe.AdvanceTo(rest.Buffer.Start);
        if (rest.IsCanceled)
            throw new OperationCanceledException("The read was cancelled.");
        return ended ? message : throw Failure.SecondMessage();
    }

    /// <summary>Gives the pipe's buffers back; no read may follow.</summary>
    internal void Complete() => pipe.Complete();

    private bool TryTake(in ReadOnlySequence<byte> buffer, out T? message, out SequencePosition consumed)
    {
        message = null;
        consumed = buffer.Start;
        if (buffer.Length < MessagePrefix.Size)
            return false;
        var prefix = MessagePrefix.Read(buffer);
        Check(prefix);
        if (buffer.Length - MessagePrefix.Size < prefix.Length)
            return false;
        var payload = buffer.Slice(MessagePrefix.Size, prefix.Length);
        message = prefix.IsCompressed ? Unpack(payload) : _payload.Parse(marshaller, payload);
        consumed = payload.End;
        return true;
    }

    private void Check(MessagePrefix prefix)
    {
        if (!prefix.IsValid)
            throw Failure.BadFlag(prefix.Flag);
        if (prefix.Length > _maxSize)
            throw Failure.TooLargeToReceive(prefix.Length, _maxSize);
        if (prefix.IsCompressed && encoding is null or HeaderNames.Identity)
            throw Failure.CompressedWithoutEncoding();
    }

    private T Unpack(in ReadOnlySequence<byte> packed)
    {
        using var payload = new PooledBuffer();
        try
        {
            if (!Gzip.TryDecompress(packed, payload, _maxSize))
                throw Failure.UnpacksTooLarge(_maxSize);
        }
        catch (InvalidDataException malformed)
        {
            throw Failure.BadGzip(malformed);
        }
        return _payload.Parse(marshaller, new ReadOnlySequence<byte>(payload.Memory));
    }
}
