using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Benchmarks.Wire;

/// <summary>One reader in clear text on a line of its own, for the baseline.</summary>
internal sealed class BareReader : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly VirtualLine _line;

    /// <summary>Plugs it in.</summary>
    public BareReader(int baud) =>
        _line = new VirtualLine(_folder["line"], baud, [new VirtualReader(1, key: null) { Thinking = WireFloor.Turnaround }], TimeProvider.System);

    /// <summary>The port's name.</summary>
    public string Path => _line.Path;

    /// <summary>Pulls the adapter and plugs it in again.</summary>
    public void Replug()
    {
        _line.Unplug();
        _line.Replug();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _line.Dispose();
        _folder.Dispose();
    }
}
