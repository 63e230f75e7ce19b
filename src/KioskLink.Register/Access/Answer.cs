using Google.Protobuf;

namespace KioskLink.Register.Access;

/// <summary>An answer with its bytes, which are made once: the row keeps them and a repeated attempt gets them.</summary>
/// <param name="Message">The answer.</param>
/// <param name="Bytes">The same, serialised.</param>
internal readonly record struct Answer<T>(T Message, byte[] Bytes)
    where T : class, IMessage
{
    /// <summary>Serialises an answer.</summary>
    public static Answer<T> Of(T message) => new(message, message.ToByteArray());
}
