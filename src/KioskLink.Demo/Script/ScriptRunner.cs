using KioskLink.Demo.World;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>Runs script steps against the demo, one after the other. Not thread-safe.</summary>
internal sealed class ScriptRunner(DemoWorld world, StepActions actions, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan DecisionTimeout = TimeSpan.FromSeconds(10);
    private readonly LastCard _card = new(world);

    /// <summary>Runs all steps; returns 0, or 1 after naming the line that failed or was interrupted.</summary>
    public async Task<int> RunAsync(IReadOnlyList<Step> steps, CancellationToken cancellation)
    {
        foreach (var step in steps)
        {
            output.WriteLine(step.Text);
            try
            {
                cancellation.ThrowIfCancellationRequested();
                await RunAsync(step).WaitAsync(cancellation);
            }
            catch (Exception e) when (StepProblem.Of(e) is { } problem)
            {
                output.WriteLine($"FAILED line {step.Line}: {step.Text}: {problem}");
                return 1;
            }
        }
        return 0;
    }

    /// <summary>Runs one step; a step that does not hold throws what <see cref="StepProblem"/> can tell.</summary>
    public Task RunAsync(Step step) => step switch
    {
        CardStep card => CardAsync(card.Number),
        PinStep pin => PinAsync(pin.Digits),
        ExpectStep expect => ExpectAsync(expect),
        DoorStep door => actions.DoorAsync(door.Action),
        NetworkStep network => actions.NetworkAsync(network.Action),
        BanStep ban => actions.BanAsync(ban.Customer, ban.Kind, ban.Lift),
        ReaderStep reader => actions.ReaderAsync(reader.Plug),
        ProgramStep program => ProgramAsync(program),
        MachineStep machine => new MachineSteps(world, time).RunAsync(machine),
        WaitStep wait => Task.Delay(wait.Time, time),
        SettledStep => SettledAsync(),
        CommentStep => Task.CompletedTask,
        _ => throw new InvalidOperationException($"No way to run a {step.GetType().Name}."),
    };

    private async Task CardAsync(string number)
    {
        await actions.WaitForReaderAsync();
        await _card.BeginAsync();
        actions.Present(number);
    }

    private Task PinAsync(string digits)
    {
        _card.Typed();
        return actions.TypeAsync(digits + "#");
    }

    private async Task ExpectAsync(ExpectStep expect)
    {
        var decision = await _card.DecisionAsync(DecisionTimeout)
            ?? throw new TimeoutException($"no decision came within {DecisionTimeout.TotalSeconds:0} s");
        if (decision.Code != expect.Code || (expect.Source != Source.Unspecified && decision.Source != expect.Source))
        {
            throw new InvalidOperationException($"the decision was {Words.Of(decision.Code)} {Words.Of(decision.Source)}");
        }
    }

    private Task ProgramAsync(ProgramStep step)
    {
        if (step is { Program: ProgramName.Node, Start: false })
        {
            _card.Forget();
        }
        return actions.ProgramAsync(step.Program, step.Start);
    }

    private async Task SettledAsync()
    {
        await _card.FinishAsync();
        await actions.SettledAsync();
    }
}
