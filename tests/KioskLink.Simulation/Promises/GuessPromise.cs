using KioskLink.Node.Deciding;
using KioskLink.Register.Facts;
using KioskLink.Rules.Access;
using KioskLink.Rules.Pins;
using KioskLink.Simulation.Branch;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Promises;

/// <summary>
/// Wrong guesses that told somebody so stay within 10 + 3 x 3 per card and 24 h, within 10 while no node guesses alone, and within 3 at
/// each node that does, whatever its clock shows.
/// </summary>
internal sealed class GuessPromise(SimWorld world, SimRegister register)
{
    private const int Holders = 3;
    private const int OfflineGuesses = 3;
    private readonly Dictionary<EntityId, List<(Instant At, DecisionSource Source, string Node)>> _wrong = [];

    public void Decided(SimVerdict verdict)
    {
        if (verdict.Decision.Code != DecisionCode.PinWrong || register.Find(verdict.Question.Number).Card is not { } card)
            return;
        if (!_wrong.TryGetValue(card.Entity, out var wrong))
            _wrong[card.Entity] = wrong = [];
        wrong.RemoveAll(guess => guess.At <= world.Now - GuessRules.Day);
        wrong.Add((world.Now, verdict.Source, verdict.Question.NodeId));
        var isAlone = wrong.Exists(guess => guess.Source == DecisionSource.Replica);
        var bound = GuessRules.DayLimit + (isAlone ? Holders * OfflineGuesses : 0);
        world.Hold(wrong.Count <= bound, "wrong guesses stay within the bound", () => $"{wrong.Count} of {bound} on {card.Entity}");
        var alone = wrong.Count(guess => guess.Source == DecisionSource.Replica && guess.Node == verdict.Question.NodeId);
        world.Hold(alone <= OfflineGuesses, "a node that is cut off allows no more than its guesses", () => $"{alone} on {card.Entity} at {verdict.Question.NodeId}");
    }
}
