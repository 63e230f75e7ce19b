using KioskLink.Register.Access;
using KioskLink.Register.Cards;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Camera;

/// <summary>
/// Moments of recordings that a viewer linked to a patron's entries (R61, R67, R74). They hold no patron: whose they are the door log
/// says, and so they are erased before it forgets.
/// </summary>
internal sealed class CameraSubjects(RegisterCore core) : ISubjectStore
{
    // After a card the reference of its attempts, see Presentation.ReferenceOf.
    private const string Theirs = """
        reference_id IN (SELECT r.reference_id FROM camera_references r
            JOIN attempts a ON a.consortium = r.consortium AND a.node_id = r.node_id AND a.attempt_id = r.attempt_id
            WHERE r.consortium = $consortium AND a.card_ref IN (SELECT 'card-' || card_id FROM cards WHERE patron_id = $patron))
        """;

    /// <inheritdoc/>
    public string Name => "camera-references";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["camera_references"];

    /// <summary>Before the door log.</summary>
    public int Rank => -1;

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        var cards = db.Set<CardRow>().Where(card => card.PatronId == patron.PatronId).Select(card => "card-" + card.CardId);
        var found = from row in db.Set<ReferenceRow>()
                    join attempt in db.Set<AttemptRow>() on new { row.Consortium, row.NodeId, row.AttemptId } equals new { attempt.Consortium, attempt.NodeId, attempt.AttemptId }
                    join session in db.Set<SessionRow>() on row.SessionId equals session.SessionId
                    where row.Consortium == patron.Consortium && cards.Contains(attempt.CardRef)
                    orderby row.EventAt
                    select new { row, session.ReasonCode, session.StartedAt };
        return found.AsEnumerable().Select(one => Of(
            "camera-reference",
            ("entry", Time(one.row.EventAt)), ("recording", Time(one.row.CameraAt)), ("branch", one.row.BranchId), ("camera", one.row.Camera),
            ("viewed", Time(one.StartedAt)), ("viewed_because_of", one.ReasonCode), ("recording_vanishes", Vanishes(one.row))));
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron) =>
        Sql.Run(scope.Db, $"DELETE FROM camera_references WHERE {Theirs}", ("$consortium", scope.Consortium), ("$patron", patron.PatronId));

    // The recording is the camera system's: a request for it names branch, camera and time.
    private string Vanishes(ReferenceRow row) =>
        core.Profile.Camera is { } camera ? Time(row.RecordedAt + (long)camera.RecordingsKept.TotalMilliseconds) : "";
}
