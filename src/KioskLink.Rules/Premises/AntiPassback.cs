namespace KioskLink.Rules.Premises;

/// <summary>What is done about a card that comes in although it is inside already: it was handed out to somebody, or its holder went out with another.</summary>
public enum AntiPassback
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>It is recorded, and the door opens.</summary>
    Event,

    /// <summary>It is refused; badges pass.</summary>
    Rule,
}
