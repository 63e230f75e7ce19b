using KioskLink.Node.Clock;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.RegisterLink;

namespace KioskLink.Node.Outage;

/// <summary>Carries kept acts to the register while the link is online, as <see cref="ReplayRules"/> says. One task until the node stops.</summary>
internal sealed class Replay(ActBook acts, ReplayCalls register, Link link, NodeClock clock, Alarms alarms, TimeProvider time, RetryDelay retry)
{
    private const string RefusalAlarm = "loan-acts";
    private readonly Queue<ReplayInput> _inputs = new();
    private ReplayState _state = ReplayState.AtStart;
    private Task<ReplayInput>? _work;
    private Task? _pause;
    private long _seen;

    /// <summary>Runs until the node stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
        while (!stopping.IsCancellationRequested)
        {
            var changed = acts.Changed;
            var turned = link.State == LinkState.Online ? link.Doubted : link.WhenOnlineAsync(stopping);
            await LookAsync();
            while (_inputs.TryDequeue(out var input))
                Step(input, stopping);
            await Task.WhenAny(changed, turned, stopped, _work ?? changed, _pause ?? changed);
        }
        if (_work is { } last)
            await last;
    }

    private async Task LookAsync()
    {
        var online = link.State == LinkState.Online;
        if (online != _state.Online)
            _inputs.Enqueue(new LinkTurned(online));
        foreach (var act in acts.OpenAfter(_seen))
        {
            _inputs.Enqueue(new ActKept(act.Sequence, act.Subject));
            _seen = act.Sequence;
        }
        if (_work is { IsCompleted: true } done)
        {
            _work = null;
            _inputs.Enqueue(await done);
        }
        if (_pause is { IsCompleted: true })
        {
            _pause = null;
            _inputs.Enqueue(new PauseOver());
        }
    }

    private void Step(ReplayInput input, CancellationToken stopping)
    {
        (_state, var effects) = ReplayRules.Step(_state, input);
        foreach (var effect in effects)
            Do(effect, stopping);
    }

    private void Do(ReplayEffect effect, CancellationToken stopping)
    {
        switch (effect)
        {
            case TellRegister tell:
                _work = TellAsync(tell.Sequence, stopping);
                break;
            case WriteOutcome outcome:
                _work = WriteAsync(outcome);
                break;
            case WaitAWhile:
                _pause = Task.Delay(retry.Next(), time, stopping);
                break;
            case WaitsAreOver:
                retry.Reset();
                break;
        }
    }

    // That it is told is written first: whoever lists the acts then never takes one for untold that the register may have.
    private async Task<ReplayInput> TellAsync(long sequence, CancellationToken stopping)
    {
        if (!await acts.SendAsync(sequence))
            return new ActUnanswered();
        if (acts.Find(sequence) is not { IsOpen: true } act)
            return new ActSettled();
        var (input, problem) = await register.TellAsync(act, stopping);
        if (problem is not null)
            alarms.Raise(RefusalAlarm, $"The register takes no loans of this node: {problem} They are kept here until it does.");
        else if (input is ActAnswered)
            alarms.Clear(RefusalAlarm);
        return input;
    }

    private async Task<ReplayInput> WriteAsync(WriteOutcome outcome)
    {
        if (!await acts.SettleAsync(outcome.Sequence, outcome.State, outcome.Reason, clock.Now))
            return new ActUnanswered();
        if (acts.Waiting == 0)
            await acts.CompactAsync();
        return new ActSettled();
    }
}
