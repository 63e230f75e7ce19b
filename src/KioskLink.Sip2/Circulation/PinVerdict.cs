namespace KioskLink.Sip2.Circulation;

/// <summary>What a PIN proved. Guesses are counted by whoever answers, over all machines and connections.</summary>
public enum PinVerdict
{
    /// <summary>It was not looked at.</summary>
    NotChecked = 0,

    /// <summary>It is right.</summary>
    Right,

    /// <summary>It is wrong.</summary>
    Wrong,

    /// <summary>Too many were tried: it is not looked at for a while.</summary>
    Locked,
}
