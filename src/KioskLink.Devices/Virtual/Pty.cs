using System.Text;
using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Virtual;

/// <summary>A pseudo-terminal behind a symbolic link: the link is the adapter's name, deleting both is the pulled cable.</summary>
internal sealed class Pty : IDisposable
{
    private readonly string _link;

    public Pty(string link)
    {
        _link = link;
        Master = Check(Libc.OpenPtyMaster(Libc.ReadWrite | Libc.NoControllingTty | Libc.CloseOnExec | Libc.NonBlocking), "posix_openpt");
        Check(Libc.GrantPty(Master), "grantpt");
        Check(Libc.UnlockPty(Master), "unlockpt");
        var name = new byte[128];
        Check(Libc.PtyName(Master, name, (nuint)name.Length), "ptsname_r");
        var path = Encoding.ASCII.GetString(name.AsSpan(0, name.AsSpan().IndexOf((byte)0)));
        // Held open, so that the master can be read while no panel has opened the line.
        Slave = Check(Libc.Open(path, Libc.ReadWrite | Libc.NoControllingTty | Libc.NonBlocking | Libc.CloseOnExec), "open");
        Termios.MakeRaw(Slave, StartBaud);
        File.Delete(link);
        File.CreateSymbolicLink(link, path);
    }

    public const int StartBaud = 9600;

    public int Master { get; }

    public int Slave { get; }

    /// <summary>The speed the panel has set.</summary>
    public int PanelBaud => Termios.BaudOf(Slave);

    /// <summary>Takes away the exclusive mark a killed panel left behind: with the slave held open it would never go.</summary>
    public void AllowOpening() => _ = Libc.Control(Slave, Libc.ExclusiveOff, 0);

    public void Dispose()
    {
        File.Delete(_link);
        _ = Libc.Close(Slave);
        _ = Libc.Close(Master);
    }

    private static int Check(int result, string call) =>
        result >= 0 ? result : throw new InvalidOperationException($"{call} failed with error {Libc.LastError}: no pseudo-terminal can be made");
}
