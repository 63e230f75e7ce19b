namespace KioskLink.Rules.Texts;

/// <summary>Keys of the texts for patrons; they travel on the wire, so a key keeps its meaning.</summary>
public static class TextKey
{
    /// <summary>The door opens.</summary>
    public const string Welcome = "welcome";

    /// <summary>The door is free.</summary>
    public const string StaffedOpen = "staffed_open";

    /// <summary>The card could not be read.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Card and PIN do not fit, whatever of the two is wrong.</summary>
    public const string NotAccepted = "not_accepted";

    /// <summary>A PIN is needed.</summary>
    public const string PinMissing = "pin_missing";

    /// <summary>Too many wrong PINs.</summary>
    public const string PinLocked = "pin_locked";

    /// <summary>The door cannot be used without its connection.</summary>
    public const string OutOfTouch = "out_of_touch";

    /// <summary>The door is out of service.</summary>
    public const string OutOfService = "out_of_service";

    /// <summary>A maintenance break.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>Self-service use is suspended.</summary>
    public const string Suspended = "suspended";

    /// <summary>The card is not valid any more.</summary>
    public const string CardNotValid = "card_not_valid";

    /// <summary>A ban, named only where no bystander reads it.</summary>
    public const string Banned = "banned";

    /// <summary>Unpaid fees, named only where no bystander reads them.</summary>
    public const string Fees = "fees";

    /// <summary>A refusal that names no reason.</summary>
    public const string Neutral = "contact_library";

    /// <summary>Too young.</summary>
    public const string Underage = "underage";

    /// <summary>Terms of use are to be accepted.</summary>
    public const string Terms = "terms";

    /// <summary>Registration is needed.</summary>
    public const string NotRegistered = "not_registered";

    /// <summary>Closed now.</summary>
    public const string Closed = "closed";

    /// <summary>The premises are full.</summary>
    public const string Full = "full";

    /// <summary>The card came in already and did not go out.</summary>
    public const string AlreadyInside = "already_inside";

    internal const string ConnectionDown = "connection_down";
    internal const string Help = "help";
}
