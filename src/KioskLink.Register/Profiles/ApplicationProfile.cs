namespace KioskLink.Register.Profiles;

/// <summary>Applications for a card (R34-R39).</summary>
internal sealed record ApplicationProfile
{
    /// <summary>Where all applications are stored, whatever municipality they were made to (R35); part of the record of processing.</summary>
    public required string StorageLocation { get; init; }

    /// <summary>The group of applicants who name none.</summary>
    public required string AdultGroup { get; init; }

    /// <summary>The group of applicants who need a responsible person for their age and name none.</summary>
    public required string ChildGroup { get; init; }
}
