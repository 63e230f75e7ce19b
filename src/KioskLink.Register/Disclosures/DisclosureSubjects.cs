using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Disclosures;

/// <summary>To whom a patron's data was disclosed, what the patron permits, and what the population register was asked (R55, R74).</summary>
internal sealed class DisclosureSubjects : ISubjectStore
{
    /// <inheritdoc/>
    public string Name => "disclosures";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["disclosure_subjects", "disclosure_lines", "disclosure_permissions", "address_queries", "claim_decisions"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        foreach (var row in DisclosurePages.Of(db, patron).OrderBy(row => row.DisclosureNumber).ToList())
        {
            yield return Of(
                "disclosure",
                ("time", Time(row.CreatedAt)), ("kind", $"{(DisclosureKind)row.Kind}"), ("recipient", row.Recipient), ("municipality", row.Municipality),
                ("basis", row.Basis), ("fields", row.Fields), ("created_by", Role(row.CreatedBy)));
        }

        foreach (var row in db.Set<DisclosurePermissionRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.GivenAt).ToList())
        {
            yield return Of(
                "disclosure-permission",
                ("recipient", row.Recipient), ("channel", row.Channel), ("given", Time(row.GivenAt)), ("given_by", Role(row.GivenBy)),
                ("withdrawn", Time(row.WithdrawnAt)), ("withdrawn_by", Role(row.WithdrawnBy)));
        }

        foreach (var row in db.Set<AddressQueryRow>().Where(row => row.PatronId == patron.PatronId))
        {
            yield return Of("address-query", ("asked", Time(row.AskedAt)), ("answered", Time(row.AnsweredAt)), ("status", row.Status));
        }

        foreach (var row in db.Set<ClaimDecisionRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.DecisionId).ToList())
        {
            yield return Of(
                "claim-decision",
                ("goes_on", Flag(row.GoesOn)), ("reason", row.Reason), ("decided", Time(row.DecidedAt)), ("decided_by", Role(row.DecidedBy)), ("ended", Time(row.EndedAt)));
        }

        string Role(string name) => ActorRole.Of(db, patron.Consortium, name);
    }

    /// <summary>Disclosures stay, with their counts; whom they were about is forgotten, and what files hold of the patron goes afterwards.</summary>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        scope.Db.Set<DisclosureSubjectRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
        scope.Db.Set<DisclosureLineRow>().Where(row => row.PatronId == patron.PatronId)
            .ExecuteUpdate(set => set.SetProperty(row => row.PatronId, (long?)null));
        scope.Db.Set<DisclosurePermissionRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
        scope.Db.Set<ClaimDecisionRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
        scope.Db.Set<AddressQueryRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
    }
}
