using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Access;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Bans;

/// <summary>A patron's bans, those that are over too.</summary>
internal sealed class BanSubjects(RegisterCore core) : ISubjectStore
{
    /// <inheritdoc/>
    public string Name => "bans";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["bans"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron) =>
        db.Set<BanRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.CreatedAt).ToList().Select(row => Of(
            "ban",
            ("kind", $"{(BanKind)row.Kind}"), ("branches", row.BranchIds.Length == 0 ? "all" : row.BranchIds.Replace('\n', ' ')),
            ("start", Time(row.StartAt)), ("end", Time(row.EndAt)), ("reason", BanReasons.Text(core.Profile.Bans, row.ReasonCode, (Language)patron.Language)),
            ("reason_in_words", row.Reason), ("decided_by", row.DecidedBy),
            ("decision_ref", row.DecisionRef), ("heard_on", row.HeardOn), ("hearing", row.Hearing), ("appeal", row.Appeal),
            ("created", Time(row.CreatedAt)), ("created_by", ActorRole.Of(db, patron.Consortium, row.CreatedBy)),
            ("lifted", Time(row.LiftedAt)), ("lifted_by", ActorRole.Of(db, patron.Consortium, row.LiftedBy)), ("lift_reason", row.LiftReason)));

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron) =>
        scope.Db.Set<BanRow>().Where(row => row.PatronId == patron.PatronId).ExecuteDelete();
}
