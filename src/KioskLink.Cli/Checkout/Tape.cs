using KioskLink.Sip2.Server;
using KioskLink.Sip2.Transcript;

namespace KioskLink.Cli.Checkout;

/// <summary>One message as it was spoken.</summary>
/// <param name="At">When.</param>
/// <param name="FromMachine">The machine said it; otherwise the library system.</param>
/// <param name="Message">The message in words, without secrets.</param>
internal sealed record Spoken(DateTimeOffset At, bool FromMachine, ExplainedMessage Message);

/// <summary>Hears what is spoken on the wire and keeps the last answer. One conversation, so it needs no lock.</summary>
/// <param name="clock">The clock.</param>
/// <param name="show">Shows each message; null where nobody wants to see them.</param>
internal sealed class Tape(TimeProvider clock, Action<Spoken>? show)
{
    /// <summary>The last message of the library system; null before the first.</summary>
    public ExplainedMessage? LastAnswer { get; private set; }

    /// <summary>Takes a message.</summary>
    public void Hear(TranscriptLine line)
    {
        var spoken = new Spoken(clock.GetUtcNow(), line.FromDevice, ExplainedMessage.Of(line.Text));
        if (!line.FromDevice)
            LastAnswer = spoken.Message;
        show?.Invoke(spoken);
    }
}
