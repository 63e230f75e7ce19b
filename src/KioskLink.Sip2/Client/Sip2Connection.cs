using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using KioskLink.Sip2.Transcript;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Client;

/// <summary>One connection to a library system. One request at a time; after a failure that leaves it unclear what comes next it is broken for good.</summary>
internal sealed class Sip2Connection : IAsyncDisposable
{
    private const int Digits = 10;

    private readonly Sip2ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly MaskedTranscript _transcript = new(CardMask.SameWord);
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly PipeReader _input;
    private ReadOnlySequence<byte> _unread;
    private bool _holds;
    private int _sequence = -1;

    private Sip2Connection(Sip2ClientOptions options, TimeProvider time, Socket socket, Stream stream)
    {
        (_options, _time, _socket, _stream) = (options, time, socket, stream);
        _input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        Pace = ClientPace.Of(options);
    }

    public ClientPace Pace { get; set; }

    /// <summary>The last 98.</summary>
    public AcsStatusResponse? Status { get; private set; }

    public bool IsBroken { get; private set; }

    /// <summary>The other side or the network has ended it.</summary>
    public bool WasCut { get; private set; }

    /// <summary>Whether the other side has closed while nothing was asked.</summary>
    public bool IsClosed => IsBroken || (_socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0);

    /// <summary>Connects and agrees upon encryption; null where that fails.</summary>
    public static async Task<Sip2Connection?> OpenAsync(Sip2ClientOptions options, TimeProvider time, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, both.Token);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            return new(options, time, socket, await SecureAsync(new NetworkStream(socket, ownsSocket: true), options, both.Token));
        }
        catch (Exception error) when (error is SocketException or IOException or AuthenticationException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            socket.Dispose();
            return null;
        }
    }

    /// <summary>Asks and waits for the answer.</summary>
    public async Task<ClientStep> AskAsync(Request request, CancellationToken cancel)
    {
        var exchange = Begin(request);
        var step = new ClientStep(exchange, Send: exchange.Bytes);
        try
        {
            while (!step.IsOver)
            {
                step = await NextAsync(step, cancel);
                Heed(step.Status);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            WasCut = true;
            step = step with { Failure = step.Exchange.Broken };
        }
        finally
        {
            // Also where the caller gave up: the answer would come to the next request.
            IsBroken |= step.Answer is null;
            CryptographicOperations.ZeroMemory(exchange.Bytes);
        }
        return step;
    }

    public async ValueTask DisposeAsync()
    {
        await _input.CompleteAsync();
        await _stream.DisposeAsync();
        _socket.Dispose();
    }

    private static async Task<Stream> SecureAsync(NetworkStream clear, Sip2ClientOptions options, CancellationToken cancel)
    {
        if (options.Tls is not { } tls)
            return clear;
        var secured = new SslStream(clear);
        await secured.AuthenticateAsClientAsync(tls, cancel);
        return secured;
    }

    private ClientExchange Begin(Request request)
    {
        var detects = _options.ErrorDetection;
        _sequence = (_sequence + 1) % Digits;
        var digit = (byte)('0' + _sequence);
        return new()
        {
            Bytes = MessageWriter.Write(request, _options.Style, detects ? [digit] : [], detects),
            Code = request.Code,
            Sequence = detects ? digit : null,
            Style = _options.Style,
            Retries = Pace.Retries,
            Deduplicates = _options.Deduplicates && detects,
        };
    }

    private async Task<ClientStep> NextAsync(ClientStep step, CancellationToken cancel)
    {
        if (step.Send is { } bytes)
        {
            Show(bytes, fromDevice: true);
            await _stream.WriteAsync(bytes, cancel);
        }
        using var limit = new CancellationTokenSource(Pace.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await ReceiveAsync(step.Exchange, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return step.Exchange.TimeOut();
        }
    }

    private async Task<ClientStep> ReceiveAsync(ClientExchange exchange, CancellationToken cancel)
    {
        while (true)
        {
            if (_holds && MessageLines.TryTake(ref _unread, out var line))
                return Receive(exchange, line);
            if (_unread.Length > _options.Wire.MessageBytes)
                return new(exchange, Failure: ClientFailure.Unexpected);
            if (_holds)
                _input.AdvanceTo(_unread.Start, _unread.End);
            _holds = false;
            var read = await _input.ReadAsync(cancel);
            (_unread, _holds) = (read.Buffer, true);
            if (!read.IsCompleted)
                continue;
            if (MessageLines.TryTake(ref _unread, out var last))
                return Receive(exchange, last);
            WasCut = true;
            return new(exchange, Failure: exchange.Broken);
        }
    }

    private ClientStep Receive(ClientExchange exchange, in ReadOnlySequence<byte> line)
    {
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        Show(bytes, fromDevice: false);
        return exchange.Receive(bytes, _options.Wire);
    }

    private void Heed(AcsStatusResponse? status)
    {
        if (status is null)
            return;
        Status = status;
        Pace = ClientPace.Of(_options).Heed(status);
    }

    private void Show(ReadOnlySpan<byte> message, bool fromDevice) =>
        _options.Transcript?.Invoke(new(Connection: 0, fromDevice, _transcript.Line(message, _options.Style.Encoding)));
}
