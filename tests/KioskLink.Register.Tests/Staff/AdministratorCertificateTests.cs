using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Staff;

/// <summary>An administrator's certificate lives a year, is renewed in time, and is taken away when it is lost.</summary>
public sealed class AdministratorCertificateTests
{
    [Fact]
    public async Task R41_A_revoked_certificate_is_refused_at_the_next_call_of_an_open_connection_and_after_a_restart()
    {
        using var folder = new TempFolder();
        using var renewed = await RevokedAsync(folder);

        await using var again = await RunningRegister.StartAsync(folder: folder);

        Assert.Equal("CERTIFICATE_REVOKED", await RefusalAsync(again.Admin));
        Assert.Equal("", await RefusalAsync(again.ChannelOf(renewed)));
    }

    [Fact]
    public async Task Nobody_is_locked_out_by_revoking_the_certificate_of_the_own_call()
    {
        await using var register = await RunningRegister.StartAsync();
        using var own = register.AdminCertificate();

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "renew it", async () => await new StaffService.StaffServiceClient(register.Admin)
            .RevokeAdministratorAsync(new RevokeAdministratorRequest { SerialNumber = own.SerialNumber, Reason = "lost" }));

        Assert.Equal("", await RefusalAsync(register.Admin));
    }

    [Fact]
    public async Task R41_A_certificate_lives_a_year_and_no_day_longer()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        time.SetWallClock(time.GetUtcNow().AddDays(364));
        Assert.Equal("", await RefusalAsync(register.Admin));

        time.SetWallClock(time.GetUtcNow().AddDays(2));

        Assert.Equal("CERTIFICATE_EXPIRED", await RefusalAsync(register.Admin));
    }

    // Who renews and revokes stands in the audit log, with the certificate's number.
    private static async Task<X509Certificate2> RevokedAsync(TempFolder folder)
    {
        await using var register = await RunningRegister.StartAsync(folder: folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={RunningRegister.Administrator}", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        var answer = await new StaffService.StaffServiceClient(register.Admin).RenewAdministratorAsync(new RenewAdministratorRequest { CertificateRequest = ByteString.CopyFrom(request) });
        using var certificate = X509CertificateLoader.LoadCertificate(answer.Certificate.Span);
        var renewed = certificate.CopyWithPrivateKey(key);
        var staff = new StaffService.StaffServiceClient(register.ChannelOf(renewed));
        using var old = register.AdminCertificate();

        await staff.RevokeAdministratorAsync(new RevokeAdministratorRequest { SerialNumber = old.SerialNumber, Reason = "the laptop was stolen" });

        Assert.Equal("CERTIFICATE_REVOKED", await RefusalAsync(register.Admin));
        Assert.Equal("", await RefusalAsync(register.ChannelOf(renewed)));
        using var db = register.Core.Store.Read();
        var rows = db.Set<Register.Audit.AuditRow>().Where(row => row.Action.EndsWith("Administrator")).Select(row => new { row.Action, row.Fields, row.Result }).ToList();
        Assert.Equal(
            [$"StaffService/RenewAdministrator certificate {renewed.SerialNumber} OK", $"StaffService/RevokeAdministrator certificate {old.SerialNumber} OK"],
            rows.Select(row => $"{row.Action} {row.Fields} {row.Result}"));
        return renewed;
    }

    private static async Task<string> RefusalAsync(Grpc.Net.Client.GrpcChannel channel)
    {
        try
        {
            await new BanService.BanServiceClient(channel).ListBansAsync(new ListBansRequest());
            return "";
        }
        catch (RpcException refused)
        {
            return refused.Trailers.GetValue(Refused.ReasonTrailer) ?? refused.Status.Detail;
        }
    }
}
