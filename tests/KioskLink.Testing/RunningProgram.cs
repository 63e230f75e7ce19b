using System.Diagnostics;
using System.Text;

namespace KioskLink.Testing;

/// <summary>A real program as a process of its own: its output lines as events, stopped with the test that started it.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private const int SignalTerminate = 15;
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly Inbox<string> _lines = new();

    private RunningProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Post(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>What it has written to standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Starts a program; a path that ends in .dll runs under the dotnet of this test.</summary>
    public static RunningProgram Start(string program, IEnumerable<string> arguments, string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var isAssembly = program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isAssembly ? Environment.ProcessPath is { } host && IsDotnet(host) ? host : "dotnet" : program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        };
        if (isAssembly)
            start.ArgumentList.Add(program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new RunningProgram(new Process { StartInfo = start });
    }

    /// <summary>The next line of output that begins with a word (`LISTENING`, `READY`); throws when the program ends first.</summary>
    public async Task<string> Line(string beginning)
    {
        var line = await _lines.NextWhere(
            line => line.StartsWith(beginning, StringComparison.Ordinal) || line == EndOfOutput,
            $"a line `{beginning}` of {_process.StartInfo.FileName}", Patience.Program);
        return line == EndOfOutput
            ? throw new InvalidOperationException($"The program ended before a line `{beginning}`. Its errors: {Errors}")
            : line;
    }

    /// <summary>Types a line on its standard input.</summary>
    public Task Type(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>Waits for its end and returns the exit code.</summary>
    public async Task<int> Exit()
    {
        await Patience.For(_process.WaitForExitAsync(), $"the end of {_process.StartInfo.FileName}", Patience.Program);
        return _process.ExitCode;
    }

    /// <summary>Waits for its end, collecting its output lines, and returns the exit code.</summary>
    public async Task<int> ExitAfter(ICollection<string> output)
    {
        for (var line = ""; line != EndOfOutput; output.Add(line))
            line = await _lines.NextWhere(_ => true, $"output of {_process.StartInfo.FileName}", Patience.Program);
        return await Exit();
    }

    /// <summary>Asks it to end (SIGTERM) and returns the exit code.</summary>
    public Task<int> Stop()
    {
        Signal(SignalTerminate);
        return Exit();
    }

    /// <summary>Ends it at once (SIGKILL), as a power cut would.</summary>
    public Task<int> Kill()
    {
        _process.Kill();
        return Exit();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill();
        _process.Dispose();
    }

    private const string EndOfOutput = "\u0004";

    private static bool IsDotnet(string path) => Path.GetFileNameWithoutExtension(path) == "dotnet";

    private void Signal(int number)
    {
        using var kill = Process.Start("kill", [$"-{number}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    private void Post(string? line) => _lines.Post(line ?? EndOfOutput);

    private void Note(string? line)
    {
        lock (_errors)
            _errors.AppendLine(line);
    }
}
