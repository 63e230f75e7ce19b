using KioskLink.Node.Deciding;
using KioskLink.Node.Entrances;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Access;
using KioskLink.Rules.Doors;
using NodaTime;
using Outcome = KioskLink.Protos.Types.V1.Outcome;

namespace KioskLink.Node.Doors;

/// <summary>What one entrance asks of its door and of the rest of the node.</summary>
internal sealed class EntranceDesk(string doorId, DoorLoop door, Lockdown lockdown, StaffPresence staff, DoorwayWork work)
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

    /// <summary>What the door itself knows now.</summary>
    public DoorConditions Conditions() => new() { Lockdown = lockdown.Holds(doorId), StaffPresent = staff.IsPresent(work.Now()) };

    private bool AsksPin(string? card) => work.Branch() is { PinRequired: true } && work.IsCard(card) && work.BadgeOf(card) is null;

    // Granted although the decision knew of a lockdown: the badge passes it. One that began since is not passed.
    private Task<Outcome> UnlockAsync(Presentation presentation, DecisionRecord decided)
    {
        var unlocked = door.UnlockAsync(new DoorGranted(decided.AttemptId, decided.Decision.UnlockFor, presentation.Conditions.Lockdown));
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
