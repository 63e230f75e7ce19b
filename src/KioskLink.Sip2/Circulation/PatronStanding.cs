namespace KioskLink.Sip2.Circulation;

/// <summary>What is known of a card.</summary>
public enum PatronStanding
{
    /// <summary>It is nobody's, or it cannot be said now.</summary>
    Unknown = 0,

    /// <summary>It is somebody's and good.</summary>
    Good,

    /// <summary>It is somebody's, and the library refuses it: a ban, an end of validity, too much to pay.</summary>
    Refused,
}
