using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Identity;

public sealed class AdmissionTests
{
    [Fact]
    public async Task A_call_without_a_certificate_is_told_so()
    {
        await using var register = await RunningRegister.StartAsync();
        Assert.Equal("CERTIFICATE_MISSING", await ReasonAsync(register, null));
    }

    [Fact]
    public async Task A_certificate_of_another_ca_is_told_so()
    {
        await using var register = await RunningRegister.StartAsync();
        using var foreign = CertificateAuthority.Create("lastu", TimeProvider.System.GetUtcNow());
        using var certificate = Administrator(foreign, TimeProvider.System.GetUtcNow());
        Assert.Equal("CERTIFICATE_FOREIGN", await ReasonAsync(register, certificate));
    }

    [Fact]
    public async Task A_certificate_of_the_future_is_told_so()
    {
        await using var register = await RunningRegister.StartAsync();
        using var certificate = Administrator(register.Part<CertificateAuthority>(), TimeProvider.System.GetUtcNow().AddDays(2));
        Assert.Equal("CERTIFICATE_NOT_YET_VALID", await ReasonAsync(register, certificate));
    }

    [Fact]
    public async Task A_node_may_not_call_what_administrators_call()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await node.Service.ListNodesAsync(new ListNodesRequest()));
        Assert.Equal((StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED"), (error.StatusCode, Reason(error)));
    }

    [Fact]
    public async Task A_node_s_certificate_expires_and_can_still_be_renewed()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        time.SetWallClock(time.GetUtcNow().AddDays(91));

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await node.Service.ReportStatusAsync(new ReportStatusRequest()));
        Assert.Equal((StatusCode.Unauthenticated, "CERTIFICATE_EXPIRED"), (refused.StatusCode, Reason(refused)));

        var renewed = await node.Service.RenewCertificateAsync(new RenewCertificateRequest { CertificateRequest = Google.Protobuf.ByteString.CopyFrom(node.CertificateRequest()) });
        node.Use(renewed.Certificate.ToByteArray());
        await node.Service.ReportStatusAsync(new ReportStatusRequest());
    }

    [Fact]
    public async Task A_young_certificate_is_not_renewed()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await node.Service.RenewCertificateAsync(new RenewCertificateRequest { CertificateRequest = Google.Protobuf.ByteString.CopyFrom(node.CertificateRequest()) }));
        Assert.Equal("RENEWAL_TOO_EARLY", Reason(error));
    }

    [Fact]
    public async Task A_revoked_node_is_told_so_at_its_next_call_and_cannot_renew()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        await node.Service.ReportStatusAsync(new ReportStatusRequest());
        await register.AdminNodes.RevokeNodeAsync(new RevokeNodeRequest { NodeId = "front", Reason = "stolen" });

        var report = await Assert.ThrowsAsync<RpcException>(async () => await node.Service.ReportStatusAsync(new ReportStatusRequest()));
        var renewal = await Assert.ThrowsAsync<RpcException>(async () =>
            await node.Service.RenewCertificateAsync(new RenewCertificateRequest { CertificateRequest = Google.Protobuf.ByteString.CopyFrom(node.CertificateRequest()) }));
        Assert.Equal(("CERTIFICATE_REVOKED", "CERTIFICATE_REVOKED"), (Reason(report), Reason(renewal)));
    }

    [Fact]
    public async Task A_revocation_outlives_a_restart_of_the_register()
    {
        using var folder = new TempFolder();
        X509Certificate2 certificate;
        await using (var before = await RunningRegister.StartAsync(folder: folder))
        {
            await before.ApplyBranchAsync();
            certificate = (await before.EnrolAsync(Library.Branch)).Certificate;
            await before.AdminNodes.RevokeNodeAsync(new RevokeNodeRequest { NodeId = "front", Reason = "stolen" });
        }

        await using var after = await RunningRegister.StartAsync(folder: folder);
        var service = new NodeService.NodeServiceClient(after.ChannelOf(certificate));
        var error = await Assert.ThrowsAsync<RpcException>(async () => await service.ReportStatusAsync(new ReportStatusRequest()));
        Assert.Equal("CERTIFICATE_REVOKED", Reason(error));
    }

    [Fact]
    public void A_node_s_certificate_names_consortium_branch_and_node()
    {
        using var authority = CertificateAuthority.Create("lastu", TimeProvider.System.GetUtcNow());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=somebody else", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        using var certificate = authority.IssueNode(new NodeName("lastu", "FI-Lh Renkomäki", "front"), request, TimeProvider.System.GetUtcNow());
        Assert.Equal(new CallerIdentity(CallerRole.Node, "lastu", "front", "FI-Lh Renkomäki"), CertificateReader.Read(certificate));
        Assert.True(certificate.SerialNumberBytes.Length == 16 && certificate.SerialNumberBytes.Span[0] < 0x80);
    }

    private static async Task<string> ReasonAsync(RunningRegister register, X509Certificate2? certificate)
    {
        var service = new NodeService.NodeServiceClient(register.ChannelOf(certificate));
        var error = await Assert.ThrowsAsync<RpcException>(async () => await service.ListNodesAsync(new ListNodesRequest()));
        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
        return Reason(error);
    }

    private static string Reason(RpcException error)
    {
        var reason = error.Trailers.GetValue(Refused.ReasonTrailer);
        Assert.StartsWith(reason + ": ", error.Status.Detail, StringComparison.Ordinal);
        return reason!;
    }

    private static X509Certificate2 Administrator(CertificateAuthority authority, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bare = authority.IssueAdministrator("lastu", RunningRegister.Administrator, key, now);
        return bare.CopyWithPrivateKey(key);
    }
}
