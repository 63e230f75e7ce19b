using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Tests.Rights;

/// <summary>A request that was closed is not carried out afterwards; what was done may be asked for again (R77, R80).</summary>
public sealed class ClosedRequestTests
{
    [Fact]
    public async Task R77_A_refused_request_hands_nothing_out_and_restricts_nobody()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var service = register.Service<Register.Rights.DataSubjectService>();
        var (inspect, restrict) = (await register.OpenAsync(RequestKind.Inspect), await register.OpenAsync(RequestKind.Restrict));
        foreach (var id in new[] { inspect, restrict })
        {
            await service.RefuseRequest(new RefuseRequestRequest { RequestId = id, Reason = "made in vain" }, TestCall.Admin());
        }

        await Refusals.RefusedAsync(
            StatusCode.FailedPrecondition, "REQUEST_CLOSED", () => service.ExportSubject(new ExportSubjectRequest { RequestId = inspect }, TestCall.Admin()));
        await Refusals.RefusedAsync(
            StatusCode.FailedPrecondition, "REQUEST_CLOSED", () => service.RestrictSubject(new RestrictSubjectRequest { RequestId = restrict }, TestCall.Admin()));

        Assert.True((await register.EnterAsync(card)).Granted);
    }

    [Fact]
    public async Task R74_What_was_handed_out_is_handed_out_again_on_repetition()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var service = register.Service<Register.Rights.DataSubjectService>();
        var request = new ExportSubjectRequest { RequestId = await register.OpenAsync(RequestKind.Inspect) };

        await service.ExportSubject(request, TestCall.Admin());

        Assert.Equal(RequestState.Done, (await service.ExportSubject(request, TestCall.Admin())).Request.State);
    }
}
