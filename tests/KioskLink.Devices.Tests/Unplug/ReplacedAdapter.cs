using KioskLink.Devices.Serial;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Unplug;

/// <summary>An adapter under its by-id name. Each time it comes back it is another pseudo-terminal, with another minor number.</summary>
internal sealed class ReplacedAdapter : IDisposable
{
    private readonly TempFolder _folder = new();
    private Pty _pty;
    private Pty _blocker;
    private int _made;

    public ReplacedAdapter()
    {
        (_blocker, _pty) = (Make(), Make());
        PointToIt();
    }

    /// <summary>The by-id name.</summary>
    public string Path => _folder["by-id"];

    /// <summary>The device behind it now.</summary>
    public string Target => File.ResolveLinkTarget(Path, returnFinalTarget: true)!.FullName;

    public void Write(ReadOnlySpan<byte> bytes) => Assert.Equal(bytes.Length, Libc.Write(_pty.Master, bytes));

    /// <summary>The cable is out: the name is gone and the port hangs up.</summary>
    public void Pull()
    {
        File.Delete(Path);
        _pty.Dispose();
    }

    /// <summary>It is back. Whoever holds its old number keeps it.</summary>
    public void Return()
    {
        var blocker = Make();
        _blocker.Dispose();
        (_blocker, _pty) = (blocker, Make());
        PointToIt();
    }

    /// <summary>Out and back before anybody could look.</summary>
    public void Replace()
    {
        var old = _pty;
        _pty = Make();
        PointToIt();
        old.Dispose();
    }

    public void Dispose()
    {
        _pty.Dispose();
        _blocker.Dispose();
        _folder.Dispose();
    }

    private Pty Make() => new(_folder[$"pty{_made++}"]);

    private void PointToIt()
    {
        var (made, name) = (_folder[$"pty{_made - 1}"], _folder["by-id.new"]);
        File.CreateSymbolicLink(name, made);
        File.Move(name, Path, overwrite: true);
    }
}
