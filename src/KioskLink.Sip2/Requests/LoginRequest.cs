using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>93: a machine logs in.</summary>
public sealed record LoginRequest : Request
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.Login;

    /// <summary>How the user id is hidden; 0 is not at all, and nothing else is in use.</summary>
    public char UserIdAlgorithm { get; init; } = '0';

    /// <summary>The same of the password.</summary>
    public char PasswordAlgorithm { get; init; } = '0';

    /// <summary>CN: who logs in.</summary>
    public string UserId { get; init; } = "";

    /// <summary>CO: the password.</summary>
    public Secret? Password { get; init; }

    /// <summary>CP: where the machine stands.</summary>
    public string? Location { get; init; }

    /// <inheritdoc/>
    public override void Wipe()
    {
        Password?.Dispose();
    }

    internal static LoginRequest Read(ref MessageReader from) => new()
    {
        UserIdAlgorithm = from.Character(),
        PasswordAlgorithm = from.Character(),
        UserId = from.Text("CN"u8) ?? "",
        Password = from.Secret("CO"u8),
        Location = from.Text("CP"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Character(UserIdAlgorithm).Character(PasswordAlgorithm)
        .Text("CN"u8, UserId).RequiredSecret("CO"u8, Password).Text("CP"u8, Location).Others(Extra);
}
