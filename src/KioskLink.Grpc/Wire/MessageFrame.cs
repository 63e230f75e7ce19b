using System.Buffers;
using System.IO.Compression;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>One message with its prefix in a pooled buffer; Dispose gives the buffer back.</summary>
internal sealed class MessageFrame : SerializationContext, IDisposable
{
    private readonly int _maxSize;
    private readonly PooledBuffer _buffer = new();
    private bool _complete;

    private MessageFrame(int? maxSize)
    {
        _maxSize = maxSize ?? int.MaxValue;
        _buffer.GetSpan(MessagePrefix.Size);
        _buffer.Advance(MessagePrefix.Size);
    }

    internal ReadOnlyMemory<byte> Memory => _buffer.Memory;

    private int PayloadLength => _buffer.Length - MessagePrefix.Size;

    /// <summary>Serialises a message, packed where a level is given; an empty one never is, since GZipStream makes no gzip of nothing.</summary>
    /// <exception cref="RpcException">It is larger than <paramref name="maxSize"/>.</exception>
    internal static MessageFrame Create<T>(Marshaller<T> marshaller, T message, int? maxSize, CompressionLevel? compression)
    {
        var frame = new MessageFrame(maxSize);
        try
        {
            marshaller.ContextualSerializer(message, frame);
            return frame.Finish(compression);
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        Check(payloadLength);
        _buffer.Reserve(payloadLength);
    }

    public override IBufferWriter<byte> GetBufferWriter() => _buffer;

    public override void Complete(byte[] payload)
    {
        Check(payload.Length);
        _buffer.Write(payload);
        _complete = true;
    }

    public override void Complete() => _complete = true;

    public void Dispose() => _buffer.Dispose();

    private MessageFrame Finish(CompressionLevel? compression)
    {
        if (!_complete)
            throw new InvalidOperationException("The serializer did not complete its message.");
        Check(PayloadLength);
        if (compression is { } level && PayloadLength > 0)
            return Packed(level);
        MessagePrefix.Write(_buffer.Written, PayloadLength, compressed: false);
        return this;
    }

    private MessageFrame Packed(CompressionLevel level)
    {
        using (this)
        {
            var packed = new MessageFrame(_maxSize);
            Gzip.Compress(_buffer.Written[MessagePrefix.Size..], packed._buffer, level);
            MessagePrefix.Write(packed._buffer.Written, packed.PayloadLength, compressed: true);
            return packed;
        }
    }

    private void Check(int length)
    {
        if (length > _maxSize)
            throw Failure.TooLargeToSend(length, _maxSize);
    }
}
