using KioskLink.Node.Deciding;
using KioskLink.Node.Hosting;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using NodaTime;

namespace KioskLink.Node.Outage;

/// <summary>What staff at the branch sees and notes of loans while the register cannot be asked. Nobody's rules are looked at: it has happened. Thread-safe.</summary>
internal sealed class ActDesk(NodeParts parts)
{
    /// <summary>The longest id, account, barcode or branch, in characters.</summary>
    public const int LongestText = 64;

    /// <summary>What stands for the machine.</summary>
    public const string Desk = "desk";

    /// <summary>The kept acts in order, those included that the register has answered where wanted.</summary>
    public IReadOnlyList<LoanAct> List(bool settled) => [.. parts.ActBook.All.Where(act => settled || act.IsOpen)];

    /// <summary>How many may wait for the register; 0 while no branch is known.</summary>
    public int WaitingMax => parts.Replica.Branch?.OfflineLending.MaxActs ?? 0;

    /// <summary>When an act happened, as well as it is known now.</summary>
    public Instant HappenedAt(LoanAct act) => act.Time.Mended(parts.Clock);

    /// <summary>Whether a text reads like a card's number, whatever it was meant to be.</summary>
    public bool MayBeCard(string text) => parts.Replica.Branch is { } branch && CardNumber.TryRead(text, branch.CardFormats, out _);

    /// <summary>Notes what has happened; it is durable when this completes, or said why it is not.</summary>
    public async Task<HandNoteResult> NoteAsync(HandNote note)
    {
        if (parts.Replica.Branch is not { } branch)
            return new HandNoteResult(null);
        var card = CardIdentity.Of(note.Card, parts.Replica, parts.Secrets);
        if (FindProblem(note, card) is { } problem)
            return problem;
        var act = ActOf(note, card, branch);
        var kept = await parts.ActBook.KeepAsync(act, branch.OfflineLending.MaxActs);
        return kept.Act is { } known && !known.IsSameDeed(act) ? Wrong("transaction_id", "was given to something else that was noted: give a new random id") : new HandNoteResult(kept);
    }

    private LoanAct ActOf(HandNote note, CardIdentity card, BranchPolicy branch)
    {
        var time = note.HappenedAt is null ? ActTime.Now(parts.Clock) : ActTime.At(note.HappenedAt, parts.Clock);
        return new LoanAct
        {
            Id = note.Id,
            Kind = note.Kind,
            Item = note.Item,
            Title = note.Item.Length > 0 ? "" : note.Title,
            Token = note.Kind == ActKind.CheckIn ? [] : card.Token,
            Envelope = note.Kind == ActKind.CheckIn ? [] : card.Envelope,
            CardEnd = note.Kind == ActKind.CheckIn ? "" : CardEnding.Of(note.Card),
            Device = Desk,
            Time = time,
            DueOn = note.Kind == ActKind.CheckOut ? note.DueOn ?? OpeningCalendar.DateAt(time.Told).PlusDays(branch.OfflineLending.LoanDays) : null,
            NotedBy = note.NotedBy,
            PickUpBranch = note.Kind == ActKind.Hold ? note.PickUpBranch : "",
        };
    }

    private HandNoteResult? FindProblem(HandNote note, CardIdentity card)
    {
        if (!Enum.IsDefined(note.Kind) || note.Kind == ActKind.Withdraw)
            return Wrong("kind", "say what was done: a loan, return, renewal or hold");
        if (!IsText(note.NotedBy))
            return Wrong("noted_by", $"give the account of whoever notes it, at most {LongestText} characters");
        if (!IsText(note.Id))
            return Wrong("transaction_id", $"give a random id of at most {LongestText} characters");
        if (note.PickUpBranch.Length > 0 && !IsText(note.PickUpBranch))
            return Wrong("pick_up_branch", $"give the id of a branch, at most {LongestText} characters");
        if (note.Kind != ActKind.CheckIn && card is not { IsReadable: true, Envelope.Length: > 0 })
            return Wrong("card_number", "give the number of a library card of this consortium");
        return FindItemProblem(note) ?? FindTimeProblem(note);
    }

    private HandNoteResult? FindItemProblem(HandNote note)
    {
        var named = note.Item.Length > 0 || note.Kind is ActKind.CheckOut or ActKind.CheckIn ? note.Item : note.Title;
        if (!IsText(named))
            return Wrong("item_id", $"give the item's barcode, at most {LongestText} characters; for a renewal or hold the title's id may stand in its place");
        return IsCard(note.Item) || IsCard(note.Title) ? Wrong("item_id", "this is a library card's number: give the item's barcode") : null;
    }

    // A card that was read into the wrong field must not be kept in clear. Where the format has no check character, only a card that is held here is certain.
    private bool IsCard(string text) =>
        parts.Replica.Branch is { } branch
        && (CardNumber.TryRead(text, [.. branch.CardFormats.Where(format => format.Check != CheckAlgorithm.None)], out _)
            || parts.Replica.Find(CardIdentity.Of(text, parts.Replica, parts.Secrets).Token).Version > 0);

    private HandNoteResult? FindTimeProblem(HandNote note)
    {
        var now = parts.Clock.Now;
        if (note.HappenedAt is { } told && (told > now || now - told > ActTime.LongestAlone))
            return Wrong("happened_time", $"give a time of the last {ActTime.LongestAlone.TotalDays:0} days, or leave it out");
        var today = OpeningCalendar.DateAt(now);
        return note.DueOn is { } due && (due < today || due > today.PlusDays(OfflineLending.MostLoanDays))
            ? Wrong("due_on", $"give a day within {OfflineLending.MostLoanDays} days from now, or leave it out")
            : null;
    }

    private static HandNoteResult Wrong(string field, string mend) => new(null, field, mend);

    private static bool IsText(string text) => text.Length is > 0 and <= LongestText && !text.Any(char.IsControl);
}
