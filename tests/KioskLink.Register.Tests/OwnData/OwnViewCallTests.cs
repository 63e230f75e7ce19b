using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Running;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.OwnData;

/// <summary>The own view over a real connection: no certificate, a token in the metadata.</summary>
public sealed class OwnViewCallTests
{
    [Fact]
    public async Task R32_A_patron_without_a_certificate_signs_in_and_sees_the_own_data_with_the_token()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, "8317");
        var view = new OwnDataService.OwnDataServiceClient(register.ChannelOf(null));

        var session = await view.BeginMySessionAsync(new BeginMySessionRequest { CardNumber = Library.Card(1), Pin = TestRegister.Digits("8317"), AttemptId = "1", DeviceId = "page" });

        Assert.Equal(Wire.DecisionCode.Granted, session.Reason);
        var data = await view.GetMyDataAsync(new GetMyDataRequest(), Token(session.SessionToken));
        Assert.Equal("c1", data.Data.CustomerId);
        Assert.Equal("SESSION_ENDED", await ReasonAsync(() => view.GetMyDataAsync(new GetMyDataRequest(), Token("x")).ResponseAsync));
        Assert.Equal("SESSION_ENDED", await ReasonAsync(() => view.GetMyDataAsync(new GetMyDataRequest()).ResponseAsync));
        var staff = new PatronService.PatronServiceClient(register.ChannelOf(null));
        Assert.NotEqual("", await ReasonAsync(() => staff.GetPatronAsync(new GetPatronRequest { CustomerId = "c1" }, Token(session.SessionToken)).ResponseAsync));
    }

    [Fact]
    public async Task An_administrator_and_a_node_have_no_own_view()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var node = register.ChannelOf((await register.EnrolAsync(Library.Branch)).Certificate);

        foreach (var channel in new[] { register.Admin, node })
        {
            var view = new OwnDataService.OwnDataServiceClient(channel);
            Assert.Equal("ROLE_NOT_ALLOWED", await ReasonAsync(() => view.GetMyDataAsync(new GetMyDataRequest()).ResponseAsync));
        }
    }

    private static Metadata Token(string token) => new() { { "authorization", $"Bearer {token}" } };

    private static async Task<string> ReasonAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<RpcException>(call)).Trailers.GetValue(Refused.ReasonTrailer) ?? "";
}
