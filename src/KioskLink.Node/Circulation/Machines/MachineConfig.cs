using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;
using Language = KioskLink.Rules.Access.Language;

namespace KioskLink.Circulation.Machines;

/// <summary>A machine, or a kind of machines with one login, and how it is spoken to.</summary>
internal sealed record MachineConfig
{
    /// <summary>The user name with which it logs in (CN); also its id in records and logs.</summary>
    public string Login { get; init; } = "";

    /// <summary>What it is.</summary>
    public MachineRole Role { get; init; }

    /// <summary>The door of this node at which a gate stands; the gate moves its own lock.</summary>
    public string? Door { get; init; }

    /// <summary>AO of its branch: what an empty AO of a request means; unset means the branch of this program.</summary>
    public string? Institution { get; init; }

    /// <summary>Which branch a request is for.</summary>
    public InstitutionRule InstitutionRule { get; init; }

    /// <summary>Where it stands (AN); a login that names another place (CP) is refused.</summary>
    public string? Location { get; init; }

    /// <summary>The library's name that it is told (AM).</summary>
    public string? LibraryName { get; init; }

    /// <summary>How it writes letters.</summary>
    public TextEncoding Encoding { get; init; }

    /// <summary>How messages to it end.</summary>
    public Terminator Terminator { get; init; }

    /// <summary>Whether messages without check digits are refused.</summary>
    public ErrorDetection ErrorDetection { get; init; }

    /// <summary>The language where neither the request nor the patron says one.</summary>
    public Language Language { get; init; }

    /// <summary>What becomes of a command that SIP2 does not know.</summary>
    public UnknownCommandRule UnknownCommands { get; init; }

    /// <summary>The flags of a patron's status that it is told; unset means all.</summary>
    public IReadOnlyList<PatronFlags>? ShownFlags { get; init; }

    /// <summary>The flags that are set for a patron whom the library refuses; unset means positions 0 to 3.</summary>
    public IReadOnlyList<PatronFlags>? RefusedFlags { get; init; }

    /// <summary>Whether names, lists, address, e-mail and telephone number are told without a PIN.</summary>
    public bool NamesWithoutPin { get; init; }

    /// <summary>Fields of vendors in the answer to a patron's question, and what each holds (`PB`: `category`).</summary>
    public IReadOnlyDictionary<string, PatronAttribute> PatronFields { get; init; } = new Dictionary<string, PatronAttribute>();

    /// <summary>Which holds the first count of a patron's answer tells.</summary>
    public HoldCounting HoldCounting { get; init; }

    /// <summary>Whether an alarm sounds for every return that needs a hand.</summary>
    public bool AlertOnReturn { get; init; } = true;

    /// <summary>How long it shall wait for an answer, 1 s to 99.8 s.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often it shall try again, up to 998.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>A connection without a message is closed after this time, 10 s at least.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a PIN that was right is proven on its connection, up to 10 min.</summary>
    public TimeSpan PinProvenFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>An alarm is raised where it was connected and is gone for this time; `0s` raises none.</summary>
    public TimeSpan GoneAfter { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>What a machine is.</summary>
internal enum MachineRole
{
    /// <summary>Not said: the program does not start.</summary>
    Unset,

    /// <summary>Lends and takes back.</summary>
    SelfCheck,

    /// <summary>Books customers' computers: hears yes or no and a reason.</summary>
    PcBooking,

    /// <summary>A gate or door: hears yes or no and a reason.</summary>
    Door,
}

/// <summary>Whether messages carry check digits.</summary>
internal enum ErrorDetection
{
    /// <summary>A message is answered as it came: with them or without.</summary>
    AsAsked,

    /// <summary>A message without them is refused.</summary>
    Required,
}
