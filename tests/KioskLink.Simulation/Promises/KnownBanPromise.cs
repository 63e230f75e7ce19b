using Google.Protobuf;
using KioskLink.Register.Facts;
using KioskLink.Rules.Access;
using KioskLink.Rules.Cards;
using KioskLink.Simulation.Branch;
using KioskLink.Simulation.Centre;
using KioskLink.Simulation.World;

namespace KioskLink.Simulation.Promises;

/// <summary>A ban that a node had is not overridden by it: had in memory until it dies, or durably from its confirmation on.</summary>
internal sealed class KnownBanPromise(SimWorld world, SimRegister register)
{
    private readonly Dictionary<(string Node, ByteString Token), long> _inForce = [];
    private readonly Dictionary<(string Node, ByteString Token), long> _durable = [];

    public void Applied(string node, ByteString token, long version) =>
        _inForce[(node, token)] = Math.Max(_inForce.GetValueOrDefault((node, token)), version);

    public void Confirmed(string node)
    {
        foreach (var (key, version) in _inForce.Where(known => known.Key.Node == node))
            _durable[key] = version;
    }

    public void Forget(string node)
    {
        foreach (var key in _inForce.Keys.Where(key => key.Node == node).ToList())
            if (_durable.TryGetValue(key, out var version))
                _inForce[key] = version;
            else
                _inForce.Remove(key);
    }

    public void Granted(NodeRun run, SimVerdict verdict, Ground ground)
    {
        if (register.Find(verdict.Question.Number).Card is not { } card)
            return;
        var token = ByteString.CopyFrom(CardToken.Of(run.Node.Enrolled.Keys.KCard, "lastu", verdict.Question.Number));
        if (!_inForce.TryGetValue((run.Node.Id, token), out var version) || register.History.At(card.Entity, version) is not CardEntry known)
            return;
        var ban = known.Facts.Bans.FirstOrDefault(ban => ban.Kind != BanKind.Loan && ban.IsInForce(verdict.Question.BranchId, ground.Now));
        world.Hold(ban is null, "a known ban is never overridden", () => $"{run.Node.Id} had version {version}: {ban}");
    }
}
