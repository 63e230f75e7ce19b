using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using NodaTime;

namespace KioskLink.Node.RegisterLink;

/// <summary>Whether the server is this consortium's register: own CA, the name that was called, the role; dates only by a trusted clock.</summary>
internal static class ServerCheck
{
    private const string OrganizationName = "2.5.4.10";
    private const string OrganizationalUnit = "2.5.4.11";
    private const string Role = "register";

    /// <summary>What is wrong with the server's certificate; null when nothing is.</summary>
    /// <param name="certificate">The certificate shown.</param>
    /// <param name="errors">What TLS itself found; only the name counts here.</param>
    /// <param name="authority">The register's CA.</param>
    /// <param name="consortium">Whose register it must be; null before enrolment.</param>
    /// <param name="now">The time; null while it is not trusted, and then dates are not looked at.</param>
    public static string? FindProblem(X509Certificate2? certificate, SslPolicyErrors errors, X509Certificate2 authority, string? consortium, Instant? now)
    {
        if (certificate is null)
            return "the server shows no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return "the server's certificate does not bear the name that the node calls";
        if (FindChainProblem(certificate, authority, now) is { } problem)
            return problem;
        if (Part(certificate, OrganizationalUnit) != Role)
            return "the server's certificate is not a register's";
        return consortium is not null && Part(certificate, OrganizationName) != consortium
            ? "the server is the register of another consortium"
            : null;
    }

    private static string? FindChainProblem(X509Certificate2 certificate, X509Certificate2 authority, Instant? now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (now is { } time)
            chain.ChainPolicy.VerificationTime = time.ToDateTimeUtc();
        else
            chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        if (chain.Build(certificate))
            return null;
        return chain.ChainStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid)
            ? "the server's certificate is not valid at this time"
            : "the server's certificate was not issued by the CA that this node was enrolled with";
    }

    private static string? Part(X509Certificate2 certificate, string type) => certificate.SubjectName.EnumerateRelativeDistinguishedNames()
        .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == type)
        .Select(part => part.GetSingleElementValue())
        .FirstOrDefault();
}
