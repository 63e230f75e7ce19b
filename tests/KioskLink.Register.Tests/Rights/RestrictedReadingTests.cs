using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Running;

namespace KioskLink.Register.Tests.Rights;

/// <summary>Who reads whom, and who learns of it.</summary>
public sealed class RestrictedReadingTests
{
    private const string InPerson = "in-person-id-document";

    [Fact]
    public async Task R76_Whose_processing_is_restricted_is_read_by_the_data_protection_officer_alone()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => patron.Restricted = true);
        var asked = (await Service(register).OpenRequest(new OpenRequestRequest { CustomerId = "10001", Kind = RequestKind.Inspect, Channel = "desk", IdentifiedBy = InPerson }, TestCall.Admin())).Request;
        var (read, export) = (new GetPatronRequest { CustomerId = "10001" }, new ExportSubjectRequest { RequestId = asked.Id });

        foreach (var role in new[] { CallerRole.Administrator, CallerRole.Librarian, CallerRole.Technician })
        {
            await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => register.Patrons.GetPatron(read, TestCall.Of(role, "somebody")));
            await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => Service(register).ExportSubject(export, TestCall.Of(role, "somebody")));
        }

        Assert.Equal("Koivunen", (await register.Patrons.GetPatron(read, TestCall.Of(CallerRole.DataProtectionOfficer, "somebody"))).Patron.Surname);
        Assert.NotEmpty((await Service(register).ExportSubject(export, TestCall.Of(CallerRole.DataProtectionOfficer, "somebody"))).DocumentHtml);
    }

    [Fact]
    public async Task R76_Every_reading_call_about_a_restricted_person_is_held_back_and_noted()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.BanAsync(await register.AddPatronAsync(1));
        var patrons = new PatronService.PatronServiceClient(register.Admin);
        Assert.NotNull(await patrons.GetPatronAsync(new GetPatronRequest { CustomerId = "c1" }));
        await register.Core.Lane.WriteAsync(scope => { Register.Store.Sql.Run(scope.Db, "UPDATE patrons SET restricted = 1"); });

        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", async () => await patrons.GetPatronAsync(new GetPatronRequest { CustomerId = "c1" }));
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", async () =>
            await new BanService.BanServiceClient(register.Admin).ListBansAsync(new ListBansRequest { CustomerId = "c1" }));

        var log = await new AuditService.AuditServiceClient(register.Admin).ListEventsAsync(new ListEventsRequest { Action = "PatronService/GetPatron" });
        Assert.Equal("PERMISSION_DENIED", log.Events[0].Result);
    }

    [Fact]
    public async Task R74_Who_read_the_data_is_in_the_export_by_role_and_not_by_name()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.AddPatronAsync(1);
        await new PatronService.PatronServiceClient(register.Admin).GetPatronAsync(new GetPatronRequest { CustomerId = "c1" });
        var rights = new Protos.Register.V1.DataSubjectService.DataSubjectServiceClient(register.Admin);
        var asked = await rights.OpenRequestAsync(new OpenRequestRequest { CustomerId = "c1", Kind = RequestKind.Inspect, Channel = "desk", IdentifiedBy = InPerson });

        var text = (await rights.ExportSubjectAsync(new ExportSubjectRequest { RequestId = asked.Request.Id })).DocumentJson.ToStringUtf8();

        Assert.Contains("PatronService/GetPatron", text, StringComparison.Ordinal);
        Assert.Contains("\"customer-service\"", text, StringComparison.Ordinal);
        Assert.Contains("\"administrator\"", text, StringComparison.Ordinal);
    }

    private static Register.Rights.DataSubjectService Service(TestRegister register) => register.Service<Register.Rights.DataSubjectService>();
}
