using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Console.Api;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Machines;

/// <summary>
/// The machines' way to LoanService: the register's own port, over TLS, as a node of the machine's branch. A machine can do nothing that a node
/// cannot; rights, branch, guesses and audit are the same. Thread-safe.
/// </summary>
internal sealed class BranchChannels(CertificateAuthority authority, X509Certificate2 server, string consortium, Uri address, TimeProvider time) : IDisposable
{
    /// <summary>The name under which machines of the register itself are audited.</summary>
    public const string NodeId = "register-machines";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (RegisterChannel Channel, X509Certificate2 Own, DateTimeOffset Until)> _channels = new(StringComparer.Ordinal);

    /// <summary>Calls in the name of a branch.</summary>
    public LoanService.LoanServiceClient LoansOf(string branch)
    {
        lock (_gate)
        {
            if (_channels.TryGetValue(branch, out var open) && time.GetUtcNow() < open.Until)
                return new(open.Channel.For(null));
            // Calls of the old connection have ended long before: it is exchanged a month before its certificate ends.
            Close(open);
            var made = Open(branch);
            _channels[branch] = made;
            return new(made.Channel.For(null));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var open in _channels.Values)
                Close(open);
            _channels.Clear();
        }
    }

    private (RegisterChannel Channel, X509Certificate2 Own, DateTimeOffset Until) Open(string branch)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = time.GetUtcNow();
        var request = new CertificateRequest("CN=" + NodeId, key, HashAlgorithmName.SHA256).CreateSigningRequest();
        using var certificate = authority.IssueNode(new NodeName(consortium, branch, NodeId), request, now);
        // TLS takes no key that lives in memory alone: once around by PKCS #12.
        using var joined = certificate.CopyWithPrivateKey(key);
        var own = X509CertificateLoader.LoadPkcs12(joined.Export(X509ContentType.Pkcs12), password: null);
        return (new RegisterChannel(address, server, time, own), own, now + CertificateAuthority.NodeRenewalAge);
    }

    private static void Close((RegisterChannel? Channel, X509Certificate2? Own, DateTimeOffset Until) open)
    {
        open.Channel?.Dispose();
        open.Own?.Dispose();
    }
}
