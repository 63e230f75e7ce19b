using KioskLink.Protos.Register.V1;
using KioskLink.Simulation.Branch;
using KioskLink.Simulation.World;

namespace KioskLink.Simulation.Promises;

/// <summary>Positions never go backwards within an epoch: in one life of a node, and over its lives from what it confirmed.</summary>
internal sealed class PositionPromise(SimWorld world)
{
    private readonly Dictionary<string, (string Epoch, long Version)> _moved = [];
    private readonly Dictionary<string, (string Epoch, long Version)> _confirmed = [];

    public void Moved(NodeRun run)
    {
        var mark = run.Facts.Mark;
        Hold(run.Node.Id, _moved.GetValueOrDefault(run.Node.Id, ("", 0)), mark.Epoch, mark.Version);
        _moved[run.Node.Id] = (mark.Epoch, mark.Version);
    }

    public void Confirmed(NodeRun run) => _confirmed[run.Node.Id] = (run.Node.Disk.Mark.Epoch, run.Node.Disk.Mark.Version);

    public void Forget(string node) => _moved.Remove(node);

    public void Hello(string node, SyncHello hello) =>
        Hold(node, _confirmed.GetValueOrDefault(node, ("", 0)), hello.Position?.Epoch ?? "", hello.Position?.Version ?? 0);

    private void Hold(string node, (string Epoch, long Version) before, string epoch, long version) => world.Hold(
        before.Epoch.Length == 0 || (before.Epoch == epoch && version >= before.Version),
        "positions never go backwards within an epoch",
        () => $"{node} was at {before}, is at {version}");
}
