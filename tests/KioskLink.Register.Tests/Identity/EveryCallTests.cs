using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Identity;

/// <summary>Who may make which call, tried with every call that there is.</summary>
public sealed class EveryCallTests
{
    private const string Node = "/kiosklink.register.v1.NodeService/";
    private const string Loans = "/kiosklink.register.v1.LoanService/";
    private const string Staff = "/kiosklink.register.v1.StaffService/";
    private const string Enrolment = Node + "EnrollNode";
    private const string Renewal = Node + "RenewCertificate";

    private static readonly string[] OfNodesAlone =
        [Renewal, Node + "SyncEntitlements", Node + "PublishEvents", Node + "ReceiveCommands", Node + "ReportStatus", Staff + "VerifyStaff", Staff + "CheckStaff"];

    private static readonly string[] OfNodesToo =
    [
        "/kiosklink.register.v1.AccessService/AuthorizeEntry", "/kiosklink.register.v1.AccessService/VerifyCredentials",
        "/kiosklink.register.v1.BranchService/GetBranch", "/kiosklink.register.v1.OpeningHoursService/GetOpeningHours",
        "/kiosklink.register.v1.OutageService/GetServiceStatus", "/kiosklink.register.v1.LoanService/GetLoanStatus", "/grpc.health.v1.Health/Check",
        Loans + "GetPatronInformation", Loans + "CheckOut", Loans + "CheckIn", Loans + "Renew", Loans + "RenewAll", Loans + "PlaceHold", Loans + "PayFee",
        Loans + "GetItem", Loans + "WithdrawAct",
    ];

    /// <summary>Calls that take another proof than a certificate: a token, a password, a card with its PIN.</summary>
    private static IEnumerable<string> Open =>
        CallRights.All.Where(rule => (rule.Roles & (RoleSet.Visitors | RoleSet.Patrons)) != RoleSet.None).Select(rule => rule.Method);

    [Fact]
    public async Task Without_a_certificate_every_call_but_enrolment_is_unauthenticated_with_a_reason()
    {
        await using var register = await RunningRegister.StartAsync();
        var nobody = register.ChannelOf(null);

        Assert.True(EveryCall.Paths.Count >= 36);
        foreach (var path in EveryCall.Paths.Except(Open))
        {
            Assert.Equal((path, (StatusCode.Unauthenticated, "CERTIFICATE_MISSING")), (path, await EveryCall.AskAsync(nobody, path)));
        }

        Assert.Equal(StatusCode.InvalidArgument, (await EveryCall.AskAsync(nobody, Enrolment)).Code);
    }

    [Fact]
    public async Task A_node_s_certificate_reaches_no_call_of_administrators()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = register.ChannelOf((await register.EnrolAsync(Library.Branch)).Certificate);

        foreach (var path in EveryCall.Paths.Except([.. Open, .. OfNodesAlone, .. OfNodesToo]))
        {
            Assert.Equal((path, (StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED")), (path, await EveryCall.AskAsync(node, path)));
        }

        foreach (var path in OfNodesAlone.Concat(OfNodesToo).Except([Node + "ReceiveCommands"]))
        {
            Assert.NotEqual((path, "ROLE_NOT_ALLOWED"), (path, (await EveryCall.AskAsync(node, path)).Reason));
        }
    }

    [Fact]
    public async Task An_administrator_s_certificate_plays_no_node()
    {
        await using var register = await RunningRegister.StartAsync();

        foreach (var path in OfNodesAlone)
        {
            Assert.Equal((path, (StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED")), (path, await EveryCall.AskAsync(register.Admin, path)));
        }
    }

    [Fact]
    public async Task An_expired_certificate_may_only_renew()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        var expired = register.ChannelOf(node.Certificate);
        time.SetWallClock(time.GetUtcNow() + CertificateAuthority.NodeValidity + TimeSpan.FromSeconds(1));

        foreach (var path in EveryCall.Paths.Except([.. Open, Renewal]))
        {
            Assert.Equal((path, (StatusCode.Unauthenticated, "CERTIFICATE_EXPIRED")), (path, await EveryCall.AskAsync(expired, path)));
        }

        var renewal = new RenewCertificateRequest { CertificateRequest = Google.Protobuf.ByteString.CopyFrom(node.CertificateRequest()) };
        Assert.NotEmpty((await node.Service.RenewCertificateAsync(renewal)).Certificate);
    }

    [Fact]
    public async Task An_administrator_s_expired_certificate_renews_nothing()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        time.SetWallClock(time.GetUtcNow() + CertificateAuthority.AdministratorValidity + TimeSpan.FromDays(1));

        Assert.Equal((StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED"), await EveryCall.AskAsync(register.Admin, Renewal));
    }

    [Fact]
    public async Task Every_stream_of_a_revoked_node_ends_within_5_s_and_is_told_why()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        using var sync = await node.SyncAsync();
        await sync.WelcomeAsync();
        using var events = await node.PublishAsync(new TestJournal(node));
        await events.HeldAsync();
        using var commands = node.Commands();
        var command = commands.ResponseStream.MoveNext(CancellationToken.None);
        await Patience.Until(() => Sessions(register).All(open => open), "all three streams are open");

        await register.AdminNodes.RevokeNodeAsync(new RevokeNodeRequest { NodeId = "front", Reason = "stolen" });

        var ends = Task.WhenAll(sync.EndAsync(), events.EndAsync(), Assert.ThrowsAsync<RpcException>(() => command));
        Assert.All(
            await ends.WaitAsync(TimeSpan.FromSeconds(5)),
            end => Assert.Equal((StatusCode.Unauthenticated, "CERTIFICATE_REVOKED"), (end.StatusCode, end.Trailers.GetValue(Refused.ReasonTrailer))));
    }

    [Fact]
    public async Task A_stream_that_a_revocation_overtakes_ends_as_the_open_ones_do()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.EnrolAsync(Library.Branch);
        await register.AdminNodes.RevokeNodeAsync(new RevokeNodeRequest { NodeId = "front", Reason = "stolen" });

        var late = register.Part<Register.Nodes.NodeSessions>().ServeAsync(
            "front", Register.Nodes.SessionKind.Commands, ended => Task.Delay(Timeout.Infinite, ended), CancellationToken.None);

        var end = await Assert.ThrowsAsync<RpcException>(() => late.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Equal("CERTIFICATE_REVOKED", end.Trailers.GetValue(Refused.ReasonTrailer));
    }

    private static IEnumerable<bool> Sessions(RunningRegister register) => Enum.GetValues<Register.Nodes.SessionKind>()
        .Select(kind => register.Part<Register.Nodes.NodeSessions>().IsOpen("front", kind));
}
