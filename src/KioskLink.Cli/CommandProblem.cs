namespace KioskLink.Cli;

/// <summary>Ends a command: one sentence for a person that says what is wrong, where, and how to mend it, without personal data.</summary>
internal sealed class CommandProblem(ExitCode code, string reason, string message) : Exception(message)
{
    /// <summary>The exit code.</summary>
    public ExitCode Code { get; } = code;

    /// <summary>One word in capitals, for programs.</summary>
    public string Reason { get; } = reason;

    /// <summary>The command line, or a file that it names, is wrong.</summary>
    public static CommandProblem Usage(string message) => new(ExitCode.Usage, "USAGE", message);
}
