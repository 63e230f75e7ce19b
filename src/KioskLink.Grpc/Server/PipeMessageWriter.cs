using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>Serialises messages straight into the response where their length is known in advance, and through a buffer where not.</summary>
internal sealed class PipeMessageWriter(PipeWriter pipe, int? maxSize) : SerializationContext
{
    private int _announced = -1;
    private ArrayBufferWriter<byte>? _unannounced;

    /// <summary>Writes a message without flushing it.</summary>
    /// <exception cref="RpcException">It is larger than allowed; nothing of it has been written.</exception>
    internal void Write<T>(Marshaller<T> marshaller, T message, CompressionLevel? compression)
    {
        if (compression is null)
        {
            _announced = -1;
            marshaller.ContextualSerializer(message, this);
            return;
        }
        using var frame = MessageFrame.Create(marshaller, message, maxSize, compression);
        pipe.Write(frame.Memory.Span);
    }

    public override void SetPayloadLength(int payloadLength)
    {
        Check(payloadLength);
        _announced = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_announced < 0)
            return _unannounced = new ArrayBufferWriter<byte>();
        WritePrefix(_announced);
        return pipe;
    }

    public override void Complete()
    {
        if (_unannounced is not { } buffered)
            return;
        _unannounced = null;
        WritePayload(buffered.WrittenSpan);
    }

    public override void Complete(byte[] payload) => WritePayload(payload);

    private void WritePayload(ReadOnlySpan<byte> payload)
    {
        Check(payload.Length);
        WritePrefix(payload.Length);
        pipe.Write(payload);
    }

    private void WritePrefix(int length)
    {
        MessagePrefix.Write(pipe.GetSpan(MessagePrefix.Size), length, compressed: false);
        pipe.Advance(MessagePrefix.Size);
    }

    private void Check(int length)
    {
        if (length > maxSize)
            throw Failure.TooLargeToSend(length, maxSize.Value);
    }
}
