using System.Collections.Concurrent;
using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>A way to one gRPC server over HTTP/2, shared by its clients; thread-safe. Dispose cancels the calls still running.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly bool _ownsHandler;
    private readonly CancellationTokenSource _closed = new();
    private readonly ConcurrentDictionary<string, Uri> _uris = new();

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        Address = address;
        Options = options;
        Clock = options.ServiceProvider?.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        _ownsHandler = options.HttpHandler is null || options.DisposeHttpClient;
        Http = new HttpMessageInvoker(options.HttpHandler ?? NewHandler(), _ownsHandler);
    }

    internal Uri Address { get; }

    internal GrpcChannelOptions Options { get; }

    internal TimeProvider Clock { get; }

    internal HttpMessageInvoker Http { get; }

    /// <summary>Fires when the channel is disposed.</summary>
    internal CancellationToken Closed => _closed.Token;

    /// <summary>A channel to this address, <c>http://</c> or <c>https://</c>; the connection is made by the first call.</summary>
    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel to this address, <c>http://</c> or <c>https://</c>; the connection is made by the first call.</summary>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    /// <summary>A channel to this address, <c>http://</c> or <c>https://</c>; the connection is made by the first call.</summary>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel to this address, <c>http://</c> or <c>https://</c>; the connection is made by the first call.</summary>
    /// <exception cref="ArgumentException">The address has another scheme.</exception>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return address.Scheme is "http" or "https"
            ? new GrpcChannel(address, channelOptions)
            : throw new ArgumentException($"The address {address} must begin with http:// or https://.", nameof(address));
    }

    /// <summary>Where a method's calls go.</summary>
    internal Uri UriOf(IMethod method) => _uris.GetOrAdd(method.FullName, static (path, address) => new Uri(address, path), Address);

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, this);
        return new HttpCallInvoker(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        if (_ownsHandler)
            Http.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private static SocketsHttpHandler NewHandler() => new() { EnableMultipleHttp2Connections = true, UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
}
