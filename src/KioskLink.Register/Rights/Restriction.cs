using Grpc.Core;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;

namespace KioskLink.Register.Rights;

/// <summary>Whose processing is restricted is read by data-protection officers alone (R76).</summary>
internal static class Restriction
{
    /// <summary>Whether a caller reads people whose processing is restricted.</summary>
    public static bool Reads(CallerIdentity caller) => caller.Role == CallerRole.DataProtectionOfficer;

    /// <summary>The numbers of those among some whose processing is restricted, and whom a caller may not read: a list leaves them out.</summary>
    public static HashSet<long> Hidden(RegisterDb db, CallerIdentity caller, IReadOnlyCollection<long> patrons) => Reads(caller) || patrons.Count == 0
        ? []
        : [.. db.Set<PatronRow>().Where(row => row.Restricted && patrons.Contains(row.PatronId)).Select(row => row.PatronId)];

    /// <summary>Refuses everybody else.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED.</exception>
    public static void Require(CallerIdentity caller, PatronRow patron)
    {
        if (patron.Restricted && !Reads(caller))
        {
            throw Refusal();
        }
    }

    /// <summary>The error for everybody else.</summary>
    public static RpcException Refusal() => Refused.With(
        StatusCode.PermissionDenied, "PATRON_RESTRICTED", "The processing of this person's data is restricted: only the data-protection officer may read it.");
}
