using Grpc.Core;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Responsibles;
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
        :
        [
            .. db.Set<PatronRow>().Where(row => row.Restricted && patrons.Contains(row.PatronId)).Select(row => row.PatronId),
            .. db.Set<ResponsiblePersonRow>().Where(row => row.Restricted && patrons.Contains(-row.PersonId)).Select(row => -row.PersonId),
        ];

    /// <summary>Refuses everybody else.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED.</exception>
    public static void Require(CallerIdentity caller, PatronRow patron) => Require(caller, patron.Restricted);

    /// <summary>Refuses everybody else, of a person who answers for patrons and is none (R16).</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED.</exception>
    public static void Require(CallerIdentity caller, ResponsiblePersonRow person) => Require(caller, person.Restricted);

    /// <summary>Refuses everybody else, of whoever made a request.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED.</exception>
    public static void Require(CallerIdentity caller, RegisterDb db, SubjectRequestRow asked) => Require(
        caller,
        asked.PersonId is { } person
            ? db.Set<ResponsiblePersonRow>().Any(row => row.PersonId == person && row.Restricted)
            : db.Set<PatronRow>().Any(row => row.PatronId == asked.PatronId && row.Restricted));

    /// <summary>The error for everybody else.</summary>
    public static RpcException Refusal() => Refused.With(
        StatusCode.PermissionDenied, "PATRON_RESTRICTED", "The processing of this person's data is restricted: only the data-protection officer may read it.");

    private static void Require(CallerIdentity caller, bool isRestricted)
    {
        if (isRestricted && !Reads(caller))
        {
            throw Refusal();
        }
    }
}
