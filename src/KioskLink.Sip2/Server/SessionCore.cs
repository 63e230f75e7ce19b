using System.Security.Cryptography;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Server;

/// <summary>
/// The rules of a session, without sockets, clocks and hosts: from what a session remembers, a message and the time to an answer, or to what must be asked
/// of somebody else. Thread-safe, as it remembers nothing itself.
/// </summary>
internal sealed class SessionCore(SessionRules rules, SessionDigest digest)
{
    public SessionState Start() => new() { Profile = rules.Profile };

    /// <summary>Whether a session has logged in, where that is needed.</summary>
    public bool IsIn(SessionState state) => !rules.LoginRequired || state.Login is not null;

    /// <summary>Takes a message without its terminator. Never throws on what it says.</summary>
    public SessionStep Receive(SessionState state, ReadOnlySpan<byte> line, Moment now)
    {
        var problem = Frame.Read(line, rules.Wire, out var frame);
        if (problem == FrameProblem.Empty)
            return new(state, StepKind.Silence);
        if (problem == FrameProblem.NoCommand)
            return Unknown(state, withCheck: false, now);
        if (problem != FrameProblem.None)
            return new(state, StepKind.Close, Event: SessionEvent.TooLong);
        if (frame.Check == FrameCheck.Wrong || (frame.Check == FrameCheck.Absent && state.Profile.ErrorDetectionRequired))
            return AskAgain(state, withCheck: true, SessionEvent.Damaged, now);
        return Take(state, line, frame, now);
    }

    /// <summary>Turns what was answered into bytes, and keeps them to be sent again.</summary>
    /// <param name="state">What the session remembers.</param>
    /// <param name="ask">What was asked.</param>
    /// <param name="response">The answer.</param>
    /// <param name="now">The time.</param>
    public SessionStep Answer(SessionState state, Ask ask, Response response, Moment now)
    {
        var next = PatronMemory.After(state, ask, response, digest, now);
        var bytes = MessageWriter.Write(response, next.Profile.Style, ask.Sequence, ask.WithCheck);
        next = next with { Last = new(bytes, ask.Digest, now.Running) };
        return new(next, StepKind.Send, bytes);
    }

    /// <summary>The outcome of a login. A refused one ends what was there before: nobody stays logged in by mistake.</summary>
    public SessionStep LogIn(SessionState state, Ask ask, DeviceProfile? profile, Moment now)
    {
        var login = (LoginRequest)ask.Request;
        if (profile is not null)
            return Answer(Start() with { Profile = profile, Login = login.UserId, Language = Language.Unknown }, ask, new LoginResponse { Ok = true }, now) with { Event = SessionEvent.LoggedIn };
        var next = Start() with { RefusedLogins = state.RefusedLogins + 1 };
        return Answer(next, ask, new LoginResponse(), now) with { Event = SessionEvent.LoginRefused };
    }

    /// <summary>Whether the connection ends after the answer to a login.</summary>
    public bool HasGuessedTooOften(SessionState state) => state.RefusedLogins >= rules.RefusedLoginsMax;

    private SessionStep Take(SessionState state, ReadOnlySpan<byte> line, in Frame frame, Moment now)
    {
        var withCheck = frame.Check == FrameCheck.Right;
        if (frame.Code == MessageCode.ResendResponse)
            return TakeResend(state, withCheck, now);
        var requestDigest = withCheck && frame.Sequence.Length > 0 ? digest.OfMessage(line) : null;
        if (IsRetransmission(state, requestDigest, now))
            return new(state, StepKind.Send, state.Last!.Bytes, Event: SessionEvent.SentAgain);
        if (MessageCodec.ReadRequest(frame, state.Profile.Style.Encoding) is not { } request)
            return Unknown(state, withCheck, now);
        var ask = new Ask(request, frame.Sequence.ToArray(), withCheck, requestDigest, PatronMemory.IsProven(state, request, digest, now));
        return Admit(state, ask, now);
    }

    private SessionStep Admit(SessionState state, Ask ask, Moment now)
    {
        if (ask.Request is LoginRequest login)
            return IsPlain(login) ? new(state, StepKind.Ask, Ask: ask) : LogIn(state, ask, profile: null, now);
        if (IsIn(state) || (ask.Request is ScStatusRequest && rules.BeforeLogin == BeforeLoginRule.StatusOnly))
            return new(state, StepKind.Ask, Ask: ask);
        ask.Request.Wipe();
        var kind = rules.BeforeLogin == BeforeLoginRule.Ignore ? StepKind.Silence : StepKind.Close;
        return new(state, kind, Event: SessionEvent.NotLoggedIn);
    }

    // An empty password is nobody's, and 0 is the only way of writing one that anybody has heard of.
    private static bool IsPlain(LoginRequest login) =>
        login is { UserIdAlgorithm: '0', PasswordAlgorithm: '0', UserId.Length: > 0, Password.IsEmpty: false };

    private SessionStep TakeResend(SessionState state, bool withCheck, Moment now)
    {
        if (!IsIn(state) && rules.BeforeLogin != BeforeLoginRule.StatusOnly)
            return new(state, rules.BeforeLogin == BeforeLoginRule.Ignore ? StepKind.Silence : StepKind.Close, Event: SessionEvent.NotLoggedIn);
        return state.Last is { } last
            ? new(state, StepKind.Send, last.Bytes, Event: SessionEvent.SentAgain)
            : AskAgain(state, withCheck, SessionEvent.SentAgain, now);
    }

    // The whole message must be the same, and soon: a lazy machine gives every message the same number and may ask the same thing twice in earnest.
    private static bool IsRetransmission(SessionState state, byte[]? request, Moment now) =>
        request is not null && state.Last is { Request: { } before } last && now.Running - last.At <= state.Profile.RetransmissionWindow
        && CryptographicOperations.FixedTimeEquals(before, request);

    private static SessionStep Unknown(SessionState state, bool withCheck, Moment now) => state.Profile.UnknownCommands == UnknownCommandRule.Ignore
        ? new(state, StepKind.Silence, Event: SessionEvent.UnknownCommand)
        : AskAgain(state, withCheck, SessionEvent.UnknownCommand, now);

    private static SessionStep AskAgain(SessionState state, bool withCheck, SessionEvent why, Moment now)
    {
        var bytes = MessageWriter.Write(new ResendRequestResponse(), state.Profile.Style, [], withCheck);
        return new(state with { Last = new(bytes, Request: null, now.Running) }, StepKind.Send, bytes, Event: why);
    }
}
