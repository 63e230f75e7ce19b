using KioskLink.Protos.Register.V1;
using KioskLink.Register.Console.Texts;
using NodaTime;

namespace KioskLink.Register.Console.Staff;

/// <summary>What accounts are called, and how they stand.</summary>
internal static class StaffWords
{
    /// <summary>The roles that an account may have.</summary>
    public static readonly IReadOnlyList<StaffRole> Roles =
        [StaffRole.Librarian, StaffRole.Administrator, StaffRole.DataProtectionOfficer, StaffRole.CameraViewer, StaffRole.Technician, StaffRole.Robot, StaffRole.EService];

    /// <summary>How an account stands.</summary>
    public static string State(Words words, StaffAccount account, Instant now) => account switch
    {
        { Locked: true } => words["staff.locked"],
        { LockedUntil: { } until, ShutOutEverywhere: false } => words.Fill("staff.shutUntil", words.Count("staff.places", account.ShutOutPlaces), words.Near(until, now)),
        { LockedUntil: { } until } => words.Fill("staff.lockedUntil", words.Near(until, now)),
        { SetUp: false } => words["staff.waiting"],
        _ => words["staff.inUse"],
    };

    /// <summary>How good that is.</summary>
    public static string Tone(StaffAccount account) => account switch
    {
        { Locked: true } => "bad",
        { LockedUntil: not null } or { SetUp: false } => "warn",
        _ => "good",
    };
}
