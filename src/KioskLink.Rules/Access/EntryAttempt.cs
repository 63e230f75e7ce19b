using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Rules.Access;

/// <summary>All that the rules look at when somebody stands at a door. Lives for one decision, on one thread.</summary>
internal sealed class EntryAttempt(Facts facts, DoorSituation door, PinResult pin, Instant now)
{
    private PeriodKind? _kind;
    private LocalDate? _today;

    public Facts Facts { get; } = facts;

    public DoorSituation Door { get; } = door;

    public PinResult Pin { get; } = pin;

    public Instant Now { get; } = now;

    public BranchPolicy? Branch => Door.Branch;

    public CardFacts? Card { get; } = facts as CardFacts;

    public BadgeFacts? Badge { get; } = facts as BadgeFacts;

    /// <summary>Whether it is a badge that lists this branch, or none: only those does the branch's node hold.</summary>
    public bool HasBadgeOfBranch => Badge is { } badge && BadgePasses.Lists(badge.BranchIds, Branch?.Id);

    public DoorPolicy? DoorPolicy => Branch?.Doors.FirstOrDefault(policy => policy.Id == Door.DoorId);

    /// <summary>Whether the right PIN was given, so that answers may depend on the card.</summary>
    public bool IsProven => Pin == PinResult.Right;

    public bool NeedsPin => Badge is null && Branch is { PinRequired: true };

    /// <summary>The date in Helsinki.</summary>
    public LocalDate Today => _today ??= OpeningCalendar.DateAt(Now);

    /// <summary>What the branch is now; closed when nothing is known of its hours.</summary>
    public PeriodKind Kind => _kind ??= Branch?.Hours is { } hours ? OpeningCalendar.KindAt(hours, Now) : PeriodKind.Closed;

    /// <summary>Staffed hours free the door only once staff is known to be there, where the branch wants that.</summary>
    public bool IsDoorFree => Kind == PeriodKind.Staffed && (Branch is { FirstPersonIn: false } || Door.StaffPresent);

    public bool Passes(DecisionCode code) => Badge is { } badge && BadgePasses.Allows(badge.Role, code);

    public bool HasBan(BanKind kind) =>
        Card is { } card && Branch is { } branch && card.Bans.Any(ban => ban.Kind == kind && ban.IsInForce(branch.Id, Now));
}
