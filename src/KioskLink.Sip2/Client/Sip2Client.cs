using System.Net.Sockets;

namespace KioskLink.Sip2.Client;

/// <summary>
/// Asks a library system in SIP2. Connects when it is first needed and again after a break, logs in, keeps the connection alive, and sends one request
/// after the other. Expected failures are values. Thread-safe.
/// </summary>
public sealed class Sip2Client : IAsyncDisposable
{
    private readonly Sip2ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly ReconnectDelay _delay;
    private readonly ITimer _ping;
    private Sip2Connection? _connection;
    private Task _pinging = Task.CompletedTask;
    private long _lastHeard;
    private int _waiting;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="options">Whom it speaks to.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The options cannot be kept.</exception>
    public Sip2Client(Sip2ClientOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Problem is { } problem)
            throw new ArgumentException($"SIP2 client: {problem}.", nameof(options));
        (_options, _time, _delay) = (options, time, new(options, time));
        Requests = new(options, time);
        _ping = time.CreateTimer(_ => BeginPing(), null, options.KeepAlive, options.KeepAlive);
    }

    /// <summary>Makes requests with what the options say.</summary>
    public ClientRequests Requests { get; }

    /// <summary>The last status that the library system told; null before the first.</summary>
    public AcsStatusResponse? Status { get; private set; }

    /// <summary>Asks, and gives the answer of its kind. The request's secrets are wiped at the end.</summary>
    /// <typeparam name="T">The answer that belongs to the request.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="cancel">Gives up; the connection is closed then, as the answer would come to the next request.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ClientResult<T>> AskAsync<T>(Request request, CancellationToken cancel = default)
        where T : Response
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            if (EmptyPin.In(request))
                return new(null, ClientFailure.EmptyPin);
            var (answer, failure) = await TakeTurnAsync(request, cancel);
            return answer is T wanted ? new(wanted, ClientFailure.None) : new(null, failure == ClientFailure.None ? ClientFailure.Unexpected : failure);
        }
        finally
        {
            request.Wipe();
        }
    }

    /// <summary>Connects and logs in, where that is not done yet; a question does it by itself.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Why that failed; none where the library system is there.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ClientFailure> OpenAsync(CancellationToken cancel = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, cancel);
        await _turn.WaitAsync(both.Token);
        try
        {
            return _connection is { IsClosed: false } ? ClientFailure.None : await ConnectAsync(both.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes the connection. Requests that wait fail.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        await _ping.DisposeAsync();
        await _pinging;
        await _turn.WaitAsync();
        await CloseAsync();
        _stop.Dispose();
        _turn.Dispose();
    }

    private async Task<(Response? Answer, ClientFailure Failure)> TakeTurnAsync(Request request, CancellationToken cancel)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > _options.QueueMax)
                return (null, ClientFailure.Busy);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, cancel);
            await _turn.WaitAsync(both.Token);
            return await AskInTurnAsync(request, both.Token);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<(Response? Answer, ClientFailure Failure)> AskInTurnAsync(Request request, CancellationToken cancel)
    {
        try
        {
            return await AskOnConnectionAsync(request, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<(Response? Answer, ClientFailure Failure)> AskOnConnectionAsync(Request request, CancellationToken cancel)
    {
        var old = _connection is { IsClosed: false };
        if (!old && await ConnectAsync(cancel) is var refused and not ClientFailure.None)
            return (null, refused);
        var connection = _connection!;
        var step = await AskAsync(request, cancel);
        // A connection that was there before may have died without a word; what changes nothing is asked once more on a new one.
        if (old && connection.WasCut && step.Failure == ClientFailure.NoAnswer && await ConnectAsync(cancel) == ClientFailure.None)
            step = await AskAsync(request, cancel);
        if (_options.Mode == ClientMode.ShortLived)
            await CloseAsync();
        return (step.Answer, step.Failure);
    }

    private async Task<ClientStep> AskAsync(Request request, CancellationToken cancel)
    {
        var connection = _connection!;
        try
        {
            var step = await connection.AskAsync(request, cancel);
            Status = connection.Status ?? Status;
            _lastHeard = _time.GetTimestamp();
            return step;
        }
        finally
        {
            if (connection.IsBroken)
                await CloseAsync();
        }
    }

    // Connect, log in, tell our status: the order that every library system takes.
    private async Task<ClientFailure> ConnectAsync(CancellationToken cancel)
    {
        await CloseAsync();
        if (!_delay.MayTry)
            return ClientFailure.NotConnected;
        _connection = await Sip2Connection.OpenAsync(_options, _time, cancel);
        var failure = _connection is null ? ClientFailure.NotConnected : await BeginAsync(cancel);
        if (failure == ClientFailure.None)
            _delay.Succeeded();
        else
            _delay.Failed();
        if (failure != ClientFailure.None)
            await CloseAsync();
        return failure;
    }

    private async Task<ClientFailure> BeginAsync(CancellationToken cancel)
    {
        if (_options.Login is { } login)
        {
            var answer = await AskAsync(ClientRequests.LogIn(login), cancel);
            if (answer.Answer is not LoginResponse { Ok: true })
                return answer.Answer is LoginResponse ? ClientFailure.LoginRefused : ClientFailure.NotConnected;
        }
        if (_options.Mode == ClientMode.ShortLived)
            return ClientFailure.None;
        var status = await AskAsync(ClientRequests.Status(), cancel);
        return status.Answer is not AcsStatusResponse told ? ClientFailure.NotConnected : told.OnLine ? ClientFailure.None : ClientFailure.OffLine;
    }

    private async ValueTask CloseAsync()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _connection = null;
    }

    private void BeginPing()
    {
        if (_pinging.IsCompleted && !_stop.IsCancellationRequested)
            _pinging = PingAsync();
    }

    // Only where the connection is there and nobody uses it: otherwise it is alive, or the next request finds out.
    private async Task PingAsync()
    {
        if (_options.Mode == ClientMode.ShortLived || !await _turn.WaitAsync(TimeSpan.Zero))
            return;
        try
        {
            if (_connection is { IsClosed: false } && _time.GetElapsedTime(_lastHeard) >= _options.KeepAlive)
                await AskAsync(ClientRequests.Status(), _stop.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // The client is being closed.
        }
        finally
        {
            _turn.Release();
        }
    }
}
