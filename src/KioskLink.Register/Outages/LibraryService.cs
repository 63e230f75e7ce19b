namespace KioskLink.Register.Outages;

/// <summary>A service that may be down; the numbers are those of the wire.</summary>
internal enum LibraryService
{
    /// <summary>No service.</summary>
    Unknown = 0,

    /// <summary>Logging in with card and PIN.</summary>
    Login = 1,

    /// <summary>A patron's own data and loans.</summary>
    OwnData = 2,

    /// <summary>Renewals.</summary>
    Renewals = 3,

    /// <summary>Holds.</summary>
    Holds = 4,

    /// <summary>Availability of items.</summary>
    Availability = 5,

    /// <summary>E-services that log in with a library card.</summary>
    EServices = 6,

    /// <summary>Checkout machines.</summary>
    Checkout = 7,

    /// <summary>Computers for customers and their booking.</summary>
    PcBooking = 8,

    /// <summary>Doors of self-service libraries.</summary>
    Doors = 9,
}
