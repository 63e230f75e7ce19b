using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Server;

/// <summary>How one machine, or a kind of machines, is spoken to. Immutable.</summary>
public sealed record DeviceProfile
{
    /// <summary>The encoding and the terminator it wants.</summary>
    public WireStyle Style { get; init; } = new();

    /// <summary>What it is: which fields it learns.</summary>
    public DeviceRole Role { get; init; }

    /// <summary>AO of its branch: what an empty AO of a request means.</summary>
    public string Institution { get; init; } = "";

    /// <summary>Which branch a request is for.</summary>
    public InstitutionRule InstitutionRule { get; init; }

    /// <summary>AM: the library's name; null leaves it out.</summary>
    public string? LibraryName { get; init; }

    /// <summary>AN: where the machine stands; null leaves it out.</summary>
    public string? TerminalLocation { get; init; }

    /// <summary>The language where neither the request nor the patron before says one.</summary>
    public Language Language { get; init; }

    /// <summary>The zone of its clock.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Refuses messages without check digits. Where it does not, a message is answered as it came: with them or without.</summary>
    public bool ErrorDetectionRequired { get; init; }

    /// <summary>What becomes of a command that SIP2 does not know.</summary>
    public UnknownCommandRule UnknownCommands { get; init; }

    /// <summary>The flags of a patron's status that the machine is told.</summary>
    public PatronFlags ShownFlags { get; init; } = (PatronFlags)0x3FFF;

    /// <summary>The flags that are set for a patron whom the library refuses. Many gates look at position 0 alone.</summary>
    public PatronFlags RefusedFlags { get; init; } = PatronFlags.AllDenied;

    /// <summary>Fields of vendors in 64, in the order in which they are sent.</summary>
    public IReadOnlyList<PatronField> PatronFields { get; init; } = [];

    /// <summary>Which holds the first count of 64 tells.</summary>
    public HoldCounting HoldCounting { get; init; }

    /// <summary>Loans, renewals and holds need a PIN: without one, or with an empty one, they are refused unasked.</summary>
    public bool LoansNeedPin { get; init; }

    /// <summary>The name too is told only with a right PIN, as counts, fees, lists, address, e-mail and telephone number always are.</summary>
    public bool DetailsNeedPin { get; init; }

    /// <summary>Where the library lends, an alarm that sounds for every return with an <see cref="AlertType"/>.</summary>
    public bool AlertOnReturn { get; init; } = true;

    /// <summary>How long the machine shall wait for an answer, as 98 tells it, in whole tenths of a second up to 99.8 s.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often it shall try again, as 98 tells it, up to 998.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>A connection without a message is closed after this time. Machines send a sign of life every 5 to 7 minutes.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a PIN that was right is proven on its connection; zero verifies each time.</summary>
    public TimeSpan PinProvenFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest that <see cref="PinProvenFor"/> may be.</summary>
    public static readonly TimeSpan LongestProof = TimeSpan.FromMinutes(10);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Problem
    {
        get
        {
            if (ReplyTimeout < TimeSpan.FromSeconds(1) || ReplyTimeout > TimeSpan.FromSeconds(99.8) || Retries is < 0 or > 998)
                return "a machine is told 1 to 99.8 s and at most 998 tries";
            if (IdleLimit < TimeSpan.FromSeconds(10) || PinProvenFor < TimeSpan.Zero || PinProvenFor > LongestProof)
                return $"a connection may be idle for 10 s at least, and a PIN be proven for {LongestProof.TotalMinutes} min at most";
            if (InstitutionRule == InstitutionRule.Own && Institution.Length == 0)
                return "the profile is bound to a branch and names none";
            return PatronFields.FirstOrDefault(one => !ExtraField.IsId(one.Id)) is { } wrong ? $"{wrong.Id} is no name of a field" : null;
        }
    }

    /// <summary>An identical message within this time is a retransmission and is not executed again.</summary>
    internal TimeSpan RetransmissionWindow => ReplyTimeout * Math.Max(1, Retries);
}
