namespace KioskLink.Sip2.Server;

/// <summary>Which holds the first count of 64 tells; machines differ.</summary>
public enum HoldCounting
{
    /// <summary>Those that wait to be picked up.</summary>
    Available = 0,

    /// <summary>All.</summary>
    All,
}
