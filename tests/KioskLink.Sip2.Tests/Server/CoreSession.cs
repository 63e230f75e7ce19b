using System.Text;
using KioskLink.Sip2.Server;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Tests.Server;

/// <summary>A session without a socket: a line in, the answer out. Time stands still until a test moves it.</summary>
internal sealed class CoreSession
{
    private readonly SessionCore _core;
    private readonly Answerer _answerer;
    private readonly SessionRules _rules;

    public CoreSession(DeviceProfile? profile = null, SessionRules? rules = null, MemoryCirculation? circulation = null)
    {
        _rules = (rules ?? new SessionRules { LoginRequired = false }) with { Profile = profile ?? new DeviceProfile { Institution = "KIRJ" } };
        _core = new(_rules, new SessionDigest(new byte[32]));
        State = _core.Start();
        Circulation = circulation ?? new();
        _answerer = new(Circulation, new ListenerLimits());
    }

    public MemoryCirculation Circulation { get; }

    public SessionState State { get; private set; }

    public TimeSpan Running { get; set; }

    public SessionStep Last { get; private set; }

    /// <summary>Sends a line and gives the answer without its terminator; empty for silence.</summary>
    public string Say(string line) => Encoding.Latin1.GetString(SayBytes(Encoding.Latin1.GetBytes(line)) ?? []).TrimEnd('\r', '\n');

    public byte[]? SayBytes(byte[] line)
    {
        var now = new Moment(new DateTimeOffset(2026, 11, 21, 23, 30, 0, TimeSpan.Zero) + Running, Running);
        Last = _core.Receive(State, line, now);
        if (Last is { Kind: StepKind.Ask, Ask: { } ask })
            Last = Ask(ask, now);
        State = Last.State;
        return Last.Bytes;
    }

    /// <summary>A line with error detection.</summary>
    public static string Checked(string body, string sequence)
    {
        var start = $"{body}AY{sequence}AZ";
        return start + Checksum.Of(Encoding.Latin1.GetBytes(start)).ToString("X4", System.Globalization.CultureInfo.InvariantCulture);
    }

    public T Question<T>() => Circulation.Questions.OfType<T>().Last();

    private SessionStep Ask(Ask ask, Moment now)
    {
        if (ask.Request is LoginRequest login)
            return _core.LogIn(Last.State, ask, Done(_answerer.LogInAsync(login, "127.0.0.1", CancellationToken.None)).Profile, now);
        var response = Done(_answerer.AnswerAsync(Last.State, ask, "127.0.0.1", now.Wall, CancellationToken.None)).Response;
        return _core.Answer(Last.State, ask, response, now);
    }

    private static T Done<T>(ValueTask<T> answered)
    {
        Assert.True(answered.IsCompletedSuccessfully);
        return answered.Result;
    }
}
