using KioskLink.Protos.Register.V1;
using KioskLink.Simulation.Branch;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Promises;

/// <summary>Sees everything that the parts do and holds each promise at the moment when it could break. One thread.</summary>
internal sealed class Witness(SimWorld world, SimRegister register)
{
    private readonly RulePromise _rules = new(world, register);
    private readonly KnownBanPromise _bans = new(world, register);
    private readonly FreshnessPromise _freshness = new(world, register);
    private readonly GuessPromise _guesses = new(world, register);
    private readonly LockPromise _locks = new(world);
    private readonly PositionPromise _positions = new(world);

    /// <summary>A decision stands; with what the node stood on where it decided alone.</summary>
    public void Decided(NodeRun run, SimVerdict verdict, Ground? ground)
    {
        _locks.Presented(verdict);
        _guesses.Decided(verdict);
        if (ground is null)
            return;
        _freshness.Decided(run, verdict, ground);
        if (verdict.Decision.Granted)
        {
            _rules.Granted(run, verdict, ground);
            _bans.Granted(run, verdict, ground);
        }
    }

    /// <summary>An unlock reaches the lock, sent at a time of the node's clock; no attempt means that the door is free.</summary>
    public void Unlocking(NodeRun run, string? attemptId, Instant sentAt) => _locks.Unlocking(run, attemptId, sentAt);

    /// <summary>A state is in force in a node's memory.</summary>
    public void Applied(NodeRun run, EntityState state)
    {
        if (state.Entitlement is { } card)
            _bans.Applied(run.Node.Id, card.Token, state.Version);
    }

    /// <summary>What is in force in a node is durable, and confirmed.</summary>
    public void Confirmed(NodeRun run)
    {
        _bans.Confirmed(run.Node.Id);
        _positions.Confirmed(run);
    }

    /// <summary>A node has died: what it had only in memory it no longer knows.</summary>
    public void Forget(string node)
    {
        _bans.Forget(node);
        _positions.Forget(node);
    }

    public void Position(NodeRun run) => _positions.Moved(run);

    public void Hello(string node, SyncHello hello) => _positions.Hello(node, hello);
}
