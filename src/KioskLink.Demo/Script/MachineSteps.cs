using KioskLink.Demo.Machine;
using KioskLink.Demo.Samples;
using KioskLink.Demo.World;
using KioskLink.Sip2;
using KioskLink.Sip2.Client;

namespace KioskLink.Demo.Script;

/// <summary>What a script does at a checkout machine: each step connects to the node in SIP2, logs in and asks one thing. It knows the samples' PINs alone.</summary>
internal sealed class MachineSteps(DemoWorld world, TimeProvider time)
{
    /// <summary>Lends, returns or renews an item.</summary>
    /// <exception cref="InvalidOperationException">It was refused, or not where that was expected, or nobody answered.</exception>
    public async Task RunAsync(MachineStep step)
    {
        await using var line = new MachineLine(world.MachineEndPoint, time);
        var (done, said) = step.Action switch
        {
            MachineAction.Checkout => Told(await line.Client.AskAsync<CheckoutResponse>(line.Client.Requests.CheckOut(step.Card, step.Item, PinOf(step.Card))), answer => answer.Ok),
            MachineAction.Renew => Told(await line.Client.AskAsync<RenewResponse>(line.Client.Requests.Renew(step.Card, step.Item, PinOf(step.Card))), answer => answer.Ok),
            _ => Told(await line.Client.AskAsync<CheckinResponse>(line.Client.Requests.CheckIn(step.Item)), answer => answer.Ok),
        };
        if (done == step.Refused)
            throw new InvalidOperationException(done ? "the machine did it" : $"the machine refused: {said}");
    }

    private static Secret? PinOf(string card) =>
        SamplePatron.All.FirstOrDefault(patron => patron.CardNumber == card) is { Pin.Length: > 0 } patron ? Secret.From(patron.Pin) : null;

    private static (bool Done, string Said) Told<T>(ClientResult<T> result, Func<T, bool> isDone)
        where T : SpokenResponse => result.Answer is { } answer
        ? (isDone(answer), string.Join(' ', answer.ScreenMessages))
        : throw new InvalidOperationException($"the node gave the machine no answer ({result.Failure})");
}
