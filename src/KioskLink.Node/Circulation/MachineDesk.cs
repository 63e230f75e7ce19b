using KioskLink.Circulation.Lending;
using KioskLink.Circulation.Machines;
using KioskLink.Node.Hosting;
using KioskLink.Node.Outage;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;

namespace KioskLink.Node.Circulation;

/// <summary>The node's side of the machines that speak SIP2: listeners, logins, and who answers. Thread-safe.</summary>
internal sealed class MachineDesk : IAsyncDisposable
{
    private readonly MachineListeners _listeners;
    private readonly MachineWatch _watch;

    private MachineDesk(MachineListeners listeners, MachineWatch watch) => (_listeners, _watch) = (listeners, watch);

    /// <summary>Where machines connect.</summary>
    public IReadOnlyList<string> Addresses => _listeners.Addresses;

    /// <summary>What the listeners have done and hold.</summary>
    public ListenerCounts Counts => _listeners.Counts;

    /// <summary>The machines that are connected now, with the number of their connections.</summary>
    public IReadOnlyDictionary<string, int> Connected => _watch.Connected;

    /// <summary>Begins to listen; null where node.json has no machines.</summary>
    /// <param name="parts">The node's parts.</param>
    /// <param name="offline">Answers without the register, by the login that is meant where machines need none.</param>
    /// <param name="gates">What gates need done at the doors.</param>
    /// <exception cref="StartProblem">An address is taken.</exception>
    public static async Task<MachineDesk?> StartAsync(NodeParts parts, Func<string?, ICirculation> offline, GateWork gates)
    {
        if (parts.Config.Sip2 is not { Listeners.Count: > 0 } config)
            return null;
        var logins = new MachineLogins(config, parts.Config.Branch, parts.Time);
        var proofs = new ProofMemory(parts.Time);
        var log = parts.Logs.CreateLogger<MachineDesk>();
        var watch = new MachineWatch(config, (subject, sentence) => SetAlarm(parts, subject, sentence), (report, swallowed) => Tell(log, report, swallowed), parts.Time);
        try
        {
            return new MachineDesk(await MachineListeners.StartAsync(config, logins, parts.Config.Branch, Answering, watch.Take, parts.Time), watch);
        }
        catch (IOException taken)
        {
            watch.Dispose();
            throw new StartProblem(taken.Message);
        }

        CirculationInOrder Answering(string? login)
        {
            var alone = offline(login);
            return new(new NodeCirculation(parts, logins, proofs, new GateDecisions(gates, parts.Time), alone, login), alone, parts.ActBook, parts.Time);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _listeners.DisposeAsync();
        _watch.Dispose();
    }

    private static void SetAlarm(NodeParts parts, string subject, string? sentence)
    {
        if (sentence is null)
            parts.Alarms.Clear(subject);
        else
            parts.Alarms.Raise(subject, sentence);
    }

    private static void Tell(ILogger log, ListenerReport report, int swallowed)
    {
        if (report.Event == SessionEvent.LoggedIn)
            log.MachineLoggedIn(report.Login!, report.Source, swallowed);
        else if (report.Event == SessionEvent.AnswerFailed)
            log.MachineUnanswered(report.Login ?? report.Source, $"{report.Code}", report.Error?.GetType().Name ?? "too slow", swallowed);
        else
            log.MachineReported(report.Login ?? "nobody", report.Source, $"{report.Event}", swallowed);
    }
}
