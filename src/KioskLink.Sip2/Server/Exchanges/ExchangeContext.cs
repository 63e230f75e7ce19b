using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>What the exchanges of one request need to know besides it.</summary>
internal sealed class ExchangeContext
{
    private readonly DateTimeOffset _now;
    private readonly bool _pinProven;

    public ExchangeContext(SessionState state, Ask ask, string source, DateTimeOffset now)
    {
        _now = now;
        _pinProven = ask.PinProven;
        Profile = state.Profile;
        var asked = RequestFacts.LanguageOf(ask.Request);
        Asker = new()
        {
            Login = state.Login,
            Institution = InstitutionFor(RequestFacts.InstitutionOf(ask.Request).Trim()),
            Role = Profile.Role,
            Language = asked != Language.Unknown ? asked : state.Language != Language.Unknown ? state.Language : Profile.Language,
            Source = source,
        };
    }

    public DeviceProfile Profile { get; }

    public Asker Asker { get; }

    public SessionTexts Texts => SessionTexts.In(Asker.Language);

    /// <summary>The time of an answer.</summary>
    public WireTime At => Local(_now);

    /// <summary>A time by the machine's clock.</summary>
    public WireTime Local(DateTimeOffset time) => WireTime.Local(TimeZoneInfo.ConvertTime(time, Profile.Zone).DateTime);

    public WireTime? Local(DateTimeOffset? time) => time is { } known ? Local(known) : null;

    /// <summary>A due date for a field of text, in the form that every machine reads.</summary>
    public string? Due(DateTimeOffset? time) => Local(time)?.ToString();

    public DateTimeOffset? Instant(WireTime? time) => time is { } told && told.TryGet(Profile.Zone, out var instant) ? instant : null;

    /// <summary>A PIN for whoever answers: an empty one is none.</summary>
    public PinClaim Claim(Secret? pin) => pin is { IsEmpty: false } ? new(pin, _pinProven) : PinClaim.None;

    /// <summary>Whether something that needs a PIN came without one. It is refused before anything else.</summary>
    public bool LacksPin(Secret? pin) => Profile.LoansNeedPin && pin is not { IsEmpty: false };

    private string InstitutionFor(string asked) =>
        Profile.InstitutionRule == InstitutionRule.Own || asked.Length == 0 ? Profile.Institution : asked;
}
