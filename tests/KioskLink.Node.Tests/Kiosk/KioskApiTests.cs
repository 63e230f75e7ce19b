using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Node.Kiosk;
using KioskLink.Node.Tests.Doors;
using KioskLink.Protos.Node.V1;
using KioskLink.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using DecisionCode = KioskLink.Rules.Access.DecisionCode;
using DoorConditions = KioskLink.Protos.Register.V1.DoorConditions;

namespace KioskLink.Node.Tests.Kiosk;

/// <summary>The kiosk API over a real connection.</summary>
public sealed class KioskApiTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly Inbox<(string Device, string Pin)> _asked = new();
    private WebApplication? _app;
    private GrpcChannel? _channel;
    private byte[] _lastPin = [];

    private KioskService.KioskServiceClient Client => new(_channel!);

    private static Metadata Token => new() { { "authorization", "Bearer self-check-secret" } };

    private static Metadata DoorToken => new() { { "authorization", "Bearer door-secret" } };

    public async Task InitializeAsync()
    {
        var tokens = DeviceTokens.Read(_folder.Write("tokens.json", $$"""
            { "door": { "sha256": "{{HashOf("door-secret")}}", "role": "door" },
              "machine": { "sha256": "{{HashOf("self-check-secret")}}", "role": "self-check" },
              "pc": { "sha256": "{{HashOf("pc-secret")}}", "role": "pc-booking" } }
            """));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new KioskApi(tokens, Work(), TimeProvider.System));
        var port = FreePort.Next();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.MapGrpcService<KioskApi>();
        await _app.StartAsync();
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
    }

    public async Task DisposeAsync()
    {
        _channel!.Dispose();
        await _app!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_presentation_is_decided_in_the_name_of_the_token_s_device()
    {
        var answer = await Client.AuthorizeEntryAsync(Entry(), DoorToken);

        Assert.Equal(("door", "1234"), await _asked.Next("the presentation"));
        Assert.Equal("Tervetuloa", answer.Decision.Message);
    }

    [Fact]
    public async Task Credentials_are_checked_and_their_pin_is_wiped()
    {
        var answer = await Client.VerifyCredentialsAsync(
            new VerifyCredentialsRequest { CardNumber = Doorstep.Card, Pin = ByteString.CopyFromUtf8("1234"), AttemptId = "a", Purpose = "checkout" }, Token);

        Assert.True(answer.Valid);
        Assert.Equal(("machine", "1234"), await _asked.Next("the question"));
        Assert.All(_lastPin, digit => Assert.Equal(0, digit));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer other")]
    public async Task Without_a_token_of_this_node_nothing_is_answered(string? authorization)
    {
        var headers = authorization is null ? [] : new Metadata { { "authorization", authorization } };

        Assert.Equal((StatusCode.Unauthenticated, "TOKEN_INVALID"), await RefusalAsync(async () => await Client.AuthorizeEntryAsync(Entry(), headers)));
        Assert.Equal(
            (StatusCode.Unauthenticated, "TOKEN_INVALID"),
            await RefusalAsync(async () => await Client.GetLoanStatusAsync(new GetLoanStatusRequest(), headers)));
        Assert.False(_asked.Any);
    }

    [Fact]
    public async Task Loans_are_asked_in_the_name_of_the_token_s_device_and_the_pin_is_wiped()
    {
        var answer = await Client.GetLoanStatusAsync(
            new GetLoanStatusRequest { CardNumber = Doorstep.Card, Pin = ByteString.CopyFromUtf8("1234"), AttemptId = "a" }, Token);

        Assert.Equal(2, answer.Loans);
        Assert.Equal(("machine", "1234"), await _asked.Next("the question"));
        Assert.All(_lastPin, digit => Assert.Equal(0, digit));
    }

    [Theory]
    [InlineData("door-secret", true, false, false)]
    [InlineData("self-check-secret", false, true, true)]
    [InlineData("pc-secret", false, true, false)]
    public async Task R33_Each_device_makes_its_own_calls_only(string secret, bool enters, bool verifies, bool seesLoans)
    {
        var token = new Metadata { { "authorization", $"Bearer {secret}" } };

        Assert.Equal(enters, await MayAsync(async () => await Client.AuthorizeEntryAsync(Entry(), token)));
        Assert.Equal(verifies, await MayAsync(async () => await Client.VerifyCredentialsAsync(
            new VerifyCredentialsRequest { CardNumber = Doorstep.Card, AttemptId = "a", Purpose = "checkout" }, token)));
        Assert.Equal(seesLoans, await MayAsync(async () => await Client.GetLoanStatusAsync(
            new GetLoanStatusRequest { CardNumber = Doorstep.Card, AttemptId = "a" }, token)));
        Assert.True(await MayAsync(async () => await Client.GetNoticesAsync(new GetNoticesRequest(), token)));
    }

    [Fact]
    public async Task A_door_of_another_node_is_not_found()
    {
        var entry = Entry();
        entry.DoorId = "back";

        Assert.Equal((StatusCode.NotFound, "DOOR_UNKNOWN"), await RefusalAsync(async () => await Client.AuthorizeEntryAsync(entry, DoorToken)));
    }

    [Fact]
    public async Task An_attempt_needs_an_id_and_a_pin_has_an_end()
    {
        var nameless = Entry();
        nameless.AttemptId = "";
        var endless = Entry();
        endless.Pin = ByteString.CopyFrom(new byte[17]);

        Assert.Equal((StatusCode.InvalidArgument, "FIELD_INVALID"), await RefusalAsync(async () => await Client.AuthorizeEntryAsync(nameless, DoorToken)));
        Assert.Equal((StatusCode.InvalidArgument, "FIELD_INVALID"), await RefusalAsync(async () => await Client.AuthorizeEntryAsync(endless, DoorToken)));
    }

    private static async Task<bool> MayAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (RpcException refusal) when (refusal.Trailers.GetValue(KioskRefusal.ReasonTrailer) == "DEVICE_ROLE")
        {
            Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
            return false;
        }
    }

    private static async Task<(StatusCode Code, string? Reason)> RefusalAsync(Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(call);
        return (refusal.StatusCode, refusal.Trailers.GetValue(KioskRefusal.ReasonTrailer));
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static AuthorizeEntryRequest Entry() =>
        new() { DoorId = "front", CardNumber = Doorstep.Card, Pin = ByteString.CopyFromUtf8("1234"), AttemptId = "attempt-1" };

    private KioskWork Work() => new()
    {
        Conditions = doorId => doorId == "front" ? new DoorConditions() : null,
        Decide = presentation =>
        {
            _asked.Post((presentation.DeviceId, Encoding.ASCII.GetString(presentation.Pin)));
            return Task.FromResult(Doorstep.Decided(presentation, DecisionCode.Granted));
        },
        Verify = (_, device, pin) =>
        {
            _asked.Post((device.Id, Encoding.ASCII.GetString(pin)));
            _lastPin = pin;
            return Task.FromResult(new VerifyCredentialsResponse { Valid = true });
        },
        Loans = (_, device, pin) =>
        {
            _asked.Post((device.Id, Encoding.ASCII.GetString(pin)));
            _lastPin = pin;
            return Task.FromResult(new GetLoanStatusResponse { Valid = true, Loans = 2 });
        },
        Notices = _ => [],
    };
}
