using System.CommandLine;

namespace KioskLink.Cli.Completion;

/// <summary><c>completion bash</c>: a script with which the shell completes this program's words.</summary>
internal static class CompletionCommands
{
    public static Command Create(Session session) => new("completion", "Completion of this program's words in a shell.") { Bash(session) };

    private static Command Bash(Session session)
    {
        var command = new Command("bash", "Print the script for bash: `source <(kiosklink completion bash)`, or a file in /etc/bash_completion.d.");
        command.SetAction(parsed =>
        {
            session.Terminal.Output.Write(BashScript.Of(parsed.RootCommandResult.Command));
            return (int)ExitCode.Done;
        });
        return command;
    }
}
