using System.Collections;
using System.Runtime.InteropServices;

namespace KioskLink.Node.Hosting;

/// <summary>The program from its arguments to its exit code: 0 ok, 1 failure at run time, 2 bad configuration.</summary>
internal static class NodeProgram
{
    private const int Ok = 0;
    private const int Failed = 1;
    private const int BadConfiguration = 2;

    /// <summary>The program ends when its standard input does: then it never outlives the program that started it.</summary>
    private const string ExitWithStdin = "--exit-with-stdin";

    /// <summary>Runs until SIGTERM or SIGINT.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        Umask.OwnerOnly();
        using var stopping = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stopping));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stopping));
        try
        {
            var config = ConfigFile.Read(ConfigPath(args), Environment());
            if (args.Contains(ExitWithStdin))
                _ = StopAtEndOfAsync(Console.OpenStandardInput(), stopping);
            using var manager = new ServiceManager(System.Environment.GetEnvironmentVariable(ServiceManager.SocketVariable), TimeProvider.System);
            await NodeHost.RunAsync(config, TimeProvider.System, output, manager, stopping.Token);
            return Ok;
        }
        catch (StartProblem problem)
        {
            await errors.WriteLineAsync(problem.Message);
            return BadConfiguration;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Ok;
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException)
        {
            await errors.WriteLineAsync($"The node stopped: {failure.Message}");
            return Failed;
        }
    }

    private static string ConfigPath(string[] args) => args.Where(argument => argument != ExitWithStdin).ToArray() is ["--config", var path]
        ? path
        : throw new StartProblem("Start the node with `KioskLink.Node --config node.json`.");

    private static async Task StopAtEndOfAsync(Stream lifeline, CancellationTokenSource stopping)
    {
        await lifeline.CopyToAsync(Stream.Null);
        await stopping.CancelAsync();
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stopping)
    {
        signal.Cancel = true;
        stopping.Cancel();
    }

    private static IEnumerable<KeyValuePair<string, string>> Environment() =>
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
}
