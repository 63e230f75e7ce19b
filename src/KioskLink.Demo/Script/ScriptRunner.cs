using KioskLink.Demo.World;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>Runs script steps against the demo, one after the other. Not thread-safe.</summary>
internal sealed class ScriptRunner(DemoWorld world, StepActions actions, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan ReaderTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DecisionTimeout = TimeSpan.FromSeconds(10);
    private long _journalAtCard;

    /// <summary>Runs all steps; returns 0, or 1 after naming the line that failed.</summary>
    public async Task<int> RunAsync(IReadOnlyList<Step> steps, CancellationToken cancellation)
    {
        foreach (var step in steps)
        {
            cancellation.ThrowIfCancellationRequested();
            output.WriteLine(step.Text);
            try
            {
                await RunAsync(step);
            }
            catch (Exception e) when (e is TimeoutException or ScriptException or Grpc.Core.RpcException or InvalidOperationException)
            {
                output.WriteLine($"FAILED line {step.Line}: {step.Text}: {Problem(e)}");
                return 1;
            }
        }
        return 0;
    }

    /// <summary>Runs one step; a step that does not hold throws.</summary>
    public Task RunAsync(Step step) => step switch
    {
        CardStep card => CardAsync(card.Number),
        PinStep pin => actions.TypeAsync(pin.Digits + "#"),
        ExpectStep expect => ExpectAsync(expect),
        DoorStep door => actions.DoorAsync(door.Action),
        NetworkStep network => actions.NetworkAsync(network.Action),
        BanStep ban => actions.BanAsync(ban.Customer, ban.Kind, ban.Lift),
        ReaderStep reader => actions.ReaderAsync(reader.Plug),
        ProgramStep program => actions.ProgramAsync(program.Program, program.Start),
        WaitStep wait => Task.Delay(wait.Time, time),
        SettledStep => actions.SettledAsync(),
        CommentStep => Task.CompletedTask,
        _ => throw new InvalidOperationException($"No way to run a {step.GetType().Name}."),
    };

    private async Task CardAsync(string number)
    {
        await world.WaitForReaderAsync(ReaderTimeout);
        _journalAtCard = (await world.StatusAsync())?.JournalSequence ?? _journalAtCard;
        actions.Present(number);
    }

    private async Task ExpectAsync(ExpectStep expect)
    {
        var record = await world.Journal.FindAsync(_journalAtCard, open => open.Kind == RecordKind.Decision, DecisionTimeout)
            ?? throw new TimeoutException($"no decision came within {DecisionTimeout.TotalSeconds:0} s");
        var (code, source) = (record.Open.Code, record.Open.Source);
        if (code != expect.Code || (expect.Source != Source.Unspecified && source != expect.Source))
        {
            throw new ScriptException(expect.Line, $"the decision was {Words.Of(code)} {Words.Of(source)}");
        }
    }

    private static string Problem(Exception e) => e is Grpc.Core.RpcException rpc ? rpc.Status.Detail : e.Message;
}
