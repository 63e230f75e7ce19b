using Google.Protobuf;
using Google.Protobuf.Collections;
using Grpc.Core;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.StaffSignIn;

/// <summary>
/// Asks the register while it can be reached whether the accounts that are kept or signed in here are as they were, and forgets those that are
/// not. Costs nothing where there are none. Runs until the node stops.
/// </summary>
internal sealed class StaffWatch(RegisterChannels channels, Link link, KeptAccounts accounts, SessionBook sessions, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Told of a disk that does not forget: which words, or null when it does again.</summary>
    public event Action<string?>? DiskTold;

    /// <summary>Looks, at once when the link comes back.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        long? asked = null;
        while (!stopping.IsCancellationRequested)
        {
            if (link.State != LinkState.Online)
                asked = null;
            else if (asked is null || time.GetElapsedTime(asked.Value) >= StaffLimits.CheckEvery)
                asked = await CheckAsync(stopping) ? time.GetTimestamp() : null;
            await Task.Delay(LookEvery, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Forgets everybody: the node is revoked.</summary>
    public void Wipe()
    {
        sessions.EndAll();
        OnDisk(accounts.Wipe);
    }

    private async Task<bool> CheckAsync(CancellationToken stopping)
    {
        var marks = Marks();
        if (marks.Count == 0)
            return true;
        try
        {
            var answer = await channels.Staff.CheckStaffAsync(new CheckStaffRequest { Marks = { marks } }, deadline: time.GetUtcNow().UtcDateTime + StaffLimits.AskFor, cancellationToken: stopping);
            Forget(answer.EndedRefs);
            return true;
        }
        catch (Exception error) when (error is RpcException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void Forget(RepeatedField<string> refs)
    {
        if (refs.Count == 0)
            return;
        sessions.EndOf(refs);
        OnDisk(() => accounts.Forget(refs));
    }

    private void OnDisk(Action change)
    {
        try
        {
            change();
            DiskTold?.Invoke(null);
        }
        catch (IOException broken)
        {
            DiskTold?.Invoke($"Accounts of staff that may sign in no longer stay on the disk ({broken.Message}): free or mend it before the node starts again.");
        }
    }

    private List<StaffMark> Marks() =>
        [.. accounts.All.Select(account => (account.Ref, account.Stamp)).Concat(sessions.All.Select(session => (session.Ref, session.Stamp)))
            .DistinctBy(known => known.Ref).Select(known => new StaffMark { AccountRef = known.Ref, Stamp = ByteString.CopyFrom(known.Stamp) })];
}
