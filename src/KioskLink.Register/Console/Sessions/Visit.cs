using Grpc.Core;
using KioskLink.Register.Console.Api;
using KioskLink.Register.Console.Patrons;
using KioskLink.Register.Console.Texts;

namespace KioskLink.Register.Console.Sessions;

/// <summary>One request: who asks, in which language, and the way to the register in that person's name.</summary>
internal sealed class Visit(RegisterChannel register, ConsoleTexts texts, PatronReferences patrons)
{
    private RegisterApi? _api;

    /// <summary>The session; null before the sign-in.</summary>
    public ConsoleSession? Session { get; private set; }

    /// <summary>The texts in the user's language.</summary>
    public Words Words { get; private set; } = texts.In(PageLanguage.Default);

    /// <summary>The register's services, called with the session's token.</summary>
    public RegisterApi Api => _api ??= new RegisterApi(register.For(Session?.Token));

    /// <summary>The address of a patron's first page, which names nobody: the same throughout the session.</summary>
    public string PatronPath(string customerId) => $"/patrons/{patrons.ReferenceOf(customerId, Session?.Mark ?? "")}";

    /// <summary>Whom the reference in an address means.</summary>
    /// <exception cref="RpcException">NOT_FOUND for a reference that this register did not make.</exception>
    public string CustomerOf(string reference) =>
        patrons.CustomerOf(reference) ?? throw new RpcException(new Status(StatusCode.NotFound, "The address names nobody."));

    /// <summary>Notes who asks.</summary>
    public void Begin(ConsoleSession? session, string language)
    {
        (Session, Words) = (session, texts.In(language));
    }

    /// <summary>Whether the user has one of these roles.</summary>
    public bool Is(params string[] roles) => Session is { } session && roles.Any(session.Roles.Contains);
}
