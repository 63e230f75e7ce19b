using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KioskLink.Demo.Setup;
using KioskLink.Node.Deciding;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace KioskLink.Benchmarks.Offline;

/// <summary>The deciding parts of a real node, with their files, whose register cannot be reached.</summary>
internal sealed class OfflineNode : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly NodeAssembly _assembly;

    /// <summary>Fills the replica with the branch and so many cards.</summary>
    public OfflineNode(bool pinRequired, int cards)
    {
        var config = new NodeConfig { Node = DemoBranch.Node, Branch = DemoBranch.Id, Register = "https://127.0.0.1:1", Data = _folder.Path };
        var replica = NodeAssembly.OpenReplica(config);
        var clock = NodeAssembly.OpenClock(config, replica, TimeProvider.System);
        var secrets = new NodeSecrets();
        secrets.UseNodeKey(OfflineFacts.NodeKey);
        _assembly = new NodeAssembly(config, NewIdentity(), secrets, replica, clock, TimeProvider.System, NullLoggerFactory.Instance);
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        clock.OnWatermark(now);
        replica.Begin(snapshot: true, OfflineFacts.KeyId.ToByteArray());
        foreach (var state in OfflineFacts.Cards(cards).Prepend(OfflineFacts.Branch(pinRequired)))
            replica.Apply(state);
        replica.Complete(Position);
        replica.OnWatermark(Position, now);
    }

    /// <summary>Where its files are.</summary>
    public string Folder => _folder.Path;

    private static Position Position => new() { Epoch = "benchmark", Version = 1 };

    /// <summary>Presents a card at a reader of its own, so that no slowdown is met, and returns the time until the decision was durable.</summary>
    public async Task<TimeSpan> PresentAsync(string card, string pin, Protos.Types.V1.DecisionCode expected)
    {
        var attempt = Guid.NewGuid().ToString("N");
        var presentation = new Presentation
        {
            AttemptId = attempt,
            DoorId = DemoBranch.Door,
            DeviceId = $"reader-{attempt}",
            Card = card,
            Pin = Encoding.ASCII.GetBytes(pin),
        };
        var started = Stopwatch.GetTimestamp();
        var decided = await _assembly.Parts.Decider.DecideAsync(presentation);
        var elapsed = Stopwatch.GetElapsedTime(started);
        if (!decided.Recorded || (int)decided.Decision.Code != (int)expected)
            throw new InvalidOperationException($"The node decided {decided.Decision.Code}, not {expected}: the benchmark would measure something else.");
        return elapsed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _assembly.Dispose();
        _folder.Dispose();
    }

    private static NodeIdentity NewIdentity()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var envelope = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        var certificate = new CertificateRequest($"CN={DemoBranch.Node}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return new NodeIdentity(
            certificate, X509CertificateLoader.LoadCertificate(certificate.RawData), envelope.ExportSubjectPublicKeyInfo(),
            OfflineFacts.Consortium, DemoBranch.Id, DemoBranch.Node);
    }
}
