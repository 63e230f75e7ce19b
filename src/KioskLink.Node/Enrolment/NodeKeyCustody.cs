using System.Security.Cryptography;
using KioskLink.Node.Hosting;
using KioskLink.Rules.Cards;
using Wire = KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Enrolment;

/// <summary>
/// Where the node key lies, by the configuration: a TPM credential, the register, or the node's own disk. Where the register keeps it,
/// the disk holds the badge key alone, so that badges open after a power cut and no card number can be tried.
/// </summary>
internal sealed class NodeKeyCustody(NodeConfig config)
{
    private string NodeKeyPath => Path.Combine(config.Data, "node.key");

    private string BadgeKeyPath => Path.Combine(config.Data, "badge.key");

    /// <summary>The custody as the register is told.</summary>
    public Wire.KeyCustody OnWire => (Wire.KeyCustody)config.KeyCustody;

    /// <summary>A key for a node that enrols: the TPM's, or a new random one.</summary>
    public byte[] ForEnrolment() =>
        config.KeyCustody == KeyCustody.Tpm ? ReadFile(config.NodeKeyCredential!) : RandomNumberGenerator.GetBytes(NodeKeys.NodeKeyLength);

    /// <summary>Keeps of an enrolled node's key what may lie on the disk.</summary>
    public void Keep(byte[] nodeKey)
    {
        if (config.KeyCustody == KeyCustody.Disk)
            DurableFile.Write(NodeKeyPath, nodeKey);
        else if (config.KeyCustody == KeyCustody.Register)
            DurableFile.Write(BadgeKeyPath, NodeKeys.Derive(nodeKey).KBadge);
    }

    /// <summary>Gives an enrolled node the keys that it has before it speaks with the register.</summary>
    /// <exception cref="StartProblem">A key is missing or damaged.</exception>
    public void Unlock(NodeSecrets secrets)
    {
        if (config.KeyCustody == KeyCustody.Register)
            secrets.UseBadgeKey(ReadFile(BadgeKeyPath));
        else
            secrets.UseNodeKey(ReadFile(config.KeyCustody == KeyCustody.Tpm ? config.NodeKeyCredential! : NodeKeyPath));
    }

    private static byte[] ReadFile(string path)
    {
        var key = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return key.Length == NodeKeys.NodeKeyLength
            ? key
            : throw new StartProblem($"The key at {path} is missing or has not {NodeKeys.NodeKeyLength} bytes: restore it, or remove identity.json and enrol the node anew.");
    }
}
