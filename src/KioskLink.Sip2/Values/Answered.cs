namespace KioskLink.Sip2;

/// <summary>Yes, no, or not known.</summary>
public enum Answered
{
    /// <summary>N.</summary>
    No = 0,

    /// <summary>Y.</summary>
    Yes,

    /// <summary>U; devices take it for no.</summary>
    Unknown,
}
