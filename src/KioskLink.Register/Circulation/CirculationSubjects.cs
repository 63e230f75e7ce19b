using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Circulation;

/// <summary>A patron's payments, and what staff has to look at in acts of the patron.</summary>
internal sealed class CirculationSubjects : ISubjectStore
{
    /// <inheritdoc/>
    public string Name => "circulation";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["fee_payments", "loan_conflicts"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        var payments = db.Set<PaymentRow>().Where(row => row.PatronId == patron.PatronId).OrderBy(row => row.PaidAt).AsEnumerable().Select(row => Of(
            "payment",
            ("id", row.PaymentId), ("fee", row.FeeId), ("cents", $"{row.Cents}"), ("method", row.Method), ("reference", row.Reference), ("branch", row.BranchId),
            ("device", row.DeviceId), ("paid", Time(row.PaidAt))));
        // Of a matter between two patrons each is told what is the own: the other one is not named.
        var conflicts = db.Set<ConflictRow>().Where(row => row.PatronId == patron.PatronId || row.OtherPatronId == patron.PatronId).OrderBy(row => row.ToldAt).ToList().Select(row => Of(
            "loan that staff looks at",
            ("act", row.Kind), ("reason", Audit.CallEntry.WireName((Rules.Loans.LoanReason)row.Reason)), ("item", row.ItemId), ("branch", row.BranchId), ("device", row.DeviceId),
            ("role", row.PatronId == patron.PatronId ? "the act's patron" : "the patron before"), ("happened", Time(row.HappenedAt)), ("told", Time(row.ToldAt)),
            ("settled", Time(row.SettledAt)), ("settled_by", ActorRole.Of(db, patron.Consortium, row.SettledBy)), ("note", row.Note)));
        return payments.Concat(conflicts);
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        var id = patron.PatronId;
        scope.Db.Set<PaymentRow>().Where(row => row.PatronId == id).ExecuteDelete();
        // Staff still sees what happened to the item; whose act it was nobody knows any more.
        scope.Db.Set<ConflictRow>().Where(row => row.PatronId == id).ExecuteUpdate(set => set.SetProperty(row => row.PatronId, (long?)null));
        scope.Db.Set<ConflictRow>().Where(row => row.OtherPatronId == id).ExecuteUpdate(set => set.SetProperty(row => row.OtherPatronId, (long?)null));
    }
}
