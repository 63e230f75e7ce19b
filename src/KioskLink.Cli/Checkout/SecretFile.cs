using KioskLink.Cli.Output;
using KioskLink.Sip2;

namespace KioskLink.Cli.Checkout;

/// <summary>Secrets as a file holds them, on its first line, or as somebody types them unseen: never as a word of the command line.</summary>
internal static class SecretFile
{
    private const string Asked = "-";

    /// <summary>Reads a secret from a file; asks for it where the file is <c>-</c>.</summary>
    /// <exception cref="CommandProblem">There is no such file, or nothing in it.</exception>
    public static Secret Read(Terminal terminal, string file, string what)
    {
        var secret = Secret.From(file == Asked ? terminal.ReadSecret(what) : FirstLine(file, what));
        return secret.IsEmpty ? throw CommandProblem.Usage($"The {what} is empty: an empty one is never sent.") : secret;
    }

    // The name of the file may be the secret itself, typed in the wrong place, so it is not repeated.
    private static string FirstLine(string file, string what) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault() ?? ""
        : throw CommandProblem.Usage($"The {what} is read from a file, and there is none of the name given; `-` asks for it.");
}
