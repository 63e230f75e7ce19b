using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;

namespace KioskLink.Register.Staff;

/// <summary>Roles between accounts and the wire. Pure.</summary>
internal static class StaffRoles
{
    private static readonly (StaffRole Wire, CallerRole Role)[] Pairs =
    [
        (StaffRole.Librarian, CallerRole.Librarian),
        (StaffRole.Administrator, CallerRole.Administrator),
        (StaffRole.DataProtectionOfficer, CallerRole.DataProtectionOfficer),
        (StaffRole.CameraViewer, CallerRole.CameraViewer),
        (StaffRole.Technician, CallerRole.Technician),
        (StaffRole.Robot, CallerRole.Robot),
        (StaffRole.EService, CallerRole.EService),
    ];

    /// <summary>Reads roles: at least one, and a machine's alone.</summary>
    public static RoleSet Read(IReadOnlyCollection<StaffRole> roles)
    {
        if (roles.Count == 0)
        {
            throw Field.Wrong("roles", "is empty: give at least one role");
        }

        var set = roles.Aggregate(RoleSet.None, (read, role) => read | RoleSet.Of(Of(role)));
        var isMixed = (set & RoleSet.Machines) != RoleSet.None && set != RoleSet.Robots && set != RoleSet.EServices;
        return isMixed ? throw Field.Wrong("roles", "names a robot together with a person's role: give a robot its role alone") : set;
    }

    /// <summary>Writes roles.</summary>
    public static IEnumerable<StaffRole> Write(RoleSet roles) => Pairs.Where(pair => roles.Has(pair.Role)).Select(pair => pair.Wire);

    private static CallerRole Of(StaffRole role) => Pairs.FirstOrDefault(pair => pair.Wire == Field.Known(role, "roles")).Role;
}
