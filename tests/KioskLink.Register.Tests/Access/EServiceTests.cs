using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Audit;
using KioskLink.Register.Tests.Identity;
using KioskLink.Register.Tests.Running;
using KioskLink.Register.Tests.Staff;
using AccessService = KioskLink.Protos.Register.V1.AccessService;

namespace KioskLink.Register.Tests.Access;

/// <summary>A web library or another service that patrons sign in to with their card.</summary>
public sealed class EServiceTests
{
    private const string Verify = "/kiosklink.register.v1.AccessService/VerifyCredentials";
    private const string Name = "verkkokirjasto";

    [Fact]
    public async Task R31_An_e_service_hears_yes_or_no_and_a_reason_and_nothing_of_whose_card_it_is()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, "4711");
        var session = await EnterAsync(register);

        var right = await AskAsync(register, session, "4711");
        var wrong = await AskAsync(register, session, "4712");

        Assert.Equal((true, DecisionCode.Granted, ""), (right.Valid, right.Reason, right.PatronRef));
        Assert.Equal((false, DecisionCode.PinWrong, ""), (wrong.Valid, wrong.Reason, wrong.PatronRef));
        var rows = await register.EventsAsync("AccessService/VerifyCredentials");
        Assert.All(rows, row => Assert.Equal((Name, "e-service", "e-service"), (row.Actor, row.Role, row.Purpose)));
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public async Task R31_An_e_service_asks_for_no_other_purpose_and_plays_no_device()
    {
        await using var register = await RunningRegister.StartAsync();
        var session = await EnterAsync(register);

        foreach (var purpose in register.Core.Profile.Purposes.Except([DeviceFields.EService]))
        {
            Assert.Equal("DEVICE_ROLE", await Employees.ReasonAsync(() => AskAsync(register, session, "4711", purpose)));
        }

        foreach (var role in new[] { DeviceRole.SelfCheck, DeviceRole.PcBooking, DeviceRole.Door })
        {
            Assert.Equal("DEVICE_ROLE", await Employees.ReasonAsync(() => AskAsync(register, session, "4711", role: role)));
        }
    }

    [Fact]
    public async Task R40_An_e_service_may_make_one_call_and_no_other()
    {
        await using var register = await RunningRegister.StartAsync();
        var session = await EnterAsync(register);
        var open = CallRights.All.Where(rule => (rule.Roles & (RoleSet.Visitors | RoleSet.Patrons)) != RoleSet.None).Select(rule => rule.Method);

        foreach (var path in EveryCall.Paths.Except([.. open, Verify]))
        {
            Assert.Equal((path, (StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED")), (path, await EveryCall.AskAsync(register.ChannelOf(null), path, session)));
        }

        Assert.Equal([Verify], CallRights.All.Where(rule => rule.Roles.Has(CallerRole.EService)).Select(rule => rule.Method));
    }

    [Fact]
    public async Task R40_An_e_service_s_account_has_that_role_alone_and_is_locked_as_any_other()
    {
        await using var register = await RunningRegister.StartAsync();
        var session = await EnterAsync(register);
        var staff = register.AdminStaff();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "roles", async () => await staff.CreateAccountAsync(
            new CreateAccountRequest { UserName = "both", PersonName = "Molemmat", Roles = { StaffRole.EService, StaffRole.Librarian } }));
        foreach (var role in new[] { StaffRole.Librarian, StaffRole.Robot })
        {
            await Refusals.RefusedAsync(
                StatusCode.InvalidArgument, "roles", async () => await staff.ChangeRolesAsync(new ChangeRolesRequest { UserName = Name, Roles = { role } }));
        }

        await staff.LockAccountAsync(new LockAccountRequest { UserName = Name, Reason = "ended" });
        Assert.Equal("SESSION_ENDED", await Employees.ReasonAsync(() => AskAsync(register, session, "4711")));
    }

    private static async Task<Metadata> EnterAsync(RunningRegister register)
    {
        var service = await register.HireAsync(Name, StaffRole.EService);
        Assert.Empty(service.Factor);
        var signed = await register.NobodysStaff().SignInRobotAsync(new SignInRobotRequest { UserName = Name, Password = Employees.Bytes(Employee.Password) });
        return Employees.Bearer(signed.SessionToken);
    }

    private static async Task<VerifyCredentialsResponse> AskAsync(
        RunningRegister register, Metadata session, string pin, string purpose = DeviceFields.EService, DeviceRole role = DeviceRole.Unspecified) =>
        await new AccessService.AccessServiceClient(register.ChannelOf(null)).VerifyCredentialsAsync(
            new VerifyCredentialsRequest
            {
                CardNumber = Library.Card(1),
                Pin = ByteString.CopyFromUtf8(pin),
                Purpose = purpose,
                AttemptId = Guid.NewGuid().ToString("N"),
                DeviceId = "web",
                DeviceRole = role,
            },
            session);
}
