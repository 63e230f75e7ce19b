using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.PatronNotes;

/// <summary>Messages to and about a patron, and notes (R21, R26).</summary>
internal sealed class PatronNoteSubjects : ISubjectStore
{
    /// <summary>A matter that a note says is unsettled.</summary>
    public static readonly SubjectHold Unsettled = new("MATTER_UNSETTLED", "a matter is unsettled", UnsettledMatters.NotedCondition);

    /// <inheritdoc/>
    public string Name => "messages";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["patron_messages", "patron_notes"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        foreach (var message in db.Set<PatronMessageRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.MessageId).ToList())
        {
            yield return Of(
                "message",
                ("direction", $"{(MessageDirection)message.Direction}"), ("body", message.Body), ("created", Time(message.CreatedAt)), ("created_by", ActorRole.Of(db, patron.Consortium, message.CreatedBy)));
        }

        foreach (var note in db.Set<PatronNoteRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.NoteId).ToList())
        {
            yield return Of(
                "note",
                ("deed", note.Deed), ("body", note.Body), ("unsettled", Flag(note.Unsettled && note.SettledAt is null)), ("created", Time(note.CreatedAt)),
                ("created_by", ActorRole.Of(db, patron.Consortium, note.CreatedBy)), ("settled", Time(note.SettledAt)));
        }
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        scope.Db.Set<PatronMessageRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
        scope.Db.Set<PatronNoteRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
    }
}
