using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Server;

/// <summary>
/// One machine's connection: bytes in, messages to the session, one send for each answer. One task runs it; only <see cref="Close"/> and
/// <see cref="Look"/> come from others. A connection on which nothing comes holds no buffer.
/// </summary>
internal sealed class DeviceConnection(long number, Socket socket, ListenerParts parts) : IDisposable
{
    private readonly Deadline _deadline = new(parts.Time);
    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource? _hurry;
    private SessionState _state = parts.Core.Start();
    private Stream _stream = Stream.Null;
    private TimeSpan _loginBy;
    private long _halfBytes;
    private int _closing;
    private int _oddities;

    /// <summary>The address it comes from.</summary>
    public IPAddress Address { get; } = (socket.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;

    /// <summary>The login that <see cref="Admission"/> has counted; its own.</summary>
    public string? CountedLogin { get; set; }

    /// <summary>Its place among those without a login; Admission's own.</summary>
    public LinkedListNode<DeviceConnection>? Waiting { get; set; }

    private bool IsClosing => Volatile.Read(ref _closing) != 0;

    private string Source => Address.ToString();

    /// <summary>Speaks until either side closes. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            _loginBy = parts.Limits.FirstLogin;
            Expect(parts.Limits.FirstLogin, SessionEvent.NoLoginInTime);
            _stream = await OpenAsync();
            await SpeakAsync();
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            if (!IsClosing)
                Tell(SessionEvent.Broken, error: error);
        }
        catch (AuthenticationException error)
        {
            Tell(SessionEvent.NotEncrypted, error: error);
        }
        finally
        {
            parts.Tally.AddHalf(-_halfBytes);
            Shut();
            await _stream.DisposeAsync();
            Tell(SessionEvent.Disconnected);
        }
    }

    /// <summary>Lets go of what a connection that has ended held. Not before <see cref="RunAsync"/> has ended, or where it never ran.</summary>
    public void Dispose() => _gone.Dispose();

    /// <summary>Ends the connection from outside.</summary>
    public void Close(SessionEvent why)
    {
        if (Shut())
            Tell(why);
    }

    /// <summary>Closes the connection where it is late; asks whoever answers to hurry.</summary>
    public void Look()
    {
        if (!_deadline.HasPassed(out var reason))
            return;
        if (reason == SessionEvent.AnswerFailed && _hurry is { IsCancellationRequested: false } hurry)
        {
            _deadline.Set(parts.Limits.AnswerGrace, SessionEvent.AnswerFailed);
            _ = hurry.CancelAsync();
            return;
        }
        Close(reason);
    }

    private async ValueTask<Stream> OpenAsync()
    {
        var clear = new NetworkStream(socket, ownsSocket: true);
        if (parts.Options.Tls is not { } tls)
            return clear;
        _stream = clear;
        var secured = new SslStream(clear);
        await secured.AuthenticateAsServerAsync(tls, _gone.Token);
        return secured;
    }

    private async Task SpeakAsync()
    {
        var input = PipeReader.Create(_stream, ListenerParts.ReaderOptions);
        WaitForMessage();
        try
        {
            while (!IsClosing)
            {
                var read = await input.ReadAsync(_gone.Token);
                var rest = await TakeAllAsync(read.Buffer);
                if (!KeepHalf(rest))
                    break;
                input.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                    break;
            }
        }
        finally
        {
            await input.CompleteAsync();
        }
    }

    private async ValueTask<ReadOnlySequence<byte>> TakeAllAsync(ReadOnlySequence<byte> buffer)
    {
        var began = _halfBytes > 0;
        while (!IsClosing && MessageLines.TryTake(ref buffer, out var line))
        {
            began = false;
            parts.Tally.Message();
            await ActAsync(Step(line));
            WaitForMessage();
        }
        if (!began && !IsClosing && !buffer.IsEmpty)
            Expect(parts.Limits.Message, SessionEvent.MessageTooSlow);
        return buffer;
    }

    private void WaitForMessage() => Expect(_state.Profile.IdleLimit, SessionEvent.Idle);

    // Whatever a machine says before its login, the login must come in time.
    private void Expect(TimeSpan within, SessionEvent otherwise)
    {
        var untilLogin = parts.Core.IsIn(_state) ? TimeSpan.MaxValue : _loginBy - _deadline.Now;
        if (untilLogin <= within)
            _deadline.Set(untilLogin, SessionEvent.NoLoginInTime);
        else
            _deadline.Set(within, otherwise);
    }

    private SessionStep Step(in ReadOnlySequence<byte> line)
    {
        var now = new Moment(parts.Time.GetUtcNow(), _deadline.Now);
        if (line.IsSingleSegment)
            return Step(line.First, now);
        var whole = ArrayPool<byte>.Shared.Rent((int)line.Length);
        line.CopyTo(whole);
        var step = Step(whole.AsMemory(0, (int)line.Length), now);
        ArrayPool<byte>.Shared.Return(whole);
        foreach (var part in line)
            Wipe(part);
        return step;
    }

    private SessionStep Step(ReadOnlyMemory<byte> line, Moment now)
    {
        Show(line.Span, fromDevice: true);
        var step = parts.Core.Receive(_state, line.Span, now);
        Wipe(line);
        return step;
    }

    // The bytes go back to a pool that others use, and may hold a PIN.
    private static void Wipe(ReadOnlyMemory<byte> bytes) => MemoryMarshal.AsMemory(bytes).Span.Clear();

    private async ValueTask ActAsync(SessionStep step)
    {
        if (step.Kind == StepKind.Ask)
            step = await AskAsync(step.State, step.Ask!);
        _state = step.State;
        if (step.Event == SessionEvent.SentAgain)
            parts.Tally.SentAgain();
        if (step.Event is not (SessionEvent.None or SessionEvent.SentAgain) && IsWorthTelling(step.Event))
            Tell(step.Event);
        if (step.Kind == StepKind.Send)
            await SendAsync(step.Bytes!);
        if (step.Kind == StepKind.Close)
            Shut();
        if (parts.Core.HasGuessedTooOften(_state))
            Close(SessionEvent.TooManyLogins);
    }

    // A machine that floods with nonsense must not flood a log: its 1st, 2nd, 4th, 8th … is told.
    private bool IsWorthTelling(SessionEvent what) =>
        what is not (SessionEvent.UnknownCommand or SessionEvent.Damaged or SessionEvent.NotLoggedIn) || BitOperations.IsPow2(++_oddities);

    private async ValueTask<SessionStep> AskAsync(SessionState state, Ask ask)
    {
        if (_hurry is not { IsCancellationRequested: false })
            _hurry = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        _deadline.Set(parts.Limits.Answer, SessionEvent.AnswerFailed);
        try
        {
            return ask.Request is LoginRequest login ? await LogInAsync(state, ask, login) : await AnswerAsync(state, ask);
        }
        finally
        {
            ask.Request.Wipe();
        }
    }

    private async ValueTask<SessionStep> AnswerAsync(SessionState state, Ask ask)
    {
        var (response, error) = await parts.Answerer.AnswerAsync(state, ask, Source, parts.Time.GetUtcNow(), _hurry!.Token);
        if (error is not null && !IsClosing)
        {
            parts.Tally.Failed();
            Tell(SessionEvent.AnswerFailed, ask.Request.Code, error);
        }
        return parts.Core.Answer(state, ask, response, new(parts.Time.GetUtcNow(), _deadline.Now));
    }

    private async ValueTask<SessionStep> LogInAsync(SessionState state, Ask ask, LoginRequest login)
    {
        var (profile, error) = await parts.Answerer.LogInAsync(login, Source, _hurry!.Token);
        if (error is not null && !IsClosing)
            Tell(SessionEvent.AnswerFailed, ask.Request.Code, error);
        if (profile is null)
            parts.Admission.LogOut(this, parts.Options.Rules.LoginRequired);
        else if (!parts.Admission.TryLogIn(this, login.UserId))
        {
            Tell(SessionEvent.TooManyOfLogin);
            parts.Admission.LogOut(this, parts.Options.Rules.LoginRequired);
            profile = null;
        }
        if (profile is null && parts.Core.IsIn(state))
            _loginBy = _deadline.Now + parts.Limits.FirstLogin;
        return parts.Core.LogIn(state, ask, profile, new(parts.Time.GetUtcNow(), _deadline.Now));
    }

    private async ValueTask SendAsync(byte[] bytes)
    {
        Show(bytes, fromDevice: false);
        WaitForMessage();
        var sending = _stream.WriteAsync(bytes, _gone.Token);
        // Mostly the answer is gone at once; only where the machine does not take it a time runs.
        if (!sending.IsCompleted)
            Expect(parts.Limits.Send, SessionEvent.AnswerNotTaken);
        await sending;
    }

    private bool KeepHalf(in ReadOnlySequence<byte> rest)
    {
        if (rest.Length > parts.Options.Rules.Wire.MessageBytes)
        {
            Close(SessionEvent.TooLong);
            return false;
        }
        var more = rest.Length - _halfBytes;
        if (more == 0)
            return true;
        _halfBytes = rest.Length;
        if (parts.Tally.AddHalf(more) <= parts.Limits.HalfMessageBytes || rest.Length <= parts.Limits.SmallMessageBytes)
            return true;
        Close(SessionEvent.TooMuchHalf);
        return false;
    }

    // Closes once; true for the one who did.
    private bool Shut()
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
            return false;
        parts.Admission.Leave(this);
        _deadline.Clear();
        _ = _gone.CancelAsync();
        socket.Close();
        return true;
    }

    private void Show(ReadOnlySpan<byte> message, bool fromDevice)
    {
        if (parts.Options.Transcript is { } transcript)
            transcript(new(number, fromDevice, parts.Transcript.Line(message, _state.Profile.Style.Encoding)));
    }

    private void Tell(SessionEvent what, MessageCode? code = null, Exception? error = null) =>
        parts.Options.Report?.Invoke(new(what, number, Source, _state.Login, code, error));
}
