using System.Security.Cryptography;
using KioskLink.Register.Store;
using Microsoft.AspNetCore.Identity;

namespace KioskLink.Register.Staff;

/// <summary>
/// The second factor for ASP.NET Core Identity: the codes of an authenticator app, each taken once, by the register's own clock.
/// The secret lies sealed under the master key.
/// </summary>
internal sealed class TotpProvider(Vault vault, TimeProvider time) : IUserTwoFactorTokenProvider<StaffAccountRow>
{
    /// <summary>The provider's name.</summary>
    public const string Name = "totp";

    /// <summary>What a sealed secret is bound to.</summary>
    public static string Binding(string normalName) => $"totp\0{normalName}";

    /// <summary>Gives an account a new secret; the caller wipes its copy.</summary>
    public byte[] Renew(StaffAccountRow user)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretLength);
        (user.TotpSecret, user.TotpStep) = (vault.Seal(secret, Binding(user.NormalName)), 0);
        return secret;
    }

    /// <inheritdoc/>
    public Task<bool> ValidateAsync(string purpose, string token, UserManager<StaffAccountRow> manager, StaffAccountRow user)
    {
        if (user.TotpSecret is not { } box)
        {
            return Task.FromResult(false);
        }

        var secret = vault.Open(box, Binding(user.NormalName));
        try
        {
            var step = Totp.Check(secret, token, time.GetUtcNow(), user.TotpStep);
            user.TotpStep = step ?? user.TotpStep;
            return Task.FromResult(step is not null);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <inheritdoc/>
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<StaffAccountRow> manager, StaffAccountRow user) => Task.FromResult(user.TotpSecret is not null);

    /// <summary>The person's app makes the codes.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<StaffAccountRow> manager, StaffAccountRow user) => Task.FromResult("");
}
