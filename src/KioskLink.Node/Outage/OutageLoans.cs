using KioskLink.Node.Hosting;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Sip2.Circulation;
using NodaTime;

namespace KioskLink.Node.Outage;

/// <summary>
/// Lends and takes back by the branch's policy while the register cannot be asked: the act is durable before the machine is told, or the
/// machine is told no. What happened while a machine was alone is kept whatever the policy says: it cannot be undone. Thread-safe.
/// </summary>
/// <param name="parts">The node's parts.</param>
/// <param name="idOf">The id of an act: what was asked of the register in vain before it came here keeps its id.</param>
/// <param name="withoutLogin">The machine that is meant where none has logged in; null where none is.</param>
internal sealed class OutageLoans(NodeParts parts, Func<Question, string> idOf, string? withoutLogin = null)
{
    /// <summary>The longest barcode, in characters.</summary>
    public const int LongestItem = 64;

    private const string Nameless = "sip2";
    private readonly CopiedPatrons _copy = new(parts);

    /// <summary>Whether anybody can borrow.</summary>
    public bool Lends => parts.Replica.Branch is { OfflinePolicy: OfflinePolicy.Cached, OfflineLending.Checkouts: not OfflineCheckouts.None };

    /// <summary>Whether items are taken back.</summary>
    public bool TakesBack => parts.Replica.Branch is { OfflineLending.Returns: true };

    /// <summary>Whether there is room for another act.</summary>
    public bool HasRoom => parts.Replica.Branch is { } branch && parts.ActBook.Waiting < branch.OfflineLending.MaxActs;

    /// <summary>The machine, as acts and guesses name it.</summary>
    public static string DeviceOf(Question question, string? withoutLogin) => question.Asker.Login is { Length: > 0 } login ? login : withoutLogin ?? Nameless;

    /// <summary>Lends.</summary>
    public async Task<LoanAnswer> LendAsync(CheckoutQuestion question)
    {
        var texts = OutageTexts.In(question.Asker.Language);
        if (parts.Replica.Branch is not { } branch)
            return LoanAnswer.Refused(texts.NotNow);
        if (!IsItem(question.Item))
            return LoanAnswer.Refused(texts.ItemUnreadable);
        var isDone = question.NoBlock || question.Cancels;
        if (!isDone && !Lends)
            return LoanAnswer.Refused(texts.NoLoans);
        var claim = isDone ? PinClaim.None : question.Pin;
        var patron = await _copy.LookAsync(DeviceOf(question, withoutLogin), question.Card, claim, branch, provesUnknown: branch.OfflineLending.Checkouts != OfflineCheckouts.AnyCard);
        if ((isDone ? Unreadable(patron, texts) : Problem(patron, branch, texts)) is { } problem)
            return LoanAnswer.Refused(problem);
        return await KeepAsync(Act(question, patron, branch), branch, texts);
    }

    /// <summary>Takes back.</summary>
    public async Task<ReturnAnswer> TakeBackAsync(CheckinQuestion question)
    {
        var texts = OutageTexts.In(question.Asker.Language);
        if (parts.Replica.Branch is not { } branch)
            return ReturnAnswer.Refused(texts.NotNow);
        if (!IsItem(question.Item))
            return ReturnAnswer.Refused(texts.ItemUnreadable);
        if (!branch.OfflineLending.Returns && !question.NoBlock && !question.Cancels)
            return ReturnAnswer.Refused(texts.NoReturns);
        var act = new LoanAct
        {
            Id = idOf(question),
            Kind = ActKind.CheckIn,
            Item = question.Item,
            Device = DeviceOf(question, withoutLogin),
            Time = TimeOf(question.NoBlock, question.ReturnedAt ?? question.DeviceTime),
            Cancels = question.Cancels,
        };
        var kept = IsSame(parts.ActBook.LastWaiting(act.Subject), act) ? new KeepResult(KeepOutcome.Kept, act) : await parts.ActBook.KeepAsync(act, branch.OfflineLending.MaxActs);
        return kept.IsKept
            ? new ReturnAnswer { Done = true, Resensitize = true, ScreenMessages = [texts.Returned] }
            : ReturnAnswer.Refused(texts.Why(kept.Outcome));
    }

    private async Task<LoanAnswer> KeepAsync(LoanAct act, BranchPolicy branch, OutageTexts texts)
    {
        var before = parts.ActBook.LastWaiting(act.Subject);
        var kept = IsSame(before, act) ? new KeepResult(KeepOutcome.Kept, before) : await parts.ActBook.KeepAsync(act, branch.OfflineLending.MaxActs);
        if (kept is not { IsKept: true, Act.DueOn: { } due })
            return LoanAnswer.Refused(texts.Why(kept.Outcome));
        return new LoanAnswer
        {
            Done = true,
            Due = due.PlusDays(1).AtStartOfDayInZone(OpeningCalendar.Zone).ToInstant().Minus(Duration.FromMinutes(1)).ToDateTimeOffset(),
            Desensitize = true,
            TransactionId = kept.Act.Id,
            ScreenMessages = [texts.LentUntil(due)],
        };
    }

    // A machine that hears no answer asks again, on another connection maybe: nothing has happened twice by that.
    private static bool IsSame(LoanAct? before, LoanAct act) =>
        before is not null && before.Kind == act.Kind && before.Cancels == act.Cancels && before.Device == act.Device
        && (act.Kind == ActKind.CheckIn || (act.Token.Length > 0 && before.Token.AsSpan().SequenceEqual(act.Token)));

    private LoanAct Act(CheckoutQuestion question, CopiedPatron patron, BranchPolicy branch)
    {
        var time = TimeOf(question.NoBlock, question.DeviceTime);
        return new LoanAct
        {
            Id = idOf(question),
            Kind = ActKind.CheckOut,
            Item = question.Item,
            Token = patron.Card.Token,
            Envelope = patron.Card.Envelope,
            Device = DeviceOf(question, withoutLogin),
            Time = time,
            DueOn = question.OfflineDue is { } told
                ? OpeningCalendar.DateAt(Instant.FromDateTimeOffset(told))
                : OpeningCalendar.DateAt(time.Told).PlusDays(branch.OfflineLending.LoanDays),
            Pin = patron.Pin,
            MayRenew = question.MayRenew,
            Cancels = question.Cancels,
        };
    }

    private ActTime TimeOf(bool wasAlone, DateTimeOffset? told) =>
        wasAlone ? ActTime.At(told is { } time ? Instant.FromDateTimeOffset(time) : null, parts.Clock) : ActTime.Now(parts.Clock);

    private static string? Problem(CopiedPatron patron, BranchPolicy branch, OutageTexts texts)
    {
        if (Unreadable(patron, texts) is { } unreadable)
            return unreadable;
        if (patron.IsPinRefused)
            return patron.Pin == PinResult.Locked ? texts.PinLocked : texts.NotAccepted;
        if (patron.Unknown is { } unsaid && !IsAllowed(unsaid, branch))
            return texts.Unknown;
        if (patron.Refusal is { } refusal)
            return refusal is DecisionCode.CardLost or DecisionCode.CardExpired ? texts.CardNotValid : texts.Refused;
        return patron.HasLoanBan ? texts.Refused : null;
    }

    // A branch may choose to lend to whoever has a card of the consortium.
    private static bool IsAllowed(DecisionCode unsaid, BranchPolicy branch) =>
        branch.OfflineLending.Checkouts == OfflineCheckouts.AnyCard && unsaid is DecisionCode.OfflineNotCached or DecisionCode.OfflineTooOld;

    private static string? Unreadable(CopiedPatron patron, OutageTexts texts) => patron.Card switch
    {
        { IsReadable: false } => texts.Unreadable,
        { Envelope.Length: 0 } => texts.NotKept,
        _ => null,
    };

    private static bool IsItem(string item) => item.Length is > 0 and <= LongestItem && !item.Any(char.IsControl);
}
