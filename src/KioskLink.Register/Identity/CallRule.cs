namespace KioskLink.Register.Identity;

/// <summary>How a call is noted in the audit log (R42). Refused and failed calls are noted whatever this says.</summary>
internal enum AuditKind
{
    /// <summary>A row that is durable before the answer leaves, but for calls of nodes.</summary>
    Person,

    /// <summary>The same for nodes too: personal data outside a door's decision.</summary>
    Everybody,

    /// <summary>A row behind the answer, for calls whose patron waits at a machine.</summary>
    Behind,

    /// <summary>None of the interceptor's: decisions are noted in batches by who writes them, and other calls read no personal data.</summary>
    None,
}

/// <summary>One row of the table of rights: who may make a call, why it is made unless the caller says otherwise, how it is noted.</summary>
/// <param name="Call">Service and method: <c>BanService/AddBan</c>; a whole path for services of other packages.</param>
/// <param name="Roles">Who may call.</param>
/// <param name="Purpose">Code of the purpose when the caller names none (R6); empty where no personal data is touched.</param>
/// <param name="Audit">How it is noted.</param>
internal sealed record CallRule(string Call, RoleSet Roles, string Purpose = CallPurpose.CustomerService, AuditKind Audit = AuditKind.Person)
{
    private const string Package = "/kiosklink.register.v1.";

    /// <summary>Whether a person who is signed in may make it before having given the undertaking of secrecy (R43).</summary>
    public bool BeforeUndertaking { get; init; }

    /// <summary>Whether it touches data of people although it has no purpose of the profile's list.</summary>
    public bool IsOfPeople { get; init; }

    /// <summary>Whether it touches data of people, and so needs a person who is bound to secrecy (R43); what is left sets up.</summary>
    public bool NeedsUndertaking => Purpose.Length > 0 || IsOfPeople;

    /// <summary>The call's path on the wire.</summary>
    public string Method { get; } = Call[0] == '/' ? Call : Package + Call;
}
