using KioskLink.Register.Circulation;
using KioskLink.Register.Identity;
using KioskLink.Register.Jobs;
using KioskLink.Register.Nodes;
using KioskLink.Register.OwnData;
using KioskLink.Register.Staff;
using KioskLink.Register.Store;

namespace KioskLink.Register.Subjects;

/// <summary>
/// Tells in an export who did something by the role and never by name: staff are other persons (R74). Only the decider of a ban is
/// named, since a decision names who made it (Act 434/2003, section 44).
/// </summary>
internal static class ActorRole
{
    // Certificates are issued outside of the register, so that it does not know whose name it is.
    private const string Staff = "staff";

    /// <summary>The role, or the roles with spaces between; empty where nobody is named.</summary>
    /// <param name="db">The tables.</param>
    /// <param name="consortium">Whose staff and nodes.</param>
    /// <param name="name">The name as it is stored.</param>
    public static string Of(RegisterDb db, string consortium, string name)
    {
        if (name is "" or JobCall.System or Conflicts.Register)
        {
            return name;
        }

        if (db.Set<StaffAccountRow>().FirstOrDefault(row => row.Consortium == consortium && row.UserName == name) is { Roles: not 0 } account)
        {
            return string.Join(' ', account.RoleSet.Roles().Select(RoleNames.Of));
        }

        return db.Set<NodeRow>().Any(row => row.Consortium == consortium && row.NodeId == name) ? RoleNames.Node
            : OwnSession.IsActor(name) ? RoleNames.Patron
            : Staff;
    }
}
