using System.Collections.Immutable;
using KioskLink.Node.Hosting;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Node.Outage;

/// <summary>
/// Tells machines of a patron what the node's copy knows: whether the card is good and the PIN fits. No name and no counts: the node holds
/// none, and invents none. Thread-safe.
/// </summary>
/// <param name="parts">The node's parts.</param>
/// <param name="withoutLogin">The machine that is meant where none has logged in; null where none is.</param>
internal sealed class OutagePatrons(NodeParts parts, string? withoutLogin)
{
    private const PatronFlags NotWithoutTheRegister = PatronFlags.RenewalDenied | PatronFlags.RecallDenied | PatronFlags.HoldDenied;
    private readonly CopiedPatrons _copy = new(parts);

    /// <summary>The answer.</summary>
    public async Task<PatronAnswer> AnswerAsync(PatronQuestion question)
    {
        var texts = OutageTexts.In(question.Asker.Language);
        if (parts.Replica.Branch is not { } branch)
            return PatronAnswer.Refused(texts.NotNow);
        var patron = await _copy.LookAsync(OutageLoans.DeviceOf(question, withoutLogin), question.Card, question.Pin, branch);
        if (patron.Unknown is { } unsaid)
            return PatronAnswer.Refused(unsaid == DecisionCode.CardUnreadable ? texts.Unreadable : texts.Unknown) with { Pin = Verdict(patron) };
        var lends = question.Asker.Role == DeviceRole.SelfCheck;
        if (patron.IsPinRefused && !lends)
            return PatronAnswer.Refused(patron.Pin == PinResult.Locked ? texts.PinLocked : texts.NotAccepted) with { Pin = Verdict(patron) };
        return new PatronAnswer
        {
            Standing = IsRefused(patron, question.Asker.Role) ? PatronStanding.Refused : PatronStanding.Good,
            Flags = lends ? FlagsOf(patron, branch) : PatronFlags.None,
            Pin = Verdict(patron),
            Attributes = patron.IsPinRefused ? ImmutableDictionary<PatronAttribute, string>.Empty : AttributesOf(patron),
            ScreenMessages = [.. Messages(patron, question.Asker.Role, texts)],
        };
    }

    private IEnumerable<string> Messages(CopiedPatron patron, DeviceRole role, OutageTexts texts)
    {
        if (patron.Pin == PinResult.Locked)
            yield return texts.PinLocked;
        else if (patron.Pin == PinResult.Wrong)
            yield return texts.NotAccepted;
        else if (patron.Refusal is DecisionCode.CardLost or DecisionCode.CardExpired)
            yield return texts.CardNotValid;
        else if (IsRefused(patron, role) || (role == DeviceRole.SelfCheck && patron.HasLoanBan))
            yield return texts.Refused;
        if (parts.Replica.AsOf is { } asOf)
            yield return texts.Copy(asOf.InZone(OpeningCalendar.Zone).LocalDateTime);
    }

    // Whoever cannot prove the PIN does not learn what the library has against the card.
    private static bool IsRefused(CopiedPatron patron, DeviceRole role) =>
        !patron.IsPinRefused && (role == DeviceRole.Door ? patron.DoorRefusal : patron.Refusal) is not null;

    private static PatronFlags FlagsOf(CopiedPatron patron, BranchPolicy branch)
    {
        var flags = NotWithoutTheRegister;
        if (branch.OfflineLending.Checkouts == OfflineCheckouts.None || patron.HasLoanBan || patron.IsPinRefused || patron.Refusal is not null)
            flags |= PatronFlags.ChargeDenied;
        return patron is { Refusal: DecisionCode.CardLost, IsPinRefused: false } ? flags | PatronFlags.CardLost : flags;
    }

    private static Dictionary<PatronAttribute, string> AttributesOf(CopiedPatron patron) => new()
    {
        [PatronAttribute.SelfServiceAccess] = patron.DoorRefusal is null ? "1" : "0",
        [PatronAttribute.Category] = patron.Facts!.Group,
    };

    private static PinVerdict Verdict(CopiedPatron patron) => patron.Pin switch
    {
        PinResult.Right => PinVerdict.Right,
        PinResult.Wrong => PinVerdict.Wrong,
        PinResult.Locked => PinVerdict.Locked,
        _ => PinVerdict.NotChecked,
    };
}
