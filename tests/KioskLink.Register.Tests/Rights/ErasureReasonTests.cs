using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;

namespace KioskLink.Register.Tests.Rights;

/// <summary>Why somebody is erased: asked for, kept, and without a word of whom.</summary>
public sealed class ErasureReasonTests
{
    [Theory]
    [InlineData("", "is missing")]
    [InlineData("Koivunen asked for it", "tells who")]
    [InlineData("the card 2440 0000 0000 12", "tells who")]
    [InlineData("customer 10001", "tells who")]
    [InlineData("the code is 020594X903P", "tells who")]
    public async Task R75_An_erasure_needs_a_reason_that_names_nobody(string reason, string refusal)
    {
        await using var register = await TestRegister.StartAsync();
        Assert.Equal("24400000000012", await register.PatronAsync("10001", 1));
        var asked = await OpenAsync(register);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, refusal, () => EraseAsync(register, asked, reason));

        await using var db = register.Core.Store.Read();
        Assert.Equal("Koivunen", db.Set<PatronRow>().Single().Surname);
    }

    [Fact]
    public async Task R75_The_reason_of_an_erasure_stays_as_evidence()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var asked = await OpenAsync(register);

        var erased = await EraseAsync(register, asked, "moved to another country");
        var again = await EraseAsync(register, asked, "another reason");

        Assert.Equal(("request", "moved to another country"), (erased.Erasure.Reason, erased.Erasure.Ground));
        Assert.Equal(erased.Erasure, again.Erasure);
    }

    private static async Task<long> OpenAsync(TestRegister register) => (await Service(register).OpenRequest(
        new OpenRequestRequest { CustomerId = "10001", Kind = RequestKind.Erase, Channel = "desk", IdentifiedBy = "in-person-id-document" }, TestCall.Admin())).Request.Id;

    private static Task<EraseSubjectResponse> EraseAsync(TestRegister register, long request, string reason) =>
        Service(register).EraseSubject(new EraseSubjectRequest { RequestId = request, Reason = reason }, TestCall.Admin());

    private static Register.Rights.DataSubjectService Service(TestRegister register) => register.Service<Register.Rights.DataSubjectService>();
}
