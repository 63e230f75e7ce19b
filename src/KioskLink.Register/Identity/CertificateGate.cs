using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Register.Staff;

namespace KioskLink.Register.Identity;

/// <summary>
/// Decides whose certificate is taken. Chain and names are checked once per connection; dates, revocation and an administrator's
/// account at every call.
/// Thread-safe.
/// </summary>
internal sealed class CertificateGate(CertificateAuthority authority, RevokedCertificates revoked, StaffStandings accounts, string consortium, TimeProvider time)
{
    // Kestrel hands out one certificate object per connection, so the verdict lives as long as the connection.
    private readonly ConditionalWeakTable<X509Certificate2, Holder> _verdicts = [];

    /// <summary>Checks a certificate.</summary>
    /// <param name="certificate">What the caller showed; null means nothing.</param>
    /// <param name="alsoExpired">Whether its end is ignored, for renewals.</param>
    public (CallerIdentity? Caller, Refusal? Refusal) Check(X509Certificate2? certificate, bool alsoExpired)
    {
        if (certificate is null) return (null, Refusal.Missing);
        var holder = _verdicts.GetValue(certificate, Judge);
        if (holder.Refusal is not null) return (null, holder.Refusal);
        if (revoked.Contains(holder.Serial)) return (null, Refusal.Revoked);

        var now = time.GetUtcNow();
        if (now < holder.NotBefore) return (null, Refusal.NotYetValid);
        if (now > holder.NotAfter && !alsoExpired) return (null, Refusal.Expired);
        return HasAccount(holder.Caller!) ? (holder.Caller, null) : (null, Refusal.WithoutAccount);
    }

    private bool HasAccount(CallerIdentity caller) =>
        caller.Role != CallerRole.Administrator || caller.Name == CertificateAuthority.Nobody || accounts.IsAdministrator(caller.Name);

    private Holder Judge(X509Certificate2 certificate)
    {
        var holder = new Holder(certificate.SerialNumber, certificate.NotBefore, certificate.NotAfter, null, null);
        if (!IsOurs(certificate)) return holder with { Refusal = Refusal.Foreign };
        return CertificateReader.Read(certificate) is { } caller && caller.Consortium == consortium
            ? holder with { Caller = caller }
            : holder with { Refusal = Refusal.Unnamed };
    }

    private bool IsOurs(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // Dates are checked at every call, against the register's own clock.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }

    private sealed record Holder(string Serial, DateTimeOffset NotBefore, DateTimeOffset NotAfter, CallerIdentity? Caller, Refusal? Refusal);
}
