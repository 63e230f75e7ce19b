using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using KioskLink.Node.Hosting;

namespace KioskLink.Node.Enrolment;

/// <summary>`identity.json` in the data folder, mode 0600: everything of the identity in one file, so that it is whole or not there.</summary>
internal sealed class IdentityFile(string data)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly string _path = Path.Combine(data, "identity.json");

    /// <summary>Reads the identity; null when the node was never enrolled.</summary>
    /// <exception cref="StartProblem">The file is damaged.</exception>
    public NodeIdentity? Read()
    {
        if (!File.Exists(_path))
            return null;
        try
        {
            return (JsonSerializer.Deserialize<Stored>(File.ReadAllText(_path), Json) ?? throw new JsonException()).ToIdentity();
        }
        catch (Exception damage) when (damage is JsonException or CryptographicException or FormatException or ArgumentNullException)
        {
            throw new StartProblem($"{_path} is damaged: restore it from a backup, or remove it and enrol the node anew.");
        }
    }

    /// <summary>Stores the identity durably.</summary>
    public void Write(NodeIdentity identity) => DurableFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(Stored.Of(identity), Json));

    /// <summary>The file's form.</summary>
    private sealed record Stored(string Certificate, string Key, string Authority, string EnvelopeKey, string Consortium, string Branch, string Node)
    {
        public static Stored Of(NodeIdentity identity)
        {
            using var key = identity.Certificate.GetECDsaPrivateKey()!;
            return new Stored(
                identity.Certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), identity.Authority.ExportCertificatePem(),
                Convert.ToBase64String(identity.EnvelopeKey), identity.Consortium, identity.BranchId, identity.NodeId);
        }

        public NodeIdentity ToIdentity() => new(
            X509Certificate2.CreateFromPem(Certificate, Key), X509Certificate2.CreateFromPem(Authority), Convert.FromBase64String(EnvelopeKey),
            Consortium, Branch, Node);
    }
}
