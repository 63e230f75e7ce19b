using KioskLink.Demo.Script;
using KioskLink.Demo.Setup;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Scenarios;

/// <summary>
/// The node's system calls on every grant: the sync of the journal's file has returned before the unlock is written to the serial line.
/// The I/O module speaks in clear here, so that the unlock frame is recognised by its bytes and not by its time; the record is recognised in the
/// journal's writes by its attempt id. The order is that of strace's own lines.
/// </summary>
public class JournalBeforeLockScenario
{
    private const byte ModuleAddress = 2;
    private const byte OutputCommand = 0x68;
    private const byte TimedOn = 5;

    [Fact]
    public async Task The_journals_sync_has_returned_before_the_unlock_is_written_on_every_grant_online_and_offline()
    {
        await using var branch = await Branch.OpenAsync(new LockModule(IsSecure: false));
        var line = File.ResolveLinkTarget(branch.World.Folder.BusLink, returnFinalTarget: true)!.FullName;
        await using var trace = await SystemCalls.AttachAsync(branch.World.NodeProcess, branch.World.Folder.In("trace.txt"));
        List<RecordOpen> grants = [.. await PresentThreeAsync(branch)];
        await branch.Actions.NetworkAsync(NetworkAction.Cut);
        grants.AddRange(await PresentThreeAsync(branch));
        var calls = await trace.DetachAsync();

        Assert.Contains(grants, grant => grant.Source == Source.Register);
        Assert.Contains(grants, grant => grant.Source == Source.Replica);
        var unlocks = calls.Where(call => call.Path == line && IsUnlock(call.Data)).ToList();
        Assert.Equal(grants.Count, unlocks.Count);
        Assert.All(grants.Zip(unlocks), pair => Assert.InRange(SyncOf(pair.First.AttemptId, calls), 0, pair.Second.Entered - 1));
    }

    private static async Task<IReadOnlyList<RecordOpen>> PresentThreeAsync(Branch branch)
    {
        var grants = new List<RecordOpen>();
        foreach (var (card, pin) in new[] { (Branch.Aino, Branch.AinosPin), (Branch.StaffBadge, ""), (Branch.Aino, Branch.AinosPin) })
            grants.Add(await branch.LetInAsync(card, pin));
        return grants;
    }

    /// <summary>The line at which the first sync returned that began after the record was written.</summary>
    private static int SyncOf(string attempt, IReadOnlyList<SystemCall> calls)
    {
        var written = calls.First(call => IsJournal(call) && call.Data.Contains(attempt, StringComparison.Ordinal));
        return calls.First(call => IsJournal(call) && call.IsSync && call.Entered > written.Returned).Returned;
    }

    private static bool IsJournal(SystemCall call) => call.Path.EndsWith("/journal.db-wal", StringComparison.Ordinal);

    /// <summary>An OSDP frame in clear: start, address, two bytes of length, control, command; then output, code and timer.</summary>
    private static bool IsUnlock(string data)
    {
        var start = data.IndexOf((char)0x53);
        return start >= 0 && data.Length > start + 7 && data[start + 1] == ModuleAddress && data[start + 5] == OutputCommand && data[start + 7] == TimedOn;
    }
}
