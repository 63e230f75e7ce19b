using KioskLink.Circulation.Lending;
using KioskLink.Circulation.Machines;
using KioskLink.Register.Alarms;
using KioskLink.Register.Hosting;
using KioskLink.Rules.Alarms;
using KioskLink.Sip2.Server;

namespace KioskLink.Register.Machines;

/// <summary>The register's side of machines that speak SIP2 to it directly: listeners, logins, and who answers. Thread-safe.</summary>
internal sealed class RegisterMachines : IAsyncDisposable
{
    private readonly MachineListeners _listeners;
    private readonly MachineWatch _watch;
    private readonly BranchChannels _channels;

    private RegisterMachines(MachineListeners listeners, MachineWatch watch, BranchChannels channels) => (_listeners, _watch, _channels) = (listeners, watch, channels);

    /// <summary>Where machines connect.</summary>
    public IReadOnlyList<string> Addresses => _listeners.Addresses;

    /// <summary>Begins to listen; the register must answer already.</summary>
    /// <param name="config">The machines, checked.</param>
    /// <param name="channels">The way to LoanService; disposed with the listeners.</param>
    /// <param name="alarms">Takes alarms.</param>
    /// <param name="log">Takes lines.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task<RegisterMachines> StartAsync(Sip2Config config, BranchChannels channels, AlarmDesk alarms, ILogger log, TimeProvider time)
    {
        var logins = new MachineLogins(config, branch: "", time);
        var (ids, proofs) = (new ActIds(time), new ProofMemory(time));
        var watch = new MachineWatch(config, (subject, sentence) => SetAlarm(alarms, subject, sentence), (report, swallowed) => Tell(log, report, swallowed), time);
        try
        {
            var listeners = await MachineListeners.StartAsync(
                config, logins, branch: "", login => new RegisterCirculation(channels, logins, ids, proofs, alarms, time, login), watch.Take, time);
            return new RegisterMachines(listeners, watch, channels);
        }
        catch (IOException)
        {
            watch.Dispose();
            channels.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _listeners.DisposeAsync();
        _watch.Dispose();
        _channels.Dispose();
    }

    private static void SetAlarm(AlarmDesk alarms, string subject, string? sentence)
    {
        if (sentence is null)
            alarms.Clear(AlarmPlace.Register, subject);
        else
            alarms.Raise(AlarmPlace.Register, subject == MachineWatch.LoginAlarm ? AlarmKind.PinGuessing : AlarmKind.Other, subject, sentence);
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
