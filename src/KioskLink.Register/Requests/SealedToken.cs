using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using KioskLink.Register.Store;

namespace KioskLink.Register.Requests;

/// <summary>
/// A page token of a list that is ordered by something that names a person: tokens stand in addresses of pages, so it leaves the
/// register sealed. Thread-safe.
/// </summary>
internal static class SealedToken
{
    /// <summary>The token of where the next page begins.</summary>
    /// <param name="vault">The register's keys.</param>
    /// <param name="list">The list that the token is for: it opens in no other.</param>
    /// <param name="position">Where the next page begins.</param>
    public static string Of(Vault vault, string list, string position) => Base64Url.EncodeToString(vault.Seal(Encoding.UTF8.GetBytes(position), list));

    /// <summary>Where a page begins; empty for the first.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT for a token of another list.</exception>
    public static string Open(Vault vault, string list, string token)
    {
        try
        {
            return token.Length == 0 ? "" : Encoding.UTF8.GetString(vault.Open(Base64Url.DecodeFromChars(token), list));
        }
        catch (Exception foreign) when (foreign is FormatException or CryptographicException or OverflowException)
        {
            throw Field.WrongToken();
        }
    }
}
