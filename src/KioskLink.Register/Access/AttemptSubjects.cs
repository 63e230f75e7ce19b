using KioskLink.Protos.Types.V1;
using KioskLink.Register.Cards;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Access;

/// <summary>The door log: attempts with a patron's cards. Erasing leaves the attempt and takes away whose it was (R63).</summary>
internal sealed class AttemptSubjects : ISubjectStore
{
    // After a card the reference of its attempts, see Presentation.ReferenceOf.
    private const string Reference = "'card-' || card_id";

    private const string Forget = $"""
        UPDATE attempts SET card_ref = '', register_answer = NULL
        WHERE consortium = $consortium AND card_ref IN (SELECT {Reference} FROM cards WHERE patron_id = $patron)
        """;

    /// <inheritdoc/>
    public string Name => "door-log";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["attempts"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        var references = db.Set<CardRow>().Where(card => card.PatronId == patron.PatronId).Select(card => card.CardId).ToList().ConvertAll(id => $"card-{id}");
        return db.Set<AttemptRow>()
            .Where(row => row.Consortium == patron.Consortium && references.Contains(row.CardRef))
            .OrderBy(row => row.RowNumber)
            .AsEnumerable()
            .Select(row => Of(
                "entry",
                ("time", Time(row.PresentedAt ?? row.AnsweredAt)), ("branch", row.BranchId), ("door", row.DoorId), ("device", row.DeviceId),
                ("decision", Word((DecisionCode)(row.Code == 0 ? row.RegisterCode : row.Code))), ("outcome", Word((Outcome)row.Outcome)), ("note", row.Difference)));
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron) =>
        Sql.Run(scope.Db, Forget, ("$consortium", scope.Consortium), ("$patron", patron.PatronId));

    private static string Word<T>(T value)
        where T : struct, System.Enum => value.Equals(default(T)) ? "" : value.ToString();
}
