using System.Net;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KioskLink.Node.Tests.Rig;

/// <summary>A register that speaks real gRPC over TLS and answers as a test tells it to.</summary>
internal sealed class ScriptedRegister : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedRegister(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>Answers AuthorizeEntry.</summary>
    public Func<AuthorizeEntryRequest, Task<AuthorizeEntryResponse>> Authorize { get; set; } = _ => throw new RpcException(new Status(StatusCode.Unavailable, "not scripted"));

    /// <summary>Answers VerifyCredentials.</summary>
    public Func<VerifyCredentialsRequest, VerifyCredentialsResponse> Verify { get; set; } = _ => throw new RpcException(new Status(StatusCode.Unavailable, "not scripted"));

    /// <summary>Answers GetLoanStatus.</summary>
    public Func<GetLoanStatusRequest, GetLoanStatusResponse> Loans { get; set; } = _ => throw new RpcException(new Status(StatusCode.Unavailable, "not scripted"));

    /// <summary>Lends, takes back and the like.</summary>
    public FakeLending Lending { get; } = new();

    /// <summary>Lends and the like in place of <see cref="Lending"/>; null leaves it to that one.</summary>
    public LoanService.LoanServiceBase? Circulation { get; set; }

    /// <summary>Answers VerifyStaff.</summary>
    public Func<VerifyStaffRequest, VerifyStaffResponse> VerifyStaff { get; set; } = _ => throw new RpcException(new Status(StatusCode.Unavailable, "not scripted"));

    /// <summary>Answers CheckStaff.</summary>
    public Func<CheckStaffRequest, CheckStaffResponse> CheckStaff { get; set; } = _ => throw new RpcException(new Status(StatusCode.Unavailable, "not scripted"));

    /// <summary>Answers RenewCertificate.</summary>
    public Func<RenewCertificateRequest, RenewCertificateResponse> Renew { get; set; } = _ => throw new RpcException(new Status(StatusCode.Unavailable, "not scripted"));

    /// <summary>Answers EnrollNode.</summary>
    public Func<EnrollNodeRequest, EnrollNodeResponse> Enroll { get; set; } = _ => throw new RpcException(new Status(StatusCode.PermissionDenied, "not scripted"));

    /// <summary>Serves PublishEvents.</summary>
    public Func<IAsyncStreamReader<PublishEventsRequest>, IServerStreamWriter<PublishEventsResponse>, CancellationToken, Task> Publish { get; set; } =
        (_, _, _) => throw new RpcException(new Status(StatusCode.Unavailable, "not scripted"));

    /// <summary>Serves SyncEntitlements.</summary>
    public Func<IAsyncStreamReader<SyncEntitlementsRequest>, IServerStreamWriter<SyncEntitlementsResponse>, CancellationToken, Task> Sync { get; set; } =
        (_, _, _) => throw new RpcException(new Status(StatusCode.Unavailable, "not scripted"));

    /// <summary>Serves ReceiveCommands.</summary>
    public Func<IServerStreamWriter<ReceiveCommandsResponse>, CancellationToken, Task> Commands { get; set; } = (_, _) => throw new RpcException(new Status(StatusCode.Unimplemented, "not scripted"));

    /// <summary>Answers ReportStatus.</summary>
    public Func<ReportStatusRequest, ReportStatusResponse> Report { get; set; } = _ => new ReportStatusResponse();

    public static async Task<ScriptedRegister> StartAsync(
        TestAuthority authority, System.Security.Cryptography.X509Certificates.X509Certificate2? server = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = server ?? authority.NewServer();
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (_, _, _) => true;
            });
        }));
        builder.Services.AddGrpc();
        ScriptedRegister? register = null;
        builder.Services.AddSingleton(_ => register!).AddSingleton<ScriptedAccess>().AddSingleton<ScriptedNodes>().AddSingleton<ScriptedLoans>().AddSingleton<ScriptedStaff>();
        var app = builder.Build();
        register = new ScriptedRegister(app);
        app.MapGrpcService<ScriptedAccess>();
        app.MapGrpcService<ScriptedNodes>();
        app.MapGrpcService<ScriptedLoans>();
        app.MapGrpcService<ScriptedStaff>();
        await app.StartAsync();
        register.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return register;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private sealed class ScriptedAccess(ScriptedRegister register) : AccessService.AccessServiceBase
    {
        public override Task<AuthorizeEntryResponse> AuthorizeEntry(AuthorizeEntryRequest request, ServerCallContext context) => register.Authorize(request);

        public override Task<VerifyCredentialsResponse> VerifyCredentials(VerifyCredentialsRequest request, ServerCallContext context) =>
            Task.FromResult(register.Verify(request));
    }

    private sealed class ScriptedLoans(ScriptedRegister register) : LoanService.LoanServiceBase
    {
        public override Task<GetLoanStatusResponse> GetLoanStatus(GetLoanStatusRequest request, ServerCallContext context) => Task.FromResult(register.Loans(request));

        public override Task<GetPatronInformationResponse> GetPatronInformation(GetPatronInformationRequest request, ServerCallContext context) => register.Lending.Patron(request);

        public override Task<CheckOutResponse> CheckOut(CheckOutRequest request, ServerCallContext context) => register.Circulation?.CheckOut(request, context) ?? register.Lending.CheckOut(request);

        public override Task<CheckInResponse> CheckIn(CheckInRequest request, ServerCallContext context) => register.Circulation?.CheckIn(request, context) ?? register.Lending.CheckIn(request);

        public override Task<RenewResponse> Renew(RenewRequest request, ServerCallContext context) => register.Circulation?.Renew(request, context) ?? register.Lending.Renew(request);

        public override Task<RenewAllResponse> RenewAll(RenewAllRequest request, ServerCallContext context) => register.Circulation?.RenewAll(request, context) ?? register.Lending.RenewAll(request);

        public override Task<PlaceHoldResponse> PlaceHold(PlaceHoldRequest request, ServerCallContext context) => register.Circulation?.PlaceHold(request, context) ?? register.Lending.PlaceHold(request);

        public override Task<PayFeeResponse> PayFee(PayFeeRequest request, ServerCallContext context) => register.Circulation?.PayFee(request, context) ?? register.Lending.PayFee(request);

        public override Task<WithdrawActResponse> WithdrawAct(WithdrawActRequest request, ServerCallContext context) =>
            register.Circulation?.WithdrawAct(request, context) ?? register.Lending.Withdraw(request);

        public override Task<GetItemResponse> GetItem(GetItemRequest request, ServerCallContext context) => register.Lending.Item(request);
    }

    private sealed class ScriptedStaff(ScriptedRegister register) : StaffService.StaffServiceBase
    {
        public override Task<VerifyStaffResponse> VerifyStaff(VerifyStaffRequest request, ServerCallContext context) => Task.FromResult(register.VerifyStaff(request));

        public override Task<CheckStaffResponse> CheckStaff(CheckStaffRequest request, ServerCallContext context) => Task.FromResult(register.CheckStaff(request));
    }

    private sealed class ScriptedNodes(ScriptedRegister register) : NodeService.NodeServiceBase
    {
        public override Task<EnrollNodeResponse> EnrollNode(EnrollNodeRequest request, ServerCallContext context) => Task.FromResult(register.Enroll(request));

        public override Task<RenewCertificateResponse> RenewCertificate(RenewCertificateRequest request, ServerCallContext context) =>
            Task.FromResult(register.Renew(request));

        public override Task<ReportStatusResponse> ReportStatus(ReportStatusRequest request, ServerCallContext context) => Task.FromResult(register.Report(request));

        public override Task PublishEvents(
            IAsyncStreamReader<PublishEventsRequest> requestStream, IServerStreamWriter<PublishEventsResponse> responseStream, ServerCallContext context) =>
            register.Publish(requestStream, responseStream, context.CancellationToken);

        public override Task ReceiveCommands(ReceiveCommandsRequest request, IServerStreamWriter<ReceiveCommandsResponse> responseStream, ServerCallContext context) =>
            register.Commands(responseStream, context.CancellationToken);

        public override Task SyncEntitlements(
            IAsyncStreamReader<SyncEntitlementsRequest> requestStream, IServerStreamWriter<SyncEntitlementsResponse> responseStream, ServerCallContext context) =>
            register.Sync(requestStream, responseStream, context.CancellationToken);
    }
}
