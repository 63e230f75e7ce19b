namespace KioskLink.Register.Profiles;

/// <summary>What a profile must say about applications.</summary>
internal static class ApplicationCheck
{
    /// <summary>The first thing that is wrong, naming the key and the mend; null when all is well.</summary>
    public static string? Problem(ConsortiumProfile profile)
    {
        if (profile.Applications is not { } applications)
        {
            return null;
        }

        if (applications.StorageLocation.Length == 0)
        {
            return "`applications.storageLocation` is empty: say where applications are stored.";
        }

        var groups = profile.Groups.Select(group => group.Code).ToList();
        return groups.Contains(applications.AdultGroup) && groups.Contains(applications.ChildGroup)
            ? null
            : "`applications.adultGroup` and `applications.childGroup` must be codes of `groups`: correct them.";
    }
}
