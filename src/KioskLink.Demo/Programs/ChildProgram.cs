using System.Diagnostics;
using System.Text.Json;

namespace KioskLink.Demo.Programs;

/// <summary>
/// A real KioskLink program run as a process. Its standard input is a pipe that the program watches: when the demo dies,
/// SIGKILL included, the pipe closes and the program ends with it.
/// </summary>
internal sealed class ChildProgram(string name, IReadOnlyList<string> arguments, string logFile)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);
    private readonly Lock _log = new();
    private string _lastError = "";
    private Process? _process;
    private TaskCompletionSource<JsonElement> _listening = NewSource<JsonElement>();
    private TaskCompletionSource<bool> _ready = NewSource<bool>();

    /// <summary>Whether the process runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The id of the process, running or ended.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException($"{name} was never started.");

    /// <summary>Starts the process and waits until every listener accepts; returns what the program says of them.</summary>
    /// <exception cref="InvalidOperationException">It runs already, or it ended; holds what it said.</exception>
    public async Task<JsonElement> StartAsync(CancellationToken cancellation = default)
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"{name} runs already");
        }
        (_listening, _ready) = (NewSource<JsonElement>(), NewSource<bool>());
        var process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        var (listening, ready) = (_listening, _ready);
        process.OutputDataReceived += (_, e) => OnOutput(e.Data, listening, ready);
        process.ErrorDataReceived += (_, e) => OnError(e.Data);
        process.Exited += (_, _) => _ = OnExitAsync(process, listening, ready);
        _lastError = "";
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        return await listening.Task.WaitAsync(StartTimeout, cancellation);
    }

    /// <summary>Waits until the program says that it is ready for patrons.</summary>
    public Task WaitUntilReadyAsync(TimeSpan timeout, CancellationToken cancellation = default) => _ready.Task.WaitAsync(timeout, cancellation);

    /// <summary>Kills the process with SIGKILL, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Asks the program to stop, and kills it when it does not within ten seconds.</summary>
    public async Task StopAsync()
    {
        if (_process is not { HasExited: false } process)
        {
            return;
        }
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(StopTimeout);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(ProgramFiles.Host)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(ProgramFiles.Find(name));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        start.ArgumentList.Add("--exit-with-stdin");
        // A killed program would leave its debugger's pipes behind in the temporary folder.
        start.Environment.TryAdd("DOTNET_EnableDiagnostics", "0");
        return start;
    }

    private void OnOutput(string? line, TaskCompletionSource<JsonElement> listening, TaskCompletionSource<bool> ready)
    {
        if (line is null)
        {
            return;
        }
        if (line.StartsWith("LISTENING ", StringComparison.Ordinal))
        {
            listening.TrySetResult(JsonSerializer.Deserialize<JsonElement>(line["LISTENING ".Length..]));
        }
        else if (line == "READY")
        {
            ready.TrySetResult(true);
        }
        else
        {
            Append(line);
        }
    }

    private void OnError(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            _lastError = line;
        }
        Append(line);
    }

    private async Task OnExitAsync(Process process, TaskCompletionSource<JsonElement> listening, TaskCompletionSource<bool> ready)
    {
        await process.WaitForExitAsync();
        var said = _lastError.Length > 0 ? _lastError : $"exit code {process.ExitCode}, see {logFile}";
        var problem = new InvalidOperationException($"{name} ended before it was ready: {said}");
        listening.TrySetException(problem);
        ready.TrySetException(problem);
        // Nobody may be waiting for either: the log already has it.
        _ = listening.Task.Exception;
        _ = ready.Task.Exception;
    }

    private void Append(string? line)
    {
        if (line is null)
        {
            return;
        }
        try
        {
            lock (_log)
            {
                File.AppendAllText(logFile, line + Environment.NewLine);
            }
        }
        catch (IOException)
        {
            // The disk is full: the programs go on, and so does the demo.
        }
    }

    private static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
