using System.ComponentModel.DataAnnotations.Schema;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Grpc.Core;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Staff;

/// <summary>
/// The client certificates of administrators (R41): each person has one in the own name, made with the certificate before or with a
/// session, and revoked when it is lost. A revoked one is refused at the next call, on connections that are open too, and after every
/// restart. Thread-safe.
/// </summary>
internal sealed partial class AdministratorCertificates
{
    private readonly RegisterCore _core;
    private readonly CertificateAuthority _authority;
    private readonly RevokedCertificates _revoked;

    /// <summary>Reads what was revoked before.</summary>
    public AdministratorCertificates(RegisterCore core, CertificateAuthority authority, RevokedCertificates revoked)
    {
        (_core, _authority, _revoked) = (core, authority, revoked);
        using var db = core.Store.Read();
        revoked.Add(db.Set<RevokedAdministratorRow>().Where(row => row.Consortium == core.Store.Consortium).Select(row => row.Serial).ToList());
    }

    /// <summary>Revokes a certificate. Idempotent: the first reason stays.</summary>
    /// <param name="serial">Its serial number, hexadecimal.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who revokes.</param>
    /// <param name="own">The serial number of the caller's own; null for a session.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT names the field; FAILED_PRECONDITION for the caller's own.</exception>
    public async Task RevokeAsync(string serial, string reason, string by, string? own)
    {
        Field.Required(reason, "reason");
        if (!Serial().IsMatch(serial))
        {
            throw Field.Wrong("serial_number", "must be a certificate's serial number, 1 to 40 hexadecimal digits");
        }

        if (string.Equals(serial, own, StringComparison.OrdinalIgnoreCase))
        {
            throw Refused.With(
                StatusCode.FailedPrecondition, "OWN_CERTIFICATE", "Nobody revokes the certificate of the own call; renew it, then revoke the old one with the new.");
        }

        await _core.Lane.WriteAsync(scope => Put(scope, serial.ToUpperInvariant(), reason, by));
        _revoked.Add([serial]);
    }

    /// <summary>Certifies an administrator's new key, in the administrator's own name.</summary>
    /// <param name="certificateRequest">PKCS#10, DER, with the caller's name as CN.</param>
    /// <param name="caller">Who calls.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT for a malformed request and one with another's name; PERMISSION_DENIED for nobody's certificate.</exception>
    public X509Certificate2 Renew(byte[] certificateRequest, string caller)
    {
        if (caller == CertificateAuthority.Nobody)
        {
            throw Refused.OfNobody();
        }

        try
        {
            return _authority.RenewAdministrator(_core.Store.Consortium, caller, certificateRequest, _core.Time.GetUtcNow());
        }
        catch (CryptographicException)
        {
            throw Field.Wrong("certificate_request", "must be a PKCS#10 request, DER, with your own user name as CN, signed with its own ECDSA P-256 key");
        }
    }

    private static void Put(WriteScope scope, string serial, string reason, string by)
    {
        scope.About([], $"certificate {serial}");
        if (!scope.Db.Set<RevokedAdministratorRow>().Any(row => row.Consortium == scope.Consortium && row.Serial == serial))
        {
            scope.Db.Add(new RevokedAdministratorRow { Consortium = scope.Consortium, Serial = serial, RevokedAt = scope.NowMs, RevokedBy = by, Reason = reason });
        }
    }

    [GeneratedRegex("^[0-9A-Fa-f]{1,40}$")]
    private static partial Regex Serial();
}

/// <summary>A revoked client certificate of an administrator.</summary>
[Table("revoked_administrators")]
[PrimaryKey(nameof(Consortium), nameof(Serial))]
internal sealed record RevokedAdministratorRow
{
    public required string Consortium { get; set; }

    public required string Serial { get; set; }

    public long RevokedAt { get; set; }

    public string RevokedBy { get; set; } = "";

    public string Reason { get; set; } = "";
}
