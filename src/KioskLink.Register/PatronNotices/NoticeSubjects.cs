using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.PatronNotices;

/// <summary>The notices that were sent to a patron; an erasure takes those too, afterwards, that nobody has fetched from the spool folder yet.</summary>
internal sealed class NoticeSubjects : ISubjectStore
{
    /// <inheritdoc/>
    public string Name => "sent-notices";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["sent_notices"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron) =>
        db.Set<SentNoticeRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.SentAt).ToList().Select(row => Of(
            "sent notice",
            ("kind", ((NoticeKind)row.Kind).ToString()), ("channel", ((NoticeChannel)row.Channel).ToString()), ("sent", Time(row.SentAt)), ("sent_by", ActorRole.Of(db, patron.Consortium, row.SentBy))));

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        var sent = scope.Db.Set<SentNoticeRow>().Where(row => row.PatronId == patron.PatronId).ToList();
        foreach (var row in sent)
        {
            NoticeFiles.Doom(scope, row.File);
            scope.Db.Set<NoticeMarkRow>().Where(mark => mark.Consortium == row.Consortium && mark.NoticeId == row.NoticeId).ExecuteDelete();
        }

        scope.Db.Set<SentNoticeRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
    }
}
