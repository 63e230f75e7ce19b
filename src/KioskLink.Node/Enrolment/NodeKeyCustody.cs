using System.Security.Cryptography;
using KioskLink.Node.Hosting;
using KioskLink.Rules.Cards;
using Wire = KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Enrolment;

/// <summary>Where the node key lies, by the configuration: a TPM credential, the register, or the node's own disk.</summary>
internal sealed class NodeKeyCustody(NodeConfig config)
{
    private string DiskPath => Path.Combine(config.Data, "node.key");

    /// <summary>The custody as the register is told.</summary>
    public Wire.KeyCustody OnWire => (Wire.KeyCustody)config.KeyCustody;

    /// <summary>A key for a node that enrols: the TPM's, or a new random one.</summary>
    public byte[] ForEnrolment() =>
        config.KeyCustody == KeyCustody.Tpm ? ReadFile(config.NodeKeyCredential!) : RandomNumberGenerator.GetBytes(NodeKeys.NodeKeyLength);

    /// <summary>Keeps the key of an enrolled node, where the disk is its place.</summary>
    public void Keep(byte[] nodeKey)
    {
        if (config.KeyCustody == KeyCustody.Disk)
            DurableFile.Write(DiskPath, nodeKey);
    }

    /// <summary>The key of an enrolled node; null where the register will send it.</summary>
    /// <exception cref="StartProblem">It is missing or damaged.</exception>
    public byte[]? Read() => config.KeyCustody switch
    {
        KeyCustody.Tpm => ReadFile(config.NodeKeyCredential!),
        KeyCustody.Disk => ReadFile(DiskPath),
        _ => null,
    };

    private static byte[] ReadFile(string path)
    {
        var key = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return key.Length == NodeKeys.NodeKeyLength
            ? key
            : throw new StartProblem($"The node key at {path} is missing or has not {NodeKeys.NodeKeyLength} bytes: restore it, or remove identity.json and enrol the node anew.");
    }
}
