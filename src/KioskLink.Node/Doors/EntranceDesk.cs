using KioskLink.Node.AlarmPanels;
using KioskLink.Node.Deciding;
using KioskLink.Node.Entrances;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Passages;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;
using NodaTime;

namespace KioskLink.Node.Doors;

/// <summary>What one entrance asks of its door and of the rest of the node.</summary>
internal sealed class EntranceDesk(Side side, DoorLoop door, Lockdown lockdown, StaffPresence staff, PassageDesk passages, PanelLoop panel, DoorwayWork work)
{
    /// <summary>The entrance's work.</summary>
    public EntranceWork Work() => new()
    {
        PinRules = () => work.Branch() is { } branch ? new PinRules(branch.PinMinLength, branch.PinMaxLength) : PinRules.FourDigits,
        AsksPin = AsksPin,
        CardRead = work.CardRead,
        Conditions = Conditions,
        Decide = work.Decide,
        Unlock = UnlockAsync,
        Record = work.Record,
        Reached = work.Reached,
    };

    // Whoever shows a card inside takes nobody's room and is meant to be inside.
    private DoorConditions Conditions(string? card)
    {
        var conditions = new DoorConditions { Lockdown = lockdown.Holds(door.Id), StaffPresent = staff.IsPresent(work.Now()), AlarmArmed = panel.IsArmed };
        if (side == Side.In)
            (conditions.PeopleInside, conditions.AlreadyInside) = (passages.Book.People, passages.Refuses(card));
        return conditions;
    }

    private bool AsksPin(string? card) => side != Side.Out && work.Branch() is { PinRequired: true } && work.IsCard(card) && work.BadgeOf(card) is null;

    // Granted although the decision knew of a lockdown: the badge passes it. One that began since is not passed.
    private Task<Passing> UnlockAsync(Presentation presentation, DecisionRecord decided)
    {
        if (decided.Decision.Code == DecisionCode.GrantedBadge)
            panel.Post(new BadgeLetIn());
        var patience = decided.Decision.ExtendedTime ? work.Branch()?.ExtendedUnlock ?? BranchPolicy.UsualExtendedUnlock : 1;
        var grant = new DoorGranted(decided.AttemptId, decided.Decision.UnlockFor, presentation.Conditions.Lockdown, patience);
        var unlocked = side == Side.Inside ? Task.FromResult(passages.CheckIn(presentation.Card)) : passages.LetInAsync(door, grant, presentation.Card);
        if (decided.Decision.Code == DecisionCode.GrantedBadge && work.BadgeOf(presentation.Card) == BadgeRole.Staff)
            NoteStaff(work.Now());
        return unlocked;
    }

    private void NoteStaff(Instant now)
    {
        try
        {
            staff.Arrive(work.Branch(), work.ClockTrusted(), now);
        }
        catch (IOException fault)
        {
            work.Alarm("staff-present", $"That staff has come cannot be kept on disk ({fault.Message}): after a restart a staff badge is needed again.");
        }
    }
}
