using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>97: the last answer again.</summary>
public sealed record ResendResponseRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.ResendResponse;

    internal static ResendResponseRequest Read(ref MessageReader from) => new()
    {
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Others(Extra);
}
