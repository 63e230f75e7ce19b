namespace KioskLink.Devices.Relays;

/// <summary>Why a board is asked something.</summary>
internal enum RelayJobKind
{
    /// <summary>It has just come: who is it, and lock everything.</summary>
    Start,

    /// <summary>An order from outside.</summary>
    Order,

    /// <summary>A lock whose time is over, or that is unlocked though nobody has ordered it.</summary>
    Relock,

    /// <summary>Whether it is still there.</summary>
    Poll,

    /// <summary>Whether an input has changed.</summary>
    Inputs,

    /// <summary>The bus stops: lock everything.</summary>
    Stop,
}

/// <summary>A request under way, until it is known to be done or given up.</summary>
internal sealed class RelayJob(RelayRequest request, RelayJobKind kind, RelayOrder? order)
{
    private const int ShortTenths = 20;

    public RelayRequest Request { get; } = request;

    public RelayJobKind Kind { get; } = kind;

    public RelayOrder? Order { get; } = order;

    /// <summary>For a relock: the lock.</summary>
    public int Lock { get; init; }

    /// <summary>The states are being read, to see whether the request was taken.</summary>
    public bool Verifying { get; set; }

    /// <summary>How often it has gone wrong.</summary>
    public int Failures { get; set; }

    /// <summary>A pulse that may be over before the states are read: that they do not show it says nothing.</summary>
    public bool IsShortPulse => Request is { Verb: RelayVerb.Pulse, Tenths: < ShortTenths };

    public bool Unlocks => Order?.UnlockFor is not null;

    /// <summary>The same job from its beginning, without a new object.</summary>
    public RelayJob Renew()
    {
        (Verifying, Failures) = (false, 0);
        return this;
    }

    /// <summary>Whether the states show that the request was taken.</summary>
    public bool IsShownBy(uint states) => Request.Verb switch
    {
        RelayVerb.Set or RelayVerb.Pulse => (states >> Request.Output & 1) != 0 == Request.On,
        RelayVerb.SetAll => states == Request.States,
        _ => true,
    };
}
