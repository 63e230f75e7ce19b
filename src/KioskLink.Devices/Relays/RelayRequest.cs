namespace KioskLink.Devices.Relays;

/// <summary>What is asked of a relay board.</summary>
internal enum RelayVerb
{
    /// <summary>Whether the right board answers; nothing moves.</summary>
    Identify,

    /// <summary>The states of all relays.</summary>
    Read,

    /// <summary>The states of all inputs.</summary>
    ReadInputs,

    /// <summary>One relay on or off, for good.</summary>
    Set,

    /// <summary>One relay on for a time that the board measures.</summary>
    Pulse,

    /// <summary>All relays at once.</summary>
    SetAll,
}

/// <summary>One request to a relay board.</summary>
/// <param name="Verb">What is asked.</param>
/// <param name="Output">The relay, from 0.</param>
/// <param name="On">For <see cref="RelayVerb.Set"/>: whether it is to be on.</param>
/// <param name="Tenths">For <see cref="RelayVerb.Pulse"/>: how long, in tenths of a second.</param>
/// <param name="States">For <see cref="RelayVerb.SetAll"/>: the relays that are to be on, relay 0 in bit 0.</param>
internal readonly record struct RelayRequest(RelayVerb Verb, int Output = 0, bool On = false, int Tenths = 0, uint States = 0)
{
    public static RelayRequest Identify => new(RelayVerb.Identify);

    public static RelayRequest Read => new(RelayVerb.Read);

    public static RelayRequest ReadInputs => new(RelayVerb.ReadInputs);

    public static RelayRequest Set(int output, bool on) => new(RelayVerb.Set, output, on);

    public static RelayRequest Pulse(int output, int tenths) => new(RelayVerb.Pulse, output, On: true, tenths);

    public static RelayRequest SetAll(uint states) => new(RelayVerb.SetAll, States: states);
}
