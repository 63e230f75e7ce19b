using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using KioskLink.Register.Store;

namespace KioskLink.Register.Console.Patrons;

/// <summary>
/// What stands for a patron in addresses, which browsers keep in their history and proxies in their logs: the customer number sealed
/// under the master key, so that this register alone reads it. Within a session a patron has one address; the addresses of two
/// sessions cannot be joined, and each can be opened in the other. Thread-safe.
/// </summary>
internal sealed class PatronReferences(Vault vault)
{
    private const string Binding = "patron-address";

    /// <summary>Numbers are filled up to a multiple of this many bytes, so that no length tells of them.</summary>
    private const int BlockBytes = 32;

    /// <summary>Longest reference that is looked at, characters.</summary>
    private const int ReferenceMax = 256;

    /// <summary>The reference to a patron.</summary>
    /// <param name="customerId">The customer number.</param>
    /// <param name="session">The mark of the session that shows it.</param>
    public string ReferenceOf(string customerId, string session)
    {
        var length = Encoding.UTF8.GetByteCount(customerId);
        var block = new byte[(length + BlockBytes) / BlockBytes * BlockBytes];
        Encoding.UTF8.GetBytes(customerId, block);
        return Base64Url.EncodeToString(vault.SealAlike(block, Binding, session));
    }

    /// <summary>Whom a reference means; null for what this register did not seal.</summary>
    public string? CustomerOf(string reference)
    {
        if (reference.Length > ReferenceMax || !Base64Url.IsValid(reference)) return null;
        try
        {
            return Encoding.UTF8.GetString(vault.Open(Base64Url.DecodeFromChars(reference), Binding)).TrimEnd('\0');
        }
        catch (Exception foreign) when (foreign is CryptographicException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
