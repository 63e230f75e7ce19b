using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>96: the last request again, please.</summary>
public sealed record ResendRequestResponse : Response
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.ResendRequest;

    internal static ResendRequestResponse Read(ref MessageReader from) => new()
    {
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Others(Extra);
}
