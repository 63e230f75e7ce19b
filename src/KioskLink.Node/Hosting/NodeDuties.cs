using System.Security.Cryptography;
using KioskLink.Node.Clock;
using KioskLink.Node.Enrolment;
using KioskLink.Node.EventUplink;
using KioskLink.Node.Outage;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.StaffSignIn;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Hosting;

/// <summary>What a running node does besides its doors: link, uplink, renewal, forgetting. One task until the node stops.</summary>
internal sealed class NodeDuties(NodeParts parts, NodeIdentity identity, IdentityFile identityFile, Readiness readiness, StaffWatch staff)
{
    private const string ClockAlarm = "clock-file";
    private const string ActsAlarm = "acts-disk";
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    /// <summary>Tells the journal that the node starts, and what it left open when it ended.</summary>
    public async Task RecordStartAsync()
    {
        await parts.Journal.AppendAsync(new RecordOpen { Kind = RecordKind.NodeStarted, Detail = $"program {typeof(NodeDuties).Assembly.GetName().Version}" });
        await parts.Journal.RecordInterruptionsAsync();
        if (parts.Journal.SetAside is { } aside)
            TellOfDamage(aside);
        parts.Journal.WasSetAside += TellOfDamage;
        if (parts.Replica.WasDamaged)
            parts.Alarms.Raise("replica-damaged", "The replica was damaged and is fetched anew: check the disk.");
        if (parts.ActBook.SetAside is { } acts)
            parts.Alarms.Raise("acts-damaged", $"The loans and returns that the register had still to take were damaged and set aside whole as {acts}: keep that file for the register's operator and check the disk.");
        parts.ActBook.DiskSaid += TellOfDisk;
        if (parts.Pins.HasLostCount)
            parts.Alarms.Raise("guesses-damaged", "The count of PIN guesses was damaged and begins anew: check the disk, and who had it in hand.");
    }

    /// <summary>Runs everything until the node stops.</summary>
    public Task RunAsync(CancellationToken stopping)
    {
        parts.Link.Changed += RecordLink;
        var renewal = new Renewal(identity, identityFile, parts.Channels, parts.Clock, parts.Alarms, parts.Time, parts.Logs.CreateLogger<Renewal>());
        var link = new LinkLoop(
            parts.Channels, () => new SyncClient(parts.Replica, parts.Traces, parts.Secrets, parts.Clock, parts.Link), parts.Status, parts.Link, parts.Replica,
            parts.Alarms, parts.Time, NewRetry(), NewRetry(), parts.Logs.CreateLogger<LinkLoop>());
        link.CertificateExpired += renewal.Ask;
        link.Revoked += staff.Wipe;
        var uplink = new Uplink(
            parts.Channels, parts.Journal, parts.Link, parts.Alarms, parts.Steps, parts.Time, NewRetry(), parts.Logs.CreateLogger<Uplink>());
        var replay = new Replay(
            parts.ActBook, new ReplayCalls(() => parts.Channels.Loans, parts.Clock, parts.Time), parts.Link, parts.Clock, parts.Alarms, parts.Time, NewRetry());
        return Task.WhenAll(
            replay.RunAsync(stopping), link.RunAsync(stopping), uplink.RunAsync(stopping), renewal.RunAsync(stopping), ForgetAsync(stopping), KeepTimeAsync(stopping), RehearseAsync(stopping),
            staff.RunAsync(stopping));
    }

    /// <summary>Waits with a jitter of their own.</summary>
    public static RetryDelay NewRetry()
    {
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        return new RetryDelay(random.NextDouble);
    }

    private void TellOfDamage(string aside) => parts.Alarms.Raise(
        "journal-damaged", $"The journal was damaged and set aside whole as {aside}: keep that file for the register's operator.");

    private void TellOfDisk(string? problem)
    {
        if (problem is null)
            parts.Alarms.Clear(ActsAlarm);
        else
            parts.Alarms.Raise(ActsAlarm, $"Loans and returns cannot be kept ({problem}), so machines refuse them while the register is away: free or mend the disk.");
    }

    private void RecordLink(LinkState state) => _ = parts.Journal.AppendAsync(new RecordOpen { Kind = RecordKind.Link, Detail = $"{state}" });

    private async Task RehearseAsync(CancellationToken stopping)
    {
        await readiness.WhenFilledAsync(parts.Time, stopping);
        await parts.Local.RehearseAsync();
        readiness.OnRehearsed();
    }

    private async Task KeepTimeAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(NodeClock.KeepEvery.ToTimeSpan(), parts.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (parts.Clock.Keep())
                parts.Alarms.Clear(ClockAlarm);
            else
                parts.Alarms.Raise(ClockAlarm, "The time cannot be kept on disk, so that after a restart the clock may not be trusted: free or mend the disk.");
        }
    }

    private async Task ForgetAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (parts.Replica.Branch is { } branch && parts.Clock.Trusted)
                await parts.Journal.ForgetAsync(branch.JournalIdentifiableFor);
            if (parts.Clock.Trusted)
            {
                await parts.ActBook.ForgetBeforeAsync(parts.Clock.Now - ActBook.KeptFor);
                parts.ActBook.ForgetAsideBefore(parts.Clock.Now - ActBook.AsideKeptFor);
            }
            await Task.Delay(ForgetEvery, parts.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
