namespace KioskLink.Sip2.Client;

/// <summary>
/// Makes a client's requests, with its institution, its terminal password and the time. What else a request can say is set with `with`. A PIN that is given
/// is copied: the client wipes the request, the caller its own.
/// </summary>
public sealed class ClientRequests
{
    private readonly Sip2ClientOptions _options;
    private readonly TimeProvider _time;

    internal ClientRequests(Sip2ClientOptions options, TimeProvider time) => (_options, _time) = (options, time);

    private WireTime Now => WireTime.Local(TimeZoneInfo.ConvertTime(_time.GetUtcNow(), _options.Zone).DateTime);

    private Secret? Terminal => Copy(_options.TerminalPassword);

    /// <summary>93.</summary>
    public static LoginRequest LogIn(ClientLogin login)
    {
        ArgumentNullException.ThrowIfNull(login);
        return new() { UserId = login.UserId, Password = Copy(login.Password), Location = login.Location };
    }

    /// <summary>99: also a sign of life.</summary>
    public static ScStatusRequest Status(int printWidth = 80) => new() { PrintWidth = printWidth };

    /// <summary>23.</summary>
    public PatronStatusRequest PatronStatus(string card, Secret? pin, Language language = Language.Unknown) =>
        new() { Language = language, At = Now, Institution = _options.Institution, Patron = card, TerminalPassword = Terminal, Pin = Copy(pin) };

    /// <summary>63.</summary>
    public PatronInformationRequest Patron(string card, Secret? pin, Language language = Language.Unknown, PatronList list = PatronList.None) =>
        new() { Language = language, At = Now, Summary = list, Institution = _options.Institution, Patron = card, TerminalPassword = Terminal, Pin = Copy(pin) };

    /// <summary>11.</summary>
    public CheckoutRequest CheckOut(string card, string item, Secret? pin = null) => new()
    {
        RenewalPolicy = true,
        At = Now,
        Institution = _options.Institution,
        Patron = card,
        Item = item,
        TerminalPassword = Terminal,
        Pin = Copy(pin),
        FeeAcknowledged = false,
        Cancels = false,
    };

    /// <summary>09.</summary>
    public CheckinRequest CheckIn(string item)
    {
        var now = Now;
        return new() { At = now, ReturnedAt = now, Location = _options.Location, Institution = _options.Institution, Item = item, TerminalPassword = Terminal, Cancels = false };
    }

    /// <summary>29.</summary>
    public RenewRequest Renew(string card, string item, Secret? pin = null) =>
        new() { At = Now, Institution = _options.Institution, Patron = card, Pin = Copy(pin), Item = item, TerminalPassword = Terminal, FeeAcknowledged = false };

    /// <summary>65.</summary>
    public RenewAllRequest RenewAll(string card, Secret? pin = null) =>
        new() { At = Now, Institution = _options.Institution, Patron = card, Pin = Copy(pin), TerminalPassword = Terminal, FeeAcknowledged = false };

    /// <summary>15.</summary>
    public HoldRequest Hold(string card, string item, HoldMode mode = HoldMode.Add, Secret? pin = null) =>
        new() { Mode = mode, At = Now, Institution = _options.Institution, Patron = card, Pin = Copy(pin), Item = item, TerminalPassword = Terminal };

    /// <summary>37. The transaction's number tells a repeated payment from a second one.</summary>
    public FeePaidRequest Pay(string card, decimal amount, string transactionId, FeeType type = FeeType.Other, PaymentType payment = PaymentType.Cash) => new()
    {
        At = Now,
        FeeType = type,
        PaymentType = payment,
        Amount = amount,
        Institution = _options.Institution,
        Patron = card,
        TerminalPassword = Terminal,
        TransactionId = transactionId,
    };

    /// <summary>17.</summary>
    public ItemInformationRequest Item(string item) => new() { At = Now, Institution = _options.Institution, Item = item, TerminalPassword = Terminal };

    /// <summary>35.</summary>
    public EndSessionRequest End(string card) => new() { At = Now, Institution = _options.Institution, Patron = card, TerminalPassword = Terminal };

    private static Secret? Copy(Secret? secret) => secret is null ? null : Secret.FromUtf8(secret.Utf8);
}
