using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Rules.Loans;
using KioskLink.Rules.Texts;
using NodaTime;
using LoanReason = KioskLink.Rules.Loans.LoanReason;

namespace KioskLink.Register.Circulation;

/// <summary>Places holds, moves them and calls them off; what was set aside for a hold that ends goes to who is next.</summary>
internal static class Holding
{
    /// <summary>Does what is asked.</summary>
    public static PlaceHoldResponse Handle(ActScope act, PlaceHoldRequest request)
    {
        var copy = Copy(act, request);
        if (copy is null)
        {
            return Untaken(act, DeedOf(request.Action), request.ItemId.Length > 0 ? LoanReason.ItemUnknown : LoanReason.TitleUnknown, request.ItemId);
        }

        if (act.Patron is not { } patron)
        {
            return Untaken(act, DeedOf(request.Action), LoanReason.CardRefused, copy.ItemId);
        }

        if (!act.Presented.IsAccepted)
        {
            act.Against(LoanReason.CardRefused, copy.ItemId);
        }

        return request.Action switch
        {
            HoldAction.Place => Place(act, request, patron, copy),
            HoldAction.Cancel => Cancel(act, patron, copy),
            _ => Change(act, request, patron, copy),
        };
    }

    /// <summary>Ends a hold: its copy, where one is set aside, is for who is next.</summary>
    public static void End(Store.WriteScope scope, Store.RegisterCore core, HoldRow hold, LocalDate today)
    {
        Rows.Remove(scope, hold);
        if (hold.ItemId.Length == 0 || ItemView.Find(scope.Db, scope.Consortium, hold.ItemId) is not { } item || ItemView.LoanOf(scope.Db, item) is not null)
        {
            return;
        }

        // A copy on its way is nowhere: whoever is next hears of it when it arrives.
        var here = item.TransitTo.Length > 0 ? "" : item.BranchId;
        if (HoldQueue.TakeNext(scope, item, here, today, core.Profile.LoanRules, core.Index.Branch(here)?.Policy.Hours) is null && item.TransitTo.Length == 0)
        {
            item.TransitTo = core.Profile.LoanRules.Floating || item.HomeBranch == here ? "" : item.HomeBranch;
        }

        item.UpdatedAt = scope.NowMs;
        Rows.Change(scope, item);
    }

    private static PlaceHoldResponse Place(ActScope act, PlaceHoldRequest request, PatronRow patron, ItemRow copy)
    {
        var pickUp = PickUp(act, request, act.Branch);
        var isOneCopy = request.ThisCopyOnly || copy.TitleId.Length == 0;
        var exists = Own(act, patron, copy) is not null;
        var borrower = Standing.Of(act.Db, patron, act.Branch, act.TodayIso, act.At, act.Scope.Now);
        var reasons = LoanRules.AgainstHold(act.Rules, borrower, copy.Type, exists).ToList();
        if (pickUp is null)
        {
            reasons.Add(LoanReason.BranchUnknown);
        }

        if (reasons.Count > 0 && (!act.IsTold || exists))
        {
            return act.IsTold ? Untaken(act, LoanDeed.Held, reasons[0], copy.ItemId) : Refused(act, LoanDeed.Held, reasons[0]);
        }

        reasons.ForEach(reason => act.Against(reason, copy.ItemId));
        var hold = new HoldRow
        {
            Consortium = act.Consortium,
            HoldId = $"hold-{Guid.NewGuid():N}",
            PatronId = patron.PatronId,
            Title = copy.Title,
            TitleId = copy.TitleId,
            CopyId = isOneCopy ? copy.ItemId : "",
            BranchId = pickUp ?? act.Branch,
            PlacedAt = act.AtMs,
            Arrival = HoldQueue.NextArrival(act.Scope),
            ExpiresOn = ExpiresOn(act, request),
            UpdatedAt = act.Scope.NowMs,
        };
        Rows.Add(act.Scope, hold);
        act.Effects.Add(new ActEffect(EffectKind.Held, hold.HoldId) { Item = copy.ItemId });
        PatronUse.Note(act.Scope, patron.PatronId, act.AtMs);
        return Answer(act, act.Done(LoanDeed.Held), hold, copy);
    }

    private static PlaceHoldResponse Cancel(ActScope act, PatronRow patron, ItemRow copy)
    {
        if (Own(act, patron, copy) is not { } hold)
        {
            return Untaken(act, LoanDeed.HoldEnded, LoanReason.HoldUnknown, copy.ItemId);
        }

        End(act.Scope, act.Core, hold, act.Today);
        act.Effects.Add(new ActEffect(EffectKind.Other) { Item = copy.ItemId });
        PatronUse.Note(act.Scope, patron.PatronId, act.AtMs);
        return Answer(act, act.Done(LoanDeed.HoldEnded), hold, copy);
    }

    private static PlaceHoldResponse Change(ActScope act, PlaceHoldRequest request, PatronRow patron, ItemRow copy)
    {
        if (Own(act, patron, copy) is not { } hold)
        {
            return Untaken(act, LoanDeed.HoldChanged, LoanReason.HoldUnknown, copy.ItemId);
        }

        if (PickUp(act, request, hold.BranchId) is not { } pickUp)
        {
            return Untaken(act, LoanDeed.HoldChanged, LoanReason.BranchUnknown, copy.ItemId);
        }

        hold.ExpiresOn = request.ExpiresOn.Length > 0 ? request.ExpiresOn : hold.ExpiresOn;
        hold.UpdatedAt = act.Scope.NowMs;
        act.Effects.Add(new ActEffect(EffectKind.Other) { Item = copy.ItemId });
        if (hold.BranchId != pickUp)
        {
            (hold.BranchId, hold.PickUpBy) = (pickUp, "");
            Redirect(act, hold);
        }

        Rows.Change(act.Scope, hold);
        return Answer(act, act.Done(LoanDeed.HoldChanged), hold, copy);
    }

    // What waits or travels for it goes to the new branch.
    private static void Redirect(ActScope act, HoldRow hold)
    {
        if (hold.ItemId.Length > 0 && ItemView.Find(act.Db, act.Consortium, hold.ItemId) is { } item)
        {
            var here = item.TransitTo.Length > 0 ? "" : item.BranchId;
            HoldQueue.SetAside(act.Scope, hold, item, here, act.Today, act.Rules, act.HoursOf(here));
            item.UpdatedAt = act.Scope.NowMs;
            Rows.Change(act.Scope, item);
        }
    }

    // A copy stands for its title.
    private static ItemRow? Copy(ActScope act, PlaceHoldRequest request) => request.ItemId.Length > 0
        ? ItemView.Find(act.Db, act.Consortium, request.ItemId)
        : act.Db.Set<ItemRow>().Where(row => row.Consortium == act.Consortium && row.TitleId == request.TitleId && row.TitleId != "").OrderBy(row => row.ItemId).FirstOrDefault();

    private static HoldRow? Own(ActScope act, PatronRow patron, ItemRow copy) => act.Db.Set<HoldRow>().Where(hold => hold.PatronId == patron.PatronId).AsEnumerable()
        .Where(hold => hold.CopyId == copy.ItemId || hold.ItemId == copy.ItemId || (copy.TitleId.Length > 0 && hold.TitleId == copy.TitleId))
        .MinBy(hold => hold.PlacedAt);

    private static string? PickUp(ActScope act, PlaceHoldRequest request, string otherwise)
    {
        var asked = request.PickUpBranch.Length > 0 ? request.PickUpBranch : otherwise;
        return act.Core.Index.Branch(asked) is null ? null : asked;
    }

    private static string ExpiresOn(ActScope act, PlaceHoldRequest request) =>
        request.ExpiresOn.Length > 0 ? request.ExpiresOn
        : act.Rules.HoldDays > 0 ? ((LocalDate?)act.Today.PlusDays(act.Rules.HoldDays)).ToIso()
        : "";

    private static LoanDeed DeedOf(HoldAction action) => action switch
    {
        HoldAction.Place => LoanDeed.Held,
        HoldAction.Cancel => LoanDeed.HoldEnded,
        _ => LoanDeed.HoldChanged,
    };

    // What has happened is taken, and staff sees why it could not be carried out.
    private static PlaceHoldResponse Untaken(ActScope act, LoanDeed deed, LoanReason reason, string itemId)
    {
        if (!act.IsTold)
        {
            return Refused(act, deed, reason);
        }

        act.Against(reason, itemId);
        return Stamp(act, new PlaceHoldResponse { Outcome = act.Done(deed) });
    }

    private static PlaceHoldResponse Refused(ActScope act, LoanDeed deed, LoanReason reason) => Stamp(act, new PlaceHoldResponse { Outcome = act.Refused(deed, reason) });

    private static PlaceHoldResponse Answer(ActScope act, LoanOutcome outcome, HoldRow hold, ItemRow copy) => Stamp(act, new PlaceHoldResponse
    {
        Outcome = outcome,
        HoldId = hold.HoldId,
        QueuePosition = hold.ItemId.Length > 0 ? 0 : HoldQueue.PositionOf(act.Db, hold, act.TodayIso),
        Available = HoldQueue.IsThere(act.Db, copy),
        PickUpBranch = hold.BranchId,
        ExpiresOn = hold.ExpiresOn,
        Title = copy.Title,
        TitleId = copy.TitleId,
    });

    private static PlaceHoldResponse Stamp(ActScope act, PlaceHoldResponse response)
    {
        (response.Source, response.FactsVersion, response.FactsAge) = (ActScope.Source, act.Version, Duration.Zero.ToProto());
        return response;
    }
}
