using System.Collections.Concurrent;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Register.Facts;

/// <summary>
/// All cards, badges and branches in memory, so that a decision reads no fact from the database (DESIGN 10). Entries are
/// immutable; a reader sees each entity whole, at one version. Thread-safe; only the change log applies.
/// </summary>
internal sealed class EntitlementIndex
{
    private readonly ConcurrentDictionary<BlindIndex, Entry> _byNumber = new();
    private readonly ConcurrentDictionary<long, CardEntry> _cards = new();
    private readonly ConcurrentDictionary<string, BadgeEntry> _badges = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BranchEntry> _branches = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<BlindIndex, NumberEntry> _numbers = new();

    /// <summary>Every card, in no order.</summary>
    public IEnumerable<CardEntry> Cards => _cards.Select(pair => pair.Value);

    /// <summary>Every badge, in no order.</summary>
    public IEnumerable<BadgeEntry> Badges => _badges.Select(pair => pair.Value);

    /// <summary>Every branch, in no order.</summary>
    public IEnumerable<BranchEntry> Branches => _branches.Select(pair => pair.Value);

    /// <summary>The number of cards.</summary>
    public int CardCount => _cards.Count;

    /// <summary>The card or badge of a number; null when nobody has it.</summary>
    public Entry? Find(BlindIndex number) => _byNumber.GetValueOrDefault(number);

    /// <summary>A card by the register's own number of it.</summary>
    public CardEntry? Card(long cardId) => _cards.GetValueOrDefault(cardId);

    /// <summary>A badge by its reference.</summary>
    public BadgeEntry? Badge(string badgeRef) => _badges.GetValueOrDefault(badgeRef);

    /// <summary>A branch by its id.</summary>
    public BranchEntry? Branch(string branchId) => _branches.GetValueOrDefault(branchId);

    /// <summary>How the guesses on a number stand, a card's or nobody's.</summary>
    public GuessState GuessesOn(BlindIndex number) =>
        Find(number) is CardEntry card ? card.Facts.Guesses : _numbers.GetValueOrDefault(number)?.Guesses ?? GuessState.None;

    /// <summary>Forgets a number that nobody has.</summary>
    public void Forget(BlindIndex number) => _numbers.TryRemove(number, out _);

    /// <summary>The present state of an entity; null when it is gone, or is none that a door could need.</summary>
    public Entry? Find(EntityId entity) => entity.Kind switch
    {
        EntityKind.Card => Card(long.Parse(entity.Id, System.Globalization.CultureInfo.InvariantCulture)),
        EntityKind.Badge => Badge(entity.Id),
        EntityKind.Branch => Branch(entity.Id),
        EntityKind.Number => null,
        _ => throw new ArgumentOutOfRangeException(nameof(entity)),
    };

    /// <summary>What a node of a branch holds: its branch, every badge valid there, and the cards of its scope.</summary>
    public IEnumerable<Entry> EntriesForBranch(BranchPolicy branch, Instant now)
    {
        if (Branch(branch.Id) is { } own)
        {
            yield return own;
        }

        foreach (var entry in Badges.Cast<Entry>().Concat(Cards).Where(entry => ReplicaScopes.Holds(branch, entry, now)))
        {
            yield return entry;
        }
    }

    /// <summary>Puts the state of an entity in force; null means that it is gone.</summary>
    internal void Apply(EntityId entity, Entry? entry)
    {
        var before = Find(entity);
        if (Number(before) is { } old && old != Number(entry))
        {
            _byNumber.TryRemove(old, out _);
        }

        if (Number(entry) is { } number)
        {
            _byNumber[number] = entry!;
            Forget(number);
        }

        Keep(entity, entry);
    }

    private void Keep(EntityId entity, Entry? entry)
    {
        switch (entry)
        {
            case CardEntry card:
                _cards[card.CardId] = card;
                break;
            case BadgeEntry badge:
                _badges[entity.Id] = badge;
                break;
            case BranchEntry branch:
                _branches[entity.Id] = branch;
                break;
            case NumberEntry number:
                _numbers[number.Key] = number;
                break;
            default:
                Drop(entity);
                break;
        }
    }

    private void Drop(EntityId entity)
    {
        switch (entity.Kind)
        {
            case EntityKind.Card:
                _cards.TryRemove(long.Parse(entity.Id, System.Globalization.CultureInfo.InvariantCulture), out _);
                break;
            case EntityKind.Badge:
                _badges.TryRemove(entity.Id, out _);
                break;
            case EntityKind.Branch:
                _branches.TryRemove(entity.Id, out _);
                break;
        }
    }

    private static BlindIndex? Number(Entry? entry) => entry switch
    {
        CardEntry card => card.Key,
        BadgeEntry badge => badge.Key,
        _ => null,
    };
}
