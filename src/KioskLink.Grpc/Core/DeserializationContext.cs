using System.Buffers;

namespace Grpc.Core;

/// <summary>What a marshaller reads one message from; not thread-safe, valid during the call of the deserializer only.</summary>
public abstract class DeserializationContext
{
    /// <summary>The bytes of the payload.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>A copy of the payload that the caller may keep.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotSupportedException();

    /// <summary>The payload where it lies; gone when the deserializer returns.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw new NotSupportedException();
}
