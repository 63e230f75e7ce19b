using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller writes one message; not thread-safe, valid during the call of the serializer only.</summary>
public abstract class SerializationContext
{
    /// <summary>Ends the message with these bytes as its whole payload.</summary>
    public virtual void Complete(byte[] payload) => throw new NotSupportedException();

    /// <summary>Ends the message written to <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() => throw new NotSupportedException();

    /// <summary>Where the payload is written.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotSupportedException();

    /// <summary>Says in advance how many bytes the payload has, so that it need not be copied.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }
}
