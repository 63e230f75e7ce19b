using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Pins;

namespace KioskLink.Register.Tests.Running;

/// <summary>A node written by hand for tests: it enrols, opens streams and says what the test wants it to say.</summary>
internal sealed class TestNode
{
    private readonly RunningRegister _register;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private X509Certificate2? _certificate;

    private TestNode(RunningRegister register, KeyCustody custody) => (_register, Custody) = (register, custody);

    public KeyCustody Custody { get; }

    public byte[] NodeKey { get; } = RandomNumberGenerator.GetBytes(NodeKeys.NodeKeyLength);

    public NodeKeys Keys => NodeKeys.Derive(NodeKey);

    public byte[] EnvelopeKey { get; private set; } = [];

    public X509Certificate2 Certificate => _certificate ?? throw new InvalidOperationException("The node is not enrolled.");

    public NodeService.NodeServiceClient Service { get; private set; } = null!;

    public static TestNode New(RunningRegister register, KeyCustody custody = KeyCustody.Tpm) => new(register, custody);

    public byte[] CertificateRequest() => new CertificateRequest("CN=whatever the node says", _key, HashAlgorithmName.SHA256).CreateSigningRequest();

    public EnrollNodeRequest EnrolRequest(EnrollmentToken token)
    {
        var request = new EnrollNodeRequest
        {
            Secret = token.Secret,
            CertificateRequest = ByteString.CopyFrom(CertificateRequest()),
            NodeKey = ByteString.CopyFrom(NodeKey),
            Custody = Custody,
        };
        request.PinAlgorithms.Add(PinHashes.Best.Algorithm);
        return request;
    }

    public async Task EnrolAsync(EnrollmentToken token)
    {
        var client = new NodeService.NodeServiceClient(_register.ChannelOf(null));
        var response = await client.EnrollNodeAsync(EnrolRequest(token));
        EnvelopeKey = response.EnvelopeKey.ToByteArray();
        Use(response.Certificate.ToByteArray());
    }

    /// <summary>Calls with another certificate of the node's key from now on, on a connection of its own.</summary>
    public void Use(byte[] certificate)
    {
        using var bare = X509CertificateLoader.LoadCertificate(certificate);
        _certificate = bare.CopyWithPrivateKey(_key);
        Service = new NodeService.NodeServiceClient(_register.ChannelOf(_certificate));
    }

    public byte[] Token(string cardNumber) => CardToken.Of(Keys.KCard, "lastu", cardNumber);

    public byte[] BadgeToken(string badgeNumber) => CardToken.Of(Keys.KBadge, "lastu", badgeNumber);

    public async Task<SyncCall> SyncAsync(Position? position = null, long credit = 64 * 1024, byte[]? keyId = null)
    {
        var call = new SyncCall(Service.SyncEntitlements());
        var hello = new SyncHello { Position = position, CreditBytes = credit, KeyId = ByteString.CopyFrom(keyId ?? Keys.KeyId), ProgramVersion = "test" };
        hello.PinAlgorithms.Add(PinHashes.Best.Algorithm);
        await call.SendAsync(new SyncEntitlementsRequest { Hello = hello });
        return call;
    }

    /// <summary>A stream that was welcomed and has brought everything up to now.</summary>
    public async Task<SyncCall> SyncedAsync()
    {
        var sync = await SyncAsync();
        await sync.WelcomeAsync();
        await sync.UntilCompleteAsync();
        return sync;
    }

    public async Task<EventsCall> PublishAsync(TestJournal journal)
    {
        var call = new EventsCall(Service.PublishEvents());
        await call.HelloAsync(journal);
        return call;
    }

    public AsyncServerStreamingCall<ReceiveCommandsResponse> Commands() => Service.ReceiveCommands(new ReceiveCommandsRequest());
}
