using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using KioskLink.Node.Clock;
using KioskLink.Node.Enrolment;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.RegisterLink;

/// <summary>
/// The node's connections to its register: one for decisions, one for streams, so that no stream ever delays a door. Each is renewed
/// after failures, since a dead TCP connection may take minutes to notice. Thread-safe.
/// </summary>
internal sealed class RegisterChannels : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly string _address;
    private readonly NodeClock _clock;
    private readonly Action<string> _refused;
    private NodeIdentity _identity;
    private GrpcChannel _decisions;
    private GrpcChannel _streams;

    /// <summary>Makes both; nothing connects before the first call.</summary>
    /// <param name="address">Address of the register.</param>
    /// <param name="identity">The node's certificate and the CA.</param>
    /// <param name="clock">The node's time, for the dates of certificates.</param>
    /// <param name="refused">Told why a server was refused.</param>
    public RegisterChannels(string address, NodeIdentity identity, NodeClock clock, Action<string> refused)
    {
        (_address, _identity, _clock, _refused) = (address, identity, clock, refused);
        (_decisions, _streams) = (Open(), Open());
    }

    /// <summary>For decisions, on their own connection.</summary>
    public AccessService.AccessServiceClient Access => new(Decisions);

    /// <summary>For questions about loans, on the connection of decisions.</summary>
    public LoanService.LoanServiceClient Loans => new(Decisions);

    /// <summary>For the sign-ins of staff, on the connection of decisions.</summary>
    public StaffService.StaffServiceClient Staff => new(Decisions);

    /// <summary>For probes and reports, on the connection of decisions.</summary>
    public NodeService.NodeServiceClient Reports => new(Decisions);

    /// <summary>For streams.</summary>
    public NodeService.NodeServiceClient Node => new(Streams);

    private GrpcChannel Decisions
    {
        get
        {
            lock (_gate)
                return _decisions;
        }
    }

    private GrpcChannel Streams
    {
        get
        {
            lock (_gate)
                return _streams;
        }
    }

    /// <summary>Uses a fresh connection for decisions.</summary>
    public void RenewDecisions()
    {
        GrpcChannel old;
        lock (_gate)
            (old, _decisions) = (_decisions, Open());
        old.Dispose();
    }

    /// <summary>Uses a fresh connection for streams; those that run on the old one end.</summary>
    public void RenewStreams()
    {
        GrpcChannel old;
        lock (_gate)
            (old, _streams) = (_streams, Open());
        old.Dispose();
    }

    /// <summary>Takes a new certificate into use.</summary>
    public void Use(NodeIdentity identity)
    {
        lock (_gate)
            _identity = identity;
        RenewDecisions();
        RenewStreams();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Decisions.Dispose();
        Streams.Dispose();
    }

    /// <summary>A channel whose server is checked by <see cref="ServerCheck"/>.</summary>
    public static GrpcChannel Open(string address, X509Certificate2? certificate, Func<X509Certificate2?, SslPolicyErrors, bool> accept)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectLimit,
            KeepAlivePingDelay = PingEvery,
            KeepAlivePingTimeout = PingLimit,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = certificate is null ? [] : [certificate],
                RemoteCertificateValidationCallback = (_, shown, _, errors) => accept(shown as X509Certificate2, errors),
            },
        };
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    private GrpcChannel Open()
    {
        var identity = _identity;
        return Open(_address, identity.Certificate, (shown, errors) => Accepts(identity, shown, errors));
    }

    private bool Accepts(NodeIdentity identity, X509Certificate2? shown, SslPolicyErrors errors)
    {
        var problem = ServerCheck.FindProblem(shown, errors, identity.Authority, identity.Consortium, _clock.Trusted ? _clock.Now : null);
        if (problem is not null)
            _refused($"The register at {_address} is refused: {problem}. Check the address, or enrol the node anew.");
        return problem is null;
    }
}
