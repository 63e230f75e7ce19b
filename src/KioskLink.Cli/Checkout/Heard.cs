using System.Text.Json.Nodes;
using KioskLink.Sip2.Client;
using KioskLink.Sip2.Transcript;

namespace KioskLink.Cli.Checkout;

/// <summary>What came of a verb.</summary>
/// <param name="Yes">The library system said yes.</param>
/// <param name="Sentence">What it said, in words; empty where there is no answer.</param>
/// <param name="Failure">Why there is no answer.</param>
internal sealed record Heard(bool Yes, string Sentence, ClientFailure Failure)
{
    /// <summary>Whom the machine spoke to.</summary>
    public string Address { get; init; } = "";

    /// <summary>The answer in words, without secrets; null where there is none.</summary>
    public ExplainedMessage? Answer { get; init; }

    /// <summary>Why there is no answer, in words and with a mend; null where there is one.</summary>
    public CommandProblem? Problem => Failure switch
    {
        ClientFailure.None => null,
        ClientFailure.NotConnected => new(ExitCode.Unreachable, "UNREACHABLE", $"Nobody at {Address} speaks SIP2 with this machine: look at --host, --port, --tls and --error-detection, and whether the listener runs."),
        ClientFailure.LoginRefused => new(ExitCode.Refused, "LOGIN_REFUSED", $"{Address} refuses the login: look at --user and the password, and whether this machine's address is allowed."),
        ClientFailure.OffLine => new(ExitCode.Refused, "OFFLINE", $"{Address} says that it is off-line: try again when the library system is back."),
        ClientFailure.NoAnswer => new(ExitCode.Unreachable, "NO_ANSWER", $"{Address} did not answer in time; nothing was changed, so ask again."),
        ClientFailure.OutcomeUnknown => new(ExitCode.Refused, "OUTCOME_UNKNOWN", $"{Address} did not answer in time, and it may have been done: look with `patron` or `item` before you ask again."),
        ClientFailure.Damaged => new(ExitCode.Refused, "DAMAGED", $"The answers of {Address} are damaged: look at --encoding and at the line; it may have been done."),
        ClientFailure.AsksAgain => new(ExitCode.Refused, "ASKS_AGAIN", $"{Address} asks for the message again and again: look at --error-detection and --encoding."),
        ClientFailure.EmptyPin => new(ExitCode.Usage, "EMPTY_PIN", "The PIN is empty: nothing was sent."),
        _ => new(ExitCode.Refused, "UNEXPECTED", $"{Address} said something else than the answer; `--transcript` shows what."),
    };

    /// <summary>For programs.</summary>
    public JsonObject Json(string verb) => new()
    {
        ["verb"] = verb,
        ["yes"] = Yes,
        ["sentence"] = Problem?.Message ?? Sentence,
        ["answer"] = Answer is { } answer ? MessageView.Json(answer) : null,
    };
}
