using KioskLink.Protos.Register.V1;
using KioskLink.Register.Contacts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.OwnData;

/// <summary>Writes what patrons change of their own data: contact, language, channels of notices.</summary>
internal static class OwnWriter
{
    /// <summary>Stores what was given and read; whoever is unchanged is not written.</summary>
    public static void Put(WriteScope scope, OwnSession session, Contact? contact, int language, IReadOnlyList<NoticePreference>? notices)
    {
        var before = scope.Db.Set<PatronRow>().Single(patron => patron.PatronId == session.PatronId);
        var after = language == 0 ? before : before with { Language = language };
        var changed = ContactWriter.PutContact(scope, session.PatronId, contact);
        changed |= ContactWriter.PutNotices(scope, session.PatronId, notices, "notices");
        if (after == before && !changed)
        {
            return;
        }

        if (after.Language != before.Language)
        {
            // Doors speak the patron's language.
            PatronWriter.TouchCards(scope, session.PatronId, priority: false);
        }

        scope.Db.Set<PatronRow>().Where(row => row.PatronId == session.PatronId).ExecuteUpdate(set => set
            .SetProperty(row => row.Language, after.Language)
            .SetProperty(row => row.UpdatedAt, scope.NowMs)
            .SetProperty(row => row.UpdatedBy, session.Actor));
    }
}
