using KioskLink.Protos.Register.V1;
using KioskLink.Register.Tests.Audit;
using KioskLink.Register.Tests.Running;

namespace KioskLink.Register.Tests.Staff;

/// <summary>Somebody with several roles acts in the one that the call needs.</summary>
public sealed class SeveralRolesTests
{
    [Fact]
    public async Task R76_A_librarian_who_is_data_protection_officer_too_reads_restricted_persons_as_officer()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.AddPatronAsync(1);
        await register.Core.Lane.WriteAsync(scope => { KioskLink.Register.Store.Sql.Run(scope.Db, "UPDATE patrons SET restricted = 1"); });
        var session = await (await register.HireAsync("both", StaffRole.Librarian, StaffRole.DataProtectionOfficer)).WorkAsync();

        await new PatronService.PatronServiceClient(register.ChannelOf(null)).GetPatronAsync(new GetPatronRequest { CustomerId = "c1" }, session);

        Assert.Equal("data-protection-officer", Assert.Single(await register.EventsAsync("PatronService/GetPatron")).Role);
    }
}
