using System.Buffers;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>The payload a marshaller reads, where it lies in the pipe.</summary>
internal sealed class MessagePayload : DeserializationContext
{
    private ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    /// <summary>Parses a payload.</summary>
    /// <exception cref="RpcException">The payload is no such message.</exception>
    internal T Parse<T>(Marshaller<T> marshaller, in ReadOnlySequence<byte> payload)
    {
        _payload = payload;
        try
        {
            return marshaller.ContextualDeserializer(this);
        }
        catch (Google.Protobuf.InvalidProtocolBufferException malformed)
        {
            throw Failure.Unreadable(malformed);
        }
        finally
        {
            _payload = default;
        }
    }
}
