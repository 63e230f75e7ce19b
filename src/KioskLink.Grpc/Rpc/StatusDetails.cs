using Google.Protobuf;

namespace Google.Rpc;

public sealed partial class Status
{
    /// <summary>The first detail of this type, or null.</summary>
    public T? GetDetail<T>()
        where T : class, IMessage<T>, new() =>
        Details.Select(detail => detail.TryUnpack<T>(out var message) ? message : null).FirstOrDefault(message => message is not null);
}
