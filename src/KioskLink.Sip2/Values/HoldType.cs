namespace KioskLink.Sip2;

/// <summary>What a hold is for (BY).</summary>
public enum HoldType
{
    /// <summary>1: other.</summary>
    Other = 1,

    /// <summary>2: any copy of a title.</summary>
    AnyCopy = 2,

    /// <summary>3: one copy.</summary>
    SpecificCopy = 3,

    /// <summary>4: any copy at one branch.</summary>
    AnyCopyAtBranch = 4,
}
