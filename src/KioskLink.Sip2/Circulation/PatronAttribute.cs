namespace KioskLink.Sip2.Circulation;

/// <summary>What a vendor's field may hold. Which field that is, a profile says: the same field means different things at different vendors.</summary>
public enum PatronAttribute
{
    /// <summary>`0` no access, `1` welcome to self-service hours at the branch of the question.</summary>
    SelfServiceAccess = 0,

    /// <summary>The last day of the card, `YYYYMMDD`.</summary>
    CardExpires,

    /// <summary>The date of birth, `YYYYMMDD`.</summary>
    BirthDate,

    /// <summary>The patron's category or group.</summary>
    Category,

    /// <summary>The home library.</summary>
    HomeLibrary,

    /// <summary>Y or N: may use the internet.</summary>
    Internet,
}
