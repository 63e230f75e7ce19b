using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Branches;
using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Simulation.Agreement;

/// <summary>
/// Makes situations in which everything is in order but for one thing, mostly, and that thing each code's own in turn: so every rung of
/// the ladder decides often, and from time to time two compete. One thread.
/// </summary>
internal sealed class SituationMaker
{
    public const string BranchId = "FI-Lh-Renkomaki";

    private const string Number = "20000000000008";
    private static readonly Instant FirstNoon = Instant.FromUtc(2026, 1, 1, 10, 0);
    private static readonly DecisionCode[] Codes = [.. Enum.GetValues<DecisionCode>().Where(code => code != DecisionCode.None)];
    private static readonly ConsortiumProfile Lastu = ProfileReader.Load("lastu");

    private readonly Random _random;
    private readonly Vault _vault = new(new MasterKey(new byte[MasterKey.Length]), Lastu.Id);
    private readonly byte[] _sealedNumber;
    private readonly BlindIndex _key;
    private readonly BranchMaker _branches;
    private readonly HolderMaker _holders;

    public SituationMaker(Random random)
    {
        _random = random;
        _sealedNumber = _vault.SealCardNumber(Number);
        _key = _vault.CardIndex(Number);
        Entitlements = new NodeEntitlements(_vault, Lastu.Id, Lastu.SelfService.OfflineHolders);
        _branches = new BranchMaker(random);
        _holders = new HolderMaker(random);
    }

    /// <summary>The register's projection, under the keys of this maker.</summary>
    public NodeEntitlements Entitlements { get; }

    public Situation Next()
    {
        var now = FirstNoon + Duration.FromMinutes(_random.Next(2 * 365 * 24 * 60)) + Duration.FromMilliseconds(_random.Next(60_000));
        var wanted = Codes[_random.Next(Codes.Length)];
        var also = _random.Next(8) == 0 ? Codes[_random.Next(Codes.Length)] : DecisionCode.Granted;
        HashSet<DecisionCode> wrong = [wanted, also];
        // A badge of another branch where there are no hours, and a door that is shut for all but some badges.
        if (wanted == DecisionCode.NodeMisconfigured && _random.Next(4) == 0)
            wrong.UnionWith([DecisionCode.BadgeRefused, DecisionCode.Maintenance]);
        var facts = wanted == DecisionCode.NodeMisconfigured && _random.Next(4) == 0
            ? null
            : BranchRules.Fill(_branches.Make(wrong, now), _branches.Profile(Lastu, wrong));
        return new Situation
        {
            Branch = facts,
            Presented = Present(wrong, now),
            DoorId = wanted == DecisionCode.NodeMisconfigured && _random.Next(2) == 0 ? "cellar" : "front",
            Conditions = Conditions(wrong),
            Pin = wrong.Contains(DecisionCode.PinMissing) ? PinResult.Missing
                : wrong.Contains(DecisionCode.PinWrong) ? PinResult.Wrong
                : wanted == DecisionCode.PinLocked && _random.Next(4) == 0 ? PinResult.Locked
                : PinResult.Right,
            Footing = new OfflineSituation(
                ClockTrusted: !wrong.Contains(DecisionCode.ClockUntrusted),
                Duration.FromMinutes(wrong.Contains(DecisionCode.OfflineTooOld) ? _random.Next(7 * 24 * 60, 15 * 24 * 60) : _random.Next(6 * 24 * 60))),
            Now = now,
        };
    }

    private Presentation Present(HashSet<DecisionCode> wrong, Instant now)
    {
        if (wrong.Contains(DecisionCode.CardUnreadable))
            return new Presentation(null, null);
        if (wrong.Contains(DecisionCode.CardUnknown))
            return new Presentation(_key, null);
        return new Presentation(_key, IsBadge(wrong) ? Badge(wrong, now) : Card(wrong, now));
    }

    private bool IsBadge(HashSet<DecisionCode> wrong) =>
        wrong.Contains(DecisionCode.GrantedBadge) || wrong.Contains(DecisionCode.BadgeRefused) || _random.Next(20) == 0;

    private BadgeEntry Badge(HashSet<DecisionCode> wrong, Instant now)
    {
        var facts = _holders.Badge(wrong, now);
        return new BadgeEntry { Version = 7, Key = _key, SealedNumber = _sealedNumber, Facts = facts, Badge = facts.ToProto() };
    }

    private CardEntry Card(HashSet<DecisionCode> wrong, Instant now)
    {
        var isStranger = wrong.Contains(DecisionCode.OfflineNotCached);
        return new CardEntry
        {
            Version = 7,
            CardId = 1,
            PatronId = 1,
            Key = _key,
            SealedNumber = _sealedNumber,
            Facts = _holders.Card(wrong, now),
            Born = _holders.Born(wrong, now),
            HomeBranch = isStranger ? "" : BranchId,
            Visits = isStranger ? [] : [new Visit(BranchId, now - Duration.FromDays(30))],
        };
    }

    private DoorConditions Conditions(HashSet<DecisionCode> wrong) => new()
    {
        Lockdown = wrong.Contains(DecisionCode.Lockdown),
        PeopleInside = wrong.Contains(DecisionCode.CapacityFull) ? BranchMaker.Room : _random.Next(BranchMaker.Room),
        AlarmArmed = wrong.Contains(DecisionCode.AlarmArmed),
        AlreadyInside = wrong.Contains(DecisionCode.AlreadyInside),
        StaffPresent = wrong.Contains(DecisionCode.StaffedOpen) || _random.Next(2) == 0,
    };
}
