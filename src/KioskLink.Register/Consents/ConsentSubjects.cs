using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Consents;

/// <summary>A patron's entries in the ledger, and in those of others that the patron acted in them.</summary>
internal sealed class ConsentSubjects : ISubjectStore
{
    /// <inheritdoc/>
    public string Name => "consents";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["consents"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        foreach (var entry in db.Set<ConsentRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.ConsentId).ToList())
        {
            yield return Of(
                "consent",
                ("kind", $"{(ConsentKind)entry.Kind}"), ("act", $"{(ConsentAct)entry.Act}"), ("text_version", entry.TextVersion), ("acted_on", entry.ActedOn),
                ("channel", $"{(ConsentChannel)entry.Channel}"), ("by_responsible", Flag(entry.ByResponsible)), ("recorded", Time(entry.RecordedAt)));
        }

        var given = db.Set<ConsentRow>().Count(row => row.Consortium == patron.Consortium && row.GiverCustomerId == patron.CustomerId);
        if (given > 0)
        {
            yield return Of("consents-given-for-others", ("entries", given.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        scope.Db.Set<ConsentRow>().Where(row => row.Consortium == patron.Consortium && row.GiverCustomerId == patron.CustomerId)
            .ExecuteUpdate(set => set.SetProperty(row => row.GiverCustomerId, ""));
        scope.Db.Set<ConsentRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
    }
}
