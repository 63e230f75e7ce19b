namespace KioskLink.Node.RegisterLink;

/// <summary>The state of the link to the register; the numbers are those of the wire.</summary>
internal enum LinkState
{
    /// <summary>The register answers and watermarks come.</summary>
    Online = 1,

    /// <summary>A call was late or failed, or watermarks are missing: the register is still asked, but nobody waits for it if the replica grants.</summary>
    Suspect = 2,

    /// <summary>The register is not asked; the way back is tried with growing, jittered waits.</summary>
    Offline = 3,
}
