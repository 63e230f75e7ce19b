using KioskLink.Protos.Register.V1;
using KioskLink.Register.Console.Sessions;

namespace KioskLink.Register.Console.Layout;

/// <summary>The console's rooms in the order of the menu. Who may enter is the register's to say; the menu leaves out what would be refused.</summary>
internal static class Rooms
{
    /// <summary>The role to which every room is open.</summary>
    public const string Administrator = nameof(StaffRole.Administrator);

    private const string Librarian = nameof(StaffRole.Librarian);
    private const string CameraViewer = nameof(StaffRole.CameraViewer);
    private const string Technician = nameof(StaffRole.Technician);
    private const string DataProtectionOfficer = nameof(StaffRole.DataProtectionOfficer);

    /// <summary>The groups of the menu.</summary>
    public static readonly IReadOnlyList<(string Key, IReadOnlyList<Room> Pages)> All =
    [
        ("today", [new("doors", "/doors", Librarian, Technician), new("alarms", "/alarms", Librarian, Technician)]),
        ("patrons", [new("search", "/patrons", Librarian), new("bans", "/bans", Librarian), new("applications", "/applications", Librarian), new("conflicts", "/loans/conflicts", Librarian)]),
        ("branches", [new("hours", "/hours", Librarian, Technician), new("outages", "/outages", Librarian, Technician), new("badges", "/badges", Librarian, Technician), new("nodes", "/nodes", Technician), new("statistics", "/statistics", Librarian, DataProtectionOfficer)]),
        ("protection", [new("requests", "/requests", DataProtectionOfficer), new("retention", "/retention", DataProtectionOfficer), new("disclosures", "/disclosures", DataProtectionOfficer), new("cameras", "/cameras", CameraViewer, DataProtectionOfficer), new("audit", "/audit", DataProtectionOfficer), new("notices", "/notices", Librarian, DataProtectionOfficer)]),
        ("upkeep", [new("staff", "/staff", DataProtectionOfficer), new("jobs", "/jobs", DataProtectionOfficer, Technician)]),
    ];

    /// <summary>The address of the first page that a user may open.</summary>
    public static string FirstFor(Visit visit) => All.SelectMany(group => group.Pages).FirstOrDefault(room => room.IsFor(visit))?.Path ?? "/keys";
}

/// <summary>A room of the console.</summary>
/// <param name="Key">Its name in the texts.</param>
/// <param name="Path">Its address.</param>
/// <param name="Roles">Who uses it, besides administrators.</param>
internal sealed record Room(string Key, string Path, params string[] Roles)
{
    /// <summary>Whether the menu shows it to the user.</summary>
    public bool IsFor(Visit visit) => visit.Is(Roles) || visit.Is(Rooms.Administrator);
}
