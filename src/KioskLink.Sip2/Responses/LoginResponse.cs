using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>94: whether a login was taken.</summary>
public sealed record LoginResponse : Response
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.LoginResponse;

    /// <summary>It was done.</summary>
    public bool Ok { get; init; }

    internal static LoginResponse Read(ref MessageReader from) => new()
    {
        Ok = from.OneZero(),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.OneZero(Ok).Others(Extra);
}
