using System.Globalization;
using System.Text;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Access;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Patrons;

/// <summary>The patron's own row.</summary>
internal sealed class PatronSubjects(Vault vault) : ISubjectStore
{
    /// <inheritdoc/>
    public string Name => "patron";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["patrons"];

    /// <summary>The last one: everything refers to it.</summary>
    public int Rank => int.MaxValue;

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        yield return Of(
            "patron",
            ("customer_id", patron.CustomerId), ("surname", patron.Surname), ("first_names", patron.FirstNames),
            ("date_of_birth", patron.DateOfBirth), ("identity_code", IdentityCode(patron)), ("language", $"{(Language)patron.Language}"),
            ("group", patron.PatronGroup), ("home_branch", patron.HomeBranch),
            // Who answers for the patron is another person: that somebody does is the patron's business, who it is may be asked at the desk.
            ("responsible_person", patron.ResponsibleCustomerId.Length > 0 ? "named (masked)" : ""),
            ("guardian_consent_on", patron.GuardianConsentOn), ("terms_accepted_on", patron.TermsAcceptedOn), ("registered_on", patron.RegisteredOn),
            ("valid_from", patron.ValidFrom), ("valid_to", patron.ValidTo), ("restricted", Flag(patron.Restricted)), ("doors_kept", Flag(patron.KeepsDoors)),
            ("extended_time", Flag(patron.ExtendedTime)),
            ("fees_cents", patron.FeesCents.ToString(CultureInfo.InvariantCulture)),
            ("last_used", Time(patron.LastUsedAt)), ("created", Time(patron.CreatedAt)), ("created_by", ActorRole.Of(db, patron.Consortium, patron.CreatedBy)), ("updated", Time(patron.UpdatedAt)), ("updated_by", ActorRole.Of(db, patron.Consortium, patron.UpdatedBy)));
        var others = db.Set<PatronRow>().Count(row => row.Consortium == patron.Consortium && row.ResponsibleCustomerId == patron.CustomerId && row.ResponsibleCustomerId != "");
        if (others > 0)
        {
            yield return Of("responsible-for", ("patrons", others.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        scope.Db.Set<PatronRow>().Where(row => row.Consortium == patron.Consortium && row.ResponsibleCustomerId == patron.CustomerId && row.ResponsibleCustomerId != "")
            .ExecuteUpdate(set => set.SetProperty(row => row.ResponsibleCustomerId, "").SetProperty(row => row.ResponsibleRole, 0));
        scope.Db.Set<PatronRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
    }

    private string IdentityCode(PatronRow patron) => patron.IdentityCode is { } box
        ? Encoding.ASCII.GetString(vault.Open(box, PatronWriter.IdentityBinding(patron.CustomerId)))
        : "";
}
