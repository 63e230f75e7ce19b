namespace KioskLink.Sip2.Wire;

/// <summary>What a message's check digits say.</summary>
internal enum FrameCheck
{
    /// <summary>It has none: its sender does without error detection.</summary>
    Absent,

    /// <summary>They fit.</summary>
    Right,

    /// <summary>They do not: bytes were changed or lost.</summary>
    Wrong,
}
