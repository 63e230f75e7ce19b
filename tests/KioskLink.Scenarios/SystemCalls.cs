using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>A write or a sync of a traced program.</summary>
/// <param name="Name">The call: write, pwrite64, fsync, fdatasync.</param>
/// <param name="Path">The file it went to.</param>
/// <param name="Data">What was written, a character a byte.</param>
/// <param name="Entered">The trace's line at which it began.</param>
/// <param name="Returned">The line at which it returned with success; <see cref="int.MaxValue"/> when it never did.</param>
internal sealed record SystemCall(string Name, string Path, string Data, int Entered, int Returned)
{
    /// <summary>Whether it makes a file durable.</summary>
    public bool IsSync => Name is "fsync" or "fdatasync";
}

/// <summary>Debian's strace on a running program: its writes and syncs, in the order in which they began and returned.</summary>
internal sealed partial class SystemCalls : IAsyncDisposable
{
    private readonly RunningProgram _strace;
    private readonly string _file;

    private SystemCalls(RunningProgram strace, string file) => (_strace, _file) = (strace, file);

    /// <summary>Attaches to every thread of a process.</summary>
    public static async Task<SystemCalls> AttachAsync(int process, string file)
    {
        var strace = RunningProgram.Start("strace",
            ["-f", "-y", "-xx", "-ttt", "-s", "5000", "-e", "trace=fsync,fdatasync,write,pwrite64", "-e", "signal=none",
             "-o", file, "-p", process.ToString(CultureInfo.InvariantCulture)]);
        await Patience.Until(() => File.Exists(file) && new FileInfo(file).Length > 0, $"strace traced: {strace.Errors}", Patience.Program);
        return new SystemCalls(strace, file);
    }

    /// <summary>Detaches and reads the trace.</summary>
    public async Task<IReadOnlyList<SystemCall>> DetachAsync()
    {
        await _strace.Stop();
        return Parse(await File.ReadAllLinesAsync(_file));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _strace.DisposeAsync();

    /// <summary>A call that another thread's line interrupts is printed in two parts, joined here.</summary>
    private static List<SystemCall> Parse(string[] lines)
    {
        var calls = new List<SystemCall>();
        var unfinished = new Dictionary<string, int>();
        for (var at = 0; at < lines.Length; at++)
        {
            if (Entry().Match(lines[at]) is { Success: true } entry)
            {
                var isUnfinished = lines[at].EndsWith("<unfinished ...>", StringComparison.Ordinal);
                if (isUnfinished)
                    unfinished[entry.Groups["thread"].Value] = calls.Count;
                calls.Add(new SystemCall(entry.Groups["name"].Value, Decode(entry.Groups["path"].Value), Decode(entry.Groups["data"].Value),
                    at, !isUnfinished && Succeeded(lines[at]) ? at : int.MaxValue));
            }
            else if (Resumed().Match(lines[at]) is { Success: true } resumed && unfinished.Remove(resumed.Groups["thread"].Value, out var call) && Succeeded(lines[at]))
            {
                calls[call] = calls[call] with { Returned = at };
            }
        }
        return calls;
    }

    private static bool Succeeded(string line) => Result().Match(line).Groups["result"] is { Success: true, Value: not ['-', ..] };

    private static string Decode(string escaped)
    {
        var decoded = new StringBuilder(escaped.Length / 4);
        for (var at = 0; at + 3 < escaped.Length; at += 4)
            decoded.Append((char)byte.Parse(escaped.AsSpan(at + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return decoded.ToString();
    }

    [GeneratedRegex(@"^(?<thread>\d+) +[\d.]+ (?<name>\w+)\(\d+<(?<path>(\\x..)*)>(, ""(?<data>(\\x..)*)"")?")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^(?<thread>\d+) +[\d.]+ <\.\.\. \w+ resumed>")]
    private static partial Regex Resumed();

    [GeneratedRegex(@" = (?<result>-?\d+)[^=]*$")]
    private static partial Regex Result();
}
