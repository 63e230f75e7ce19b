using KioskLink.Rules.Access;
using KioskLink.Rules.Alarms;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>By which channels and to whom alarms are sent; without a file nothing is sent, and alarms are only listed. Immutable.</summary>
/// <param name="Channels">By name.</param>
/// <param name="Routes">In the order of the file.</param>
internal sealed record AlarmSetup(IReadOnlyDictionary<string, AlarmChannel> Channels, IReadOnlyList<AlarmRoute> Routes)
{
    /// <summary>Nothing is sent.</summary>
    public static readonly AlarmSetup None = new(new Dictionary<string, AlarmChannel>(), []);

    /// <summary>The minutes of every step of escalation, ascending.</summary>
    public IReadOnlyList<int> Escalations { get; } = [.. Routes.Select(route => route.AfterMinutes).Where(minutes => minutes > 0).Distinct().Order()];
}

/// <summary>A way by which messages leave.</summary>
internal abstract record AlarmChannel;

/// <summary>E-mails in the spool folder, from which others deliver.</summary>
/// <param name="From">The sender's address.</param>
internal sealed record MailChannel(string From) : AlarmChannel;

/// <summary>E-mails to a mail server.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="IsTls">Whether nothing is said but under TLS.</param>
/// <param name="From">The sender's address.</param>
/// <param name="User">Who signs in; empty for nobody.</param>
/// <param name="SecretFile">Absolute path of the file with the password; empty for none. Read for each message, so that it can be changed.</param>
internal sealed record SmtpChannel(string Host, int Port, bool IsTls, string From, string User, string SecretFile) : AlarmChannel;

/// <summary>A gateway that takes text messages by HTTP POST.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="ContentType">Type of the body: values are quoted for JSON or for a form.</param>
/// <param name="Body">The body, with the places {to}, {text}, {id} and {secret}.</param>
/// <param name="Headers">Headers, with the place {secret}.</param>
/// <param name="SecretFile">Absolute path of the file with the secret; empty for none. Read for each message, so that it can be changed.</param>
internal sealed record GatewayChannel(
    Uri Address, string ContentType, string Body, IReadOnlyDictionary<string, string> Headers, string SecretFile) : AlarmChannel;

/// <summary>To whom which alarms are sent.</summary>
internal sealed record AlarmRoute
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Only these branches; none means all, and the register's own alarms.</summary>
    public IReadOnlyList<string> Branches { get; init; } = [];

    /// <summary>At least so severe.</summary>
    public AlarmSeverity MinSeverity { get; init; } = AlarmSeverity.Info;

    /// <summary>From which time of the day, in Helsinki.</summary>
    public LocalTime From { get; init; } = LocalTime.Midnight;

    /// <summary>Until which time of the day; not after <see cref="From"/> means on the next day.</summary>
    public LocalTime To { get; init; } = LocalTime.Midnight;

    /// <summary>Days of the week on which its hours begin.</summary>
    public IReadOnlyList<IsoDayOfWeek> Days { get; init; } = [.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)];

    /// <summary>By which channel.</summary>
    public required string Channel { get; init; }

    /// <summary>To whom.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>In which language.</summary>
    public Language Language { get; init; } = Language.Fi;

    /// <summary>After so many minutes without an acknowledgement; 0 is at once.</summary>
    public int AfterMinutes { get; init; }

    /// <summary>Whether it takes a fault at a place.</summary>
    public bool Takes(AlarmPlace place, AlarmSeverity severity) => severity >= MinSeverity && (Branches.Count == 0 || Branches.Contains(place.BranchId));

    /// <summary>When a message of this time may leave: at once within the hours, else when they begin.</summary>
    public Instant Opens(Instant now)
    {
        var today = OpeningCalendar.DateAt(now);
        for (var day = -1; day <= Days.Count + 7; day++)
        {
            var date = today.PlusDays(day);
            if (!Days.Contains(date.DayOfWeek)) continue;
            var (begin, end) = (At(date, From), At(To <= From ? date.PlusDays(1) : date, To));
            if (now < end) return now < begin ? begin : now;
        }

        return now;
    }

    private static Instant At(LocalDate date, LocalTime time) => (date + time).InZoneLeniently(OpeningCalendar.Zone).ToInstant();
}
