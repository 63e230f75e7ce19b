using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Disclosures;

/// <summary>
/// Decisions on claims against people whose processing is restricted: article 18(2) of the GDPR allows them, a data-protection officer
/// says with a reason whether they are made (R76). Until then they are held back.
/// </summary>
internal static class ClaimDecisions
{
    /// <summary>The decisions in force about some people.</summary>
    public static Dictionary<long, ClaimDecisionRow> InForce(RegisterDb db, IReadOnlyCollection<long> patrons) =>
        db.Set<ClaimDecisionRow>().Where(row => row.EndedAt == null && patrons.Contains(row.PatronId)).ToDictionary(row => row.PatronId);

    /// <summary>Whether it was decided about a person that claims go on.</summary>
    public static bool GoesOn(RegisterDb db, long patron) => InForce(db, [patron]).GetValueOrDefault(patron) is { GoesOn: true };

    /// <summary>Decides about one person; the same decision for the same reason changes nothing.</summary>
    /// <exception cref="RpcException">NOT_FOUND, FAILED_PRECONDITION where nothing is restricted.</exception>
    public static (long PatronId, bool Changed) Decide(WriteScope scope, DecideRestrictedClaimRequest request, string by)
    {
        var patron = PatronWriter.Find(scope.Db, scope.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        if (!patron.Restricted)
        {
            throw Refused.With(StatusCode.FailedPrecondition, "NOT_RESTRICTED", "The processing of this person's data is not restricted: claims go on without a decision.");
        }

        var stands = InForce(scope.Db, [patron.PatronId]).GetValueOrDefault(patron.PatronId);
        if (stands is not null && stands.GoesOn == request.GoesOn && stands.Reason == request.Reason)
        {
            return (patron.PatronId, false);
        }

        End(scope, patron.PatronId);
        scope.Db.Add(new ClaimDecisionRow
        {
            Consortium = scope.Consortium,
            PatronId = patron.PatronId,
            GoesOn = request.GoesOn,
            Reason = request.Reason,
            DecidedAt = scope.NowMs,
            DecidedBy = by,
        });
        return (patron.PatronId, true);
    }

    /// <summary>Ends the decision in force: a later restriction is decided about anew.</summary>
    public static void End(WriteScope scope, long patronId) => scope.Db.Set<ClaimDecisionRow>()
        .Where(row => row.PatronId == patronId && row.EndedAt == null)
        .ExecuteUpdate(set => set.SetProperty(row => row.EndedAt, scope.NowMs));
}
