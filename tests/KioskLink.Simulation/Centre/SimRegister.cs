using KioskLink.Register.Access;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Pins;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Centre;

/// <summary>The register in one process with everything: its index, its projection and its rules; storage is a list of changes. One thread.</summary>
internal sealed class SimRegister
{
    private static readonly ConsortiumProfile Lastu = ProfileReader.Load("lastu");
    private readonly SimWorld _world;
    private readonly Vault _vault = new(new MasterKey(new byte[MasterKey.Length]), Lastu.Id);
    private readonly Dictionary<(string Node, string Attempt), Answer> _answers = [];
    private readonly Dictionary<long, GuessState> _guesses = [];

    public SimRegister(SimWorld world)
    {
        _world = world;
        Entitlements = new NodeEntitlements(_vault, Lastu.Id, Lastu.SelfService.OfflineHolders);
    }

    public const string Epoch = "e1";

    public EntitlementIndex Index { get; } = new();

    public NodeEntitlements Entitlements { get; }

    public ConsortiumProfile Profile => Lastu;

    public History History { get; } = new();

    public List<Change> Log { get; } = [];

    public long Version => Log.Count;

    public bool IsDown { get; set; }

    /// <summary>Told after each commit.</summary>
    public event Action? Committed;

    /// <summary>Commits the new state of an entity.</summary>
    public void Commit(Entry entry, bool priority = false)
    {
        var committed = entry with { Version = Version + 1, CommitTime = _world.Now };
        Log.Add(new Change(committed.Version, _world.Now, committed.Entity, priority));
        History.Add(committed);
        Index.Apply(committed.Entity, committed);
        Committed?.Invoke();
    }

    /// <summary>Makes a card with a PIN.</summary>
    public CardEntry NewCard(long id, string number, string pin, string homeBranch, CardFacts facts, LocalDate born)
    {
        var salt = _world.Chance.Bytes(PinHashes.SaltLength);
        var verifier = FakePinHash.Instance.Hash(System.Text.Encoding.ASCII.GetBytes(pin), salt);
        return new CardEntry
        {
            CardId = id,
            PatronId = id,
            Key = _vault.CardIndex(number),
            SealedNumber = _vault.SealCardNumber(number),
            Pin = _vault.Seal(verifier, id, FakePinHash.Instance.Algorithm, salt),
            Facts = facts,
            Born = born,
            HomeBranch = homeBranch,
        };
    }

    public BadgeEntry NewBadge(string number, BadgeFacts facts) => new()
    {
        Key = _vault.CardIndex(number),
        SealedNumber = _vault.SealCardNumber(number),
        Facts = facts,
        Badge = facts.ToProto(),
    };

    /// <summary>Finds what a number stands for.</summary>
    public Presentation Find(string number)
    {
        var key = _vault.CardIndex(number);
        return new Presentation(key, Index.Find(key));
    }

    /// <summary>Answers a presentation; a repeated attempt gets the same answer and counts once.</summary>
    public Answer Authorize(Question question)
    {
        if (_answers.TryGetValue((question.NodeId, question.AttemptId), out var known))
            return known;
        var branch = Index.Branch(question.BranchId)?.Policy;
        var presented = Find(question.Number);
        var pin = CheckPin(presented.Card, presented.Entry is BadgeEntry, branch, question.Pin);
        presented = presented.Card is { } card ? presented with { Entry = Index.Card(card.CardId) } : presented;
        var facts = presented.FactsFor(branch, _world.Now);
        var decision = AccessRules.Decide(facts, Presentation.Door(branch, question.DoorId, question.Conditions), pin, _world.Now);
        var answer = _answers[(question.NodeId, question.AttemptId)] = new Answer(decision, Version);
        if (decision.Granted && presented.Card is { } visitor)
            NoteVisit(visitor, question.BranchId, _world.Now);
        return answer;
    }

    /// <summary>Whether the register answered an attempt itself.</summary>
    public bool HasAnswered(string nodeId, string attemptId) => _answers.ContainsKey((nodeId, attemptId));

    public void NoteVisit(CardEntry card, string branchId, Instant at)
    {
        var visits = card.Visits.Where(visit => visit.BranchId != branchId).Prepend(new Visit(branchId, at)).OrderByDescending(visit => visit.At);
        var isFresh = card.Visits.FirstOrDefault(visit => visit.BranchId == branchId) is { } before && at - before.At < NotedDecision.Fresh;
        if (!isFresh)
            Commit(card with { Visits = [.. visits] });
    }

    /// <summary>Adds a wrong guess that a node allowed alone.</summary>
    public void MergeGuess(CardEntry card, Instant at)
    {
        var merged = GuessRules.Merge(GuessesOf(card.CardId), [at], _world.Now);
        Settle(card.CardId, merged);
    }

    private PinResult CheckPin(CardEntry? card, bool isBadge, BranchPolicy? branch, string pin)
    {
        if (isBadge || branch is not { PinRequired: true } || pin.Length == 0)
            return PinResult.Missing;
        if (card is null)
            return PinResult.Wrong;
        var (allowed, reserved) = GuessRules.Reserve(GuessesOf(card.CardId), _world.Now);
        if (!allowed)
            return PinResult.Locked;
        var typed = FakePinHash.Instance.Hash(System.Text.Encoding.ASCII.GetBytes(pin), card.Pin!.Salt);
        var right = typed.AsSpan().SequenceEqual(_vault.OpenVerifier(card.Pin, card.PatronId));
        Settle(card.CardId, right ? GuessRules.Succeed(reserved, _world.Now) : reserved);
        return right ? PinResult.Right : PinResult.Wrong;
    }

    private GuessState GuessesOf(long cardId) => _guesses.GetValueOrDefault(cardId, GuessState.None);

    private void Settle(long cardId, GuessState state)
    {
        _guesses[cardId] = state;
        var card = Index.Card(cardId)!;
        if (!state.ToProto().Equals(card.Facts.Guesses.ToProto()))
            Commit(card with { Facts = card.Facts with { Guesses = state } }, priority: true);
    }
}
