using System.Runtime.InteropServices;
using KioskLink.Demo;
using KioskLink.Demo.Page;
using KioskLink.Demo.Programs;
using KioskLink.Demo.Samples;
using KioskLink.Demo.Script;
using KioskLink.Demo.World;

return await CommandLine.RunAsync(args, RunAsync);

static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellation)
{
    using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stopping));
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stopping));
    using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, stopping));
    _ = DotnetRun.WhenGoneAsync(stopping.Cancel, TimeProvider.System, stopping.Token);
    try
    {
        var steps = options.Script is { } file ? ScriptParser.Parse(File.ReadLines(file)) : null;
        return await PlayAsync(options, steps, stopping.Token);
    }
    catch (ScriptException e)
    {
        Console.Error.WriteLine($"{options.Script}: {e.Message}");
        return 1;
    }
    catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or Grpc.Core.RpcException { StatusCode: Grpc.Core.StatusCode.Cancelled })
    {
        // Told to stop, it has done what it was asked, unless a script was to be run.
        return options.Script is null ? 0 : 1;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException or Grpc.Core.RpcException)
    {
        Console.Error.WriteLine($"The demo cannot go on: {StepProblem.Of(e) ?? e.Message}");
        return 1;
    }
    finally
    {
        if (options.DataIsTemporary)
        {
            Directory.Delete(options.Data, recursive: true);
        }
    }
}

static async Task<int> PlayAsync(DemoOptions options, IReadOnlyList<Step>? steps, CancellationToken cancellation)
{
    var time = TimeProvider.System;
    await using var world = new DemoWorld(options, Console.Out, time);
    await world.StartAsync(cancellation);
    var actions = new StepActions(world, time);
    await using var page = options.Headless ? null : await DemoPage.StartAsync(world, actions, options.PagePort, time);
    Welcome.Print(Console.Out, world, page?.Address);
    var runner = new ScriptRunner(world, actions, Console.Out, time);
    if (steps is not null)
    {
        return await runner.RunAsync(steps, cancellation);
    }
    if (!options.Headless && !Console.IsInputRedirected)
    {
        return await Terminal.RunAsync(runner, Console.In, Console.Out, cancellation);
    }
    await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
    return 0;
}

static void Stop(PosixSignalContext signal, CancellationTokenSource stopping)
{
    signal.Cancel = true;
    stopping.Cancel();
}
