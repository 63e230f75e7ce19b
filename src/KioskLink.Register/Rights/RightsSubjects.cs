using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Rights;

/// <summary>A person's requests, corrections and legal holds. Erasing keeps that a request was answered, and not whose it was.</summary>
internal sealed class RightsSubjects(Rectifications rectifications) : ISubjectStore
{
    /// <summary>A pending police case or the like.</summary>
    public static readonly SubjectHold Hold = new(
        "LEGAL_MATTER_PENDING", "a legal matter such as a police case is pending",
        "EXISTS (SELECT 1 FROM legal_holds h WHERE h.patron_id = p.patron_id AND h.released_at IS NULL)");

    /// <inheritdoc/>
    public string Name => "requests";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["request_cases", "rectifications", "legal_holds"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        foreach (var row in db.Set<SubjectRequestRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.CaseId).ToList())
        {
            yield return Part(row);
        }

        foreach (var part in rectifications.PartsOf(db, patron.PatronId))
        {
            yield return part;
        }

        foreach (var row in db.Set<LegalHoldRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.HoldId).ToList())
        {
            yield return Of("legal-matter", ("reference", row.Reference), ("since", Time(row.SetAt)), ("released", Time(row.ReleasedAt)));
        }
    }

    /// <summary>A request as an export shows it.</summary>
    public static SubjectPart Part(SubjectRequestRow row) => Of(
        "request",
        ("kind", $"{(RequestKind)row.Kind}"), ("channel", row.Channel), ("received_on", row.ReceivedOn), ("due_on", row.DueOn),
        ("extension_reason", row.ExtensionReason), ("identity_proof", row.IdentityProof), ("state", $"{(RequestState)row.State}"),
        ("refusal_reason", row.OutcomeReason), ("closed", Time(row.ClosedAt)));

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        // Reasons are free text, in which a name may stand.
        scope.Db.Set<SubjectRequestRow>().Where(row => row.PatronId == patron.PatronId).ExecuteUpdate(set => set
            .SetProperty(row => row.PatronId, (long?)null)
            .SetProperty(row => row.ExtensionReason, "")
            .SetProperty(row => row.OutcomeReason, ""));
        scope.Db.Set<RectificationRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
        scope.Db.Set<LegalHoldRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
    }
}
