using KioskLink.Node.Diagnostics;
using KioskLink.Node.Outage;
using KioskLink.Node.StaffSignIn;

namespace KioskLink.Node.Desk;

/// <summary>
/// Takes what staff notes on the page: it is kept as every act is that the register has not heard of, online too, and stands in the journal
/// under the account. The form's id makes one note of a form that is sent twice. Thread-safe.
/// </summary>
/// <param name="acts">Keeps it.</param>
/// <param name="log">The journal of what staff does.</param>
internal sealed class NoteDesk(ActDesk acts, TechnicianLog log)
{
    /// <summary>Fields of the forms.</summary>
    public const string CardField = "card_number", ItemField = "item_id", TitleField = "title_id", BranchField = "pick_up_branch", TimeField = "happened_time", IdField = "transaction_id";

    /// <summary>Notes what a form says.</summary>
    public async Task<NoteAnswer> NoteAsync(NoteKind kind, StaffSession session, IFormCollection form)
    {
        var (note, typed) = (Read(kind, session, form), TextOf(form, TimeField));
        if (typed.Length > 0 && !DeskTimes.TryRead(typed, out _))
            return Mend(note, TimeField);
        var result = await acts.NoteAsync(note);
        if (result.Wrong is { } field)
            return Mend(note, field) with { HappenedAt = field == TimeField ? "" : typed };
        if (result.Kept is not { Act: { } act, IsAgain: var isAgain })
            return Again(note, result.Kept is { Outcome: KeepOutcome.Full } ? "desk.note.full" : result.Kept is null ? "desk.note.noBranch" : "desk.note.notKept");
        if (!isAgain)
            await log.NoteAsync(session.Actor, ActDesk.Desk, $"noted by hand: {act}");
        return new NoteAnswer($"desk.noted.{act.Kind}", act.Named) { IsNoted = true, DueOn = act.DueOn is { } due ? NodaTime.Text.LocalDatePattern.Iso.Format(due) : "" };
    }

    private NoteAnswer Mend(HandNote note, string field) =>
        Again(note, field == ItemField && note.Kind == ActKind.Hold ? "desk.wrong.itemOrTitle" : $"desk.wrong.{field}") with { Wrong = field };

    private NoteAnswer Again(HandNote note, string code) =>
        new(code, $"{acts.WaitingMax}") { Item = Shown(note.Item), Title = Shown(note.Title), Branch = Shown(note.PickUpBranch) };

    // What was read into the wrong field may be a card's number: it is not shown again.
    private string Shown(string text) => acts.MayBeCard(text) ? "" : text;

    private static HandNote Read(NoteKind kind, StaffSession session, IFormCollection form) => new()
    {
        Id = TextOf(form, IdField),
        Kind = kind.Act,
        Card = kind.TakesCard ? TextOf(form, CardField) : "",
        Item = TextOf(form, ItemField),
        Title = kind.IsHold ? TextOf(form, TitleField) : "",
        PickUpBranch = kind.IsHold ? TextOf(form, BranchField) : "",
        NotedBy = session.Ref,
        HappenedAt = DeskTimes.TryRead(TextOf(form, TimeField), out var happened) ? happened : null,
    };

    private static string TextOf(IFormCollection form, string field) => $"{form[field]}".Trim();
}
