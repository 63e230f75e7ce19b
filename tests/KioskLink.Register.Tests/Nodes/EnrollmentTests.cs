using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Nodes;

public sealed class EnrollmentTests
{
    [Fact]
    public async Task A_token_enrols_one_node_once()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var token = await register.TokenAsync(Library.Branch, "front");
        await TestNode.New(register).EnrolAsync(token);

        var second = await Assert.ThrowsAsync<RpcException>(() => TestNode.New(register).EnrolAsync(token));
        Assert.Equal((StatusCode.PermissionDenied, "TOKEN_REFUSED"), (second.StatusCode, second.Trailers.GetValue(Refused.ReasonTrailer)));
    }

    [Fact]
    public async Task A_token_holds_the_ca_certificate_and_the_register_s_address()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var token = await register.TokenAsync(Library.Branch, "front");
        Assert.Equal(register.Part<CertificateAuthority>().Certificate.RawData, token.CaCertificate.ToByteArray());
        Assert.Equal(register.Host.Addresses.Grpc, token.Register);
    }

    [Fact]
    public async Task An_expired_token_enrols_nobody()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        await register.ApplyBranchAsync();
        var token = await register.TokenAsync(Library.Branch, "front");
        time.SetWallClock(time.GetUtcNow().AddHours(25));
        var error = await Assert.ThrowsAsync<RpcException>(() => TestNode.New(register).EnrolAsync(token));
        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
    }

    [Fact]
    public async Task A_node_that_cannot_run_the_pin_algorithm_is_refused_and_its_token_stays_good()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var token = await register.TokenAsync(Library.Branch, "front");
        var node = TestNode.New(register);
        var request = node.EnrolRequest(token);
        request.PinAlgorithms.Clear();
        request.PinAlgorithms.Add("rot13");

        var client = new Protos.Register.V1.NodeService.NodeServiceClient(register.ChannelOf(null));
        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.EnrollNodeAsync(request));
        Assert.Equal((StatusCode.FailedPrecondition, "PIN_ALGORITHM"), (error.StatusCode, error.Trailers.GetValue(Refused.ReasonTrailer)));
        await node.EnrolAsync(token);
    }

    [Fact]
    public async Task A_key_on_disk_is_too_weak_for_a_replica_of_the_whole_consortium()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync(Library.BranchLike(change: branch => branch.ReplicaScope = ReplicaScope.Consortium));
        var error = await Assert.ThrowsAsync<RpcException>(() => register.EnrolAsync(Library.Branch, custody: KeyCustody.Disk));
        Assert.Equal((StatusCode.FailedPrecondition, "CUSTODY_TOO_WEAK"), (error.StatusCode, error.Trailers.GetValue(Refused.ReasonTrailer)));
    }

    [Fact]
    public async Task A_branch_whose_node_keeps_its_key_on_disk_is_not_given_the_whole_consortium()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.EnrolAsync(Library.Branch, "front", KeyCustody.Disk);
        await register.EnrolAsync(Library.Branch, "back", KeyCustody.Tpm);
        var branches = new Protos.Register.V1.BranchService.BranchServiceClient(register.Admin);
        var wide = Library.BranchLike(change: branch => branch.ReplicaScope = ReplicaScope.Consortium);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await branches.ApplyBranchAsync(new ApplyBranchRequest { Branch = wide }));
        Assert.Equal((StatusCode.FailedPrecondition, "CUSTODY_TOO_WEAK"), (error.StatusCode, error.Trailers.GetValue(Refused.ReasonTrailer)));
        Assert.Contains("front", error.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("back", error.Status.Detail, StringComparison.Ordinal);

        await register.AdminNodes.RevokeNodeAsync(new RevokeNodeRequest { NodeId = "front", Reason = "replaced" });
        Assert.True((await branches.ApplyBranchAsync(new ApplyBranchRequest { Branch = wide })).Changed);
    }

    [Fact]
    public async Task Enrolling_a_node_anew_ends_the_old_one()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var stolen = await register.EnrolAsync(Library.Branch);
        var fresh = await register.EnrolAsync(Library.Branch);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await stolen.Service.ReportStatusAsync(new ReportStatusRequest()));
        Assert.Equal("CERTIFICATE_REVOKED", error.Trailers.GetValue(Refused.ReasonTrailer));
        await fresh.Service.ReportStatusAsync(new ReportStatusRequest());
    }

    [Fact]
    public async Task An_unknown_branch_gets_no_token()
    {
        await using var register = await RunningRegister.StartAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => register.TokenAsync("FI-Nowhere", "front"));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task Neither_the_secret_nor_the_node_key_stands_in_the_store()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var token = await register.TokenAsync(Library.Branch, "front");
        var node = TestNode.New(register);
        await node.EnrolAsync(token);
        using var db = register.Core.Store.Read();
        Assert.All(db.Set<EnrollmentRow>(), row => Assert.NotEqual(System.Text.Encoding.UTF8.GetBytes(token.Secret), row.SecretHash));
        Assert.All(db.Set<NodeRow>(), row => Assert.Equal(-1, row.SealedKey.AsSpan().IndexOf(node.NodeKey)));
    }

    [Fact]
    public async Task Revoking_says_how_many_cards_a_thief_could_attack()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var now = TimeProvider.System.GetUtcNow();
        await register.AddPatronAsync(1, pin: "2468", visited: now);
        await register.AddPatronAsync(2, visited: now);
        await register.AddPatronAsync(3, pin: "2468");
        await register.EnrolAsync(Library.Branch);
        var revoked = await register.AdminNodes.RevokeNodeAsync(new RevokeNodeRequest { NodeId = "front", Reason = "stolen" });
        Assert.Equal(1, revoked.CardsExposed);
        Assert.True((await register.StatusAsync()).Revoked);
    }
}
