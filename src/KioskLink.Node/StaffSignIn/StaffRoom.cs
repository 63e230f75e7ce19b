using KioskLink.Node.Diagnostics;
using KioskLink.Node.Hosting;

namespace KioskLink.Node.StaffSignIn;

/// <summary>Staff at the node's own pages: who may sign in, and who is signed in.</summary>
internal sealed class StaffRoom : IDisposable
{
    private const string DiskAlarm = "staff-disk";

    /// <summary>Opens what the data folder keeps.</summary>
    /// <param name="parts">The node's parts.</param>
    public StaffRoom(NodeParts parts)
    {
        var accounts = new KeptAccounts(Path.Combine(parts.Config.Data, "staff.json"), parts.Clock);
        var guesses = new GuessBook(Path.Combine(parts.Config.Data, "staff-guesses.json"));
        Sessions = new SessionBook(parts.Time);
        Desk = new SignInDesk(parts.Channels, parts.Link, parts.Secrets, parts.Clock, parts.Journal, accounts, guesses, parts.Time);
        Watch = new StaffWatch(parts.Channels, parts.Link, accounts, Sessions, parts.Time);
        Watch.DiskTold += problem => Tell(parts.Alarms, problem);
        if (guesses.WasDamaged)
            parts.Alarms.Raise("staff-guesses", "The count of staff's wrong passwords was damaged and begins anew: check the disk, and who had it in hand.");
    }

    /// <summary>Signs in.</summary>
    public SignInDesk Desk { get; }

    /// <summary>Who is signed in.</summary>
    public SessionBook Sessions { get; }

    /// <summary>Forgets whom the register has locked or changed.</summary>
    public StaffWatch Watch { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sessions.EndAll();
        Desk.Dispose();
    }

    private static void Tell(Alarms alarms, string? problem)
    {
        if (problem is null)
            alarms.Clear(DiskAlarm);
        else
            alarms.Raise(DiskAlarm, problem);
    }
}
