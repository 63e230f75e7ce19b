using System.Text;
using KioskLink.Node.Hosting;

namespace KioskLink.Node.Doors;

/// <summary>
/// Which doors are in lockdown. It is kept on disk, survives restarts and power cuts, and ends only by a release. A file that cannot be
/// understood locks every door. Thread-safe.
/// </summary>
internal sealed class Lockdown
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly IReadOnlyList<string> _all;
    private HashSet<string> _doors = [];

    /// <summary>Reads what the disk holds.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="doors">Every door of the node.</param>
    public Lockdown(string dataFolder, IEnumerable<string> doors)
    {
        (_path, _all) = (Path.Combine(dataFolder, "lockdown"), [.. doors]);
        if (File.Exists(_path))
            _doors = [.. Understand(File.ReadAllLines(_path))];
    }

    /// <summary>Whether a door is in lockdown.</summary>
    public bool Holds(string doorId)
    {
        lock (_gate)
            return _doors.Contains(doorId);
    }

    /// <summary>Begins it, on disk last: a door is better in a lockdown that a power cut ends than open.</summary>
    /// <exception cref="IOException">It cannot be kept on disk; it holds until the node stops all the same.</exception>
    public void Begin(IEnumerable<string> doors) => Change(held => held.UnionWith(doors));

    /// <summary>Ends it, on disk last.</summary>
    /// <exception cref="IOException">It cannot be kept on disk: it would be back after a restart.</exception>
    public void Release(IEnumerable<string> doors) => Change(held => held.ExceptWith(doors));

    private void Change(Action<HashSet<string>> change)
    {
        lock (_gate)
        {
            HashSet<string> doors = [.. _doors];
            change(doors);
            _doors = doors;
            DurableFile.Write(_path, Encoding.UTF8.GetBytes(string.Join('\n', doors)));
        }
    }

    private IEnumerable<string> Understand(string[] lines) =>
        lines.All(line => _all.Contains(line)) ? lines : _all;
}
