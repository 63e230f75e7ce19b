using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Rights;

/// <summary>Requests of a patron who was identified at the desk, as most tests need them.</summary>
internal static class InspectedSubject
{
    /// <summary>Opens a request.</summary>
    public static async Task<long> OpenAsync(this TestRegister register, RequestKind kind, string customer = "10001") => (await Service(register).OpenRequest(
        new OpenRequestRequest { CustomerId = customer, Kind = kind, Channel = "desk", IdentifiedBy = "in-person-id-document" }, TestCall.Admin())).Request.Id;

    /// <summary>Opens a request to inspect, and hands out what is held.</summary>
    public static async Task<ExportSubjectResponse> ExportAsync(this TestRegister register, string customer = "10001", Language language = Language.Unspecified) =>
        await Service(register).ExportSubject(new ExportSubjectRequest { RequestId = await register.OpenAsync(RequestKind.Inspect, customer), Language = language }, TestCall.Admin());

    private static Register.Rights.DataSubjectService Service(TestRegister register) => register.Service<Register.Rights.DataSubjectService>();
}
