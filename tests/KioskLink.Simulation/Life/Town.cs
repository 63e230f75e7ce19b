using System.Globalization;
using KioskLink.Register.Branches;
using KioskLink.Register.Facts;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using KioskLink.Simulation.Agreement;
using KioskLink.Simulation.Branch;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;
using NodaTime;
using Period = KioskLink.Rules.Branches.Period;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Simulation.Life;

/// <summary>The people: patrons at the doors, one who guesses PINs, and the staff that bans, lifts and changes.</summary>
internal sealed class Town
{
    private const int Cards = 16;
    private readonly SimWorld _world;
    private readonly SimRegister _register;
    private readonly List<(string Number, string Pin)> _patrons = [];
    private readonly Staff _staff;

    public Town(SimWorld world, SimRegister register)
    {
        (_world, _register) = (world, register);
        Branches = [.. Enumerable.Range(1, 2 + (world.Chance.OneIn(3) ? 1 : 0)).Select(number => $"FI-Lh-{number}")];
        foreach (var (branch, number) in Branches.Select((branch, number) => (branch, number)))
            _register.Commit(NewBranch(branch, number));
        for (var card = 1; card <= Cards; card++)
            AddPatron(card);
        for (var badge = 1; badge <= Badges.Count; badge++)
            _register.Commit(register.NewBadge(NumberOf(badge, '9'), new BadgeFacts { BadgeRef = $"badge-{badge}", Role = Badges[badge - 1] }));
        _staff = new Staff(world, register, Branches, Cards);
    }

    private static IReadOnlyList<BadgeRole> Badges { get; } = [BadgeRole.Staff, BadgeRole.Guard, BadgeRole.Cleaner];

    public IReadOnlyList<string> Branches { get; }

    /// <summary>The card of a token of a node.</summary>
    public CardEntry? CardOf(NodeKeys keys, byte[] token) =>
        _patrons.Where(patron => CardToken.Of(keys.KCard, "lastu", patron.Number).AsSpan().SequenceEqual(token))
            .Select(patron => _register.Find(patron.Number).Card).FirstOrDefault();

    /// <summary>Lets an episode be lived.</summary>
    public void Live(IReadOnlyList<SimNode> nodes)
    {
        for (var visits = _world.Chance.Below(7); visits > 0; visits--)
            Soon(() => Visit(_world.Chance.Pick(nodes)));
        for (var changes = _world.Chance.Below(4); changes > 0; changes--)
            Soon(_staff.Act);
        if (_world.Chance.OneIn(3))
            Attack(nodes);
        if (_world.Chance.OneIn(12))
            LockDown(_world.Chance.Pick(nodes));
    }

    private void Soon(Action act) => _world.Agenda.After(_world.Chance.Milliseconds(0, 25_000), act);

    private void Visit(SimNode node)
    {
        if (_world.Chance.OneIn(8))
        {
            node.Run?.Reader.Visit(NumberOf(1 + _world.Chance.Below(Badges.Count), '9'), "", isBadge: true);
            return;
        }
        var (number, pin) = _world.Chance.OneIn(15) ? (NumberOf(Cards + 1, '2'), "1234") : _world.Chance.Pick(_patrons);
        node.Run?.Reader.Visit(number, _world.Chance.OneIn(10) ? "0000" : pin, isBadge: false);
    }

    // Tries wrong PINs on one card at every door in turn.
    private void Attack(IReadOnlyList<SimNode> nodes)
    {
        var (number, _) = _patrons[_world.Chance.Below(2)];
        for (var tries = 0; tries < 8; tries++)
            Soon(() => _world.Chance.Pick(nodes).Run?.Deciding.Present(number, "0000"));
    }

    private void LockDown(SimNode node) => Soon(() =>
    {
        node.Run?.Door.LockDown(begins: true);
        _world.Agenda.After(_world.Chance.Seconds(5, 20), () => node.Run?.Door.LockDown(begins: false));
    });

    private void AddPatron(int card)
    {
        var (number, pin) = (NumberOf(card, '2'), (1000 + card).ToString(CultureInfo.InvariantCulture));
        _patrons.Add((number, pin));
        var born = OpeningCalendar.DateAt(_world.Now).PlusYears(_world.Chance.OneIn(6) ? -15 : -40).PlusDays(1);
        var facts = new CardFacts { Group = "adult", TermsAccepted = !_world.Chance.OneIn(10), Registered = true, Language = Language.Fi };
        var entry = _register.NewCard(card, number, pin, _world.Chance.Pick(Branches), facts, born);
        _register.Commit(_world.Chance.OneIn(3) ? entry : entry with { Visits = [new Visit(_world.Chance.Pick(Branches), _world.Now - Duration.FromDays(9))] });
    }

    private BranchEntry NewBranch(string id, int number)
    {
        var applied = new Wire.Branch
        {
            Id = id,
            Name = id,
            Hours = Hours(number).ToProto(),
            OfflinePolicy = number < 2 ? Wire.OfflinePolicy.Cached : Wire.OfflinePolicy.FailClosed,
            OfflineMaxAge = (_world.Chance.OneIn(3) ? Duration.FromHours(1) : Duration.FromDays(7)).ToProto(),
            ReplicaScope = _world.Chance.Pick([Wire.ReplicaScope.Visited, Wire.ReplicaScope.Branch, Wire.ReplicaScope.Consortium]),
            FirstPersonIn = number != 1,
            UnlockFor = Duration.FromSeconds(3 + number).ToProto(),
        };
        applied.Doors.Add(new Wire.Door { Id = DoorSide.DoorId, Name = "Etuovi" });
        var facts = BranchRules.Fill(applied, _register.Profile);
        return new BranchEntry { Policy = BranchFactsProto.FromProto(facts), Facts = facts, Applied = applied };
    }

    private static OpeningHours Hours(int number)
    {
        Period[] day = [new(6 * 60, 10 * 60, PeriodKind.SelfService), new(10 * 60, 12 * 60, PeriodKind.Staffed), new(12 * 60, 23 * 60, PeriodKind.SelfService)];
        var hours = BranchMaker.Weekly(PeriodKind.SelfService, 0, 24 * 60);
        return number == 0 ? hours : hours with { Week = hours.Week.ToDictionary(known => known.Key, IReadOnlyList<Period> (_) => day) };
    }

    private static string NumberOf(int card, char first) => first + card.ToString("D13", CultureInfo.InvariantCulture);
}
