using Grpc.Core;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;

namespace KioskLink.Register.Rights;

/// <summary>Whose processing is restricted is read by data-protection officers alone (R76).</summary>
internal static class Restriction
{
    /// <summary>Refuses everybody else.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED.</exception>
    public static void Require(CallerIdentity caller, PatronRow patron)
    {
        if (patron.Restricted && caller.Role != CallerRole.DataProtectionOfficer)
        {
            throw Refused.With(
                StatusCode.PermissionDenied, "PATRON_RESTRICTED", "The processing of this person's data is restricted: only the data-protection officer may read it.");
        }
    }
}
