using KioskLink.Protos.Register.V1;
using KioskLink.Register.Staff;
using KioskLink.Register.Tests.Audit;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;
using StaffService = KioskLink.Protos.Register.V1.StaffService;

namespace KioskLink.Register.Tests.Staff;

/// <summary>Staff at a node's own pages: the register proves the person, counts wrong tries, and tells the node what it may keep no longer.</summary>
public sealed class NodeSignInTests
{
    private const string Wrong = "something else, quite long";

    [Fact]
    public async Task A_person_is_proven_by_password_and_code_and_the_node_learns_a_number_and_the_roles()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var (node, aino) = await HireAsync(register, StaffRole.Technician, StaffRole.Librarian);
        time.NextCode();

        var proven = await node.VerifyStaffAsync(Proof(aino));

        Assert.True(proven.Valid);
        Assert.Equal(new[] { StaffRole.Technician, StaffRole.Librarian }.Order(), proven.Roles.Order());
        Assert.Matches("^[0-9]+$", proven.AccountRef);
        Assert.Equal(16, proven.Stamp.Length);
        var row = Assert.Single(await register.EventsAsync("StaffService/VerifyStaff"));
        Assert.Equal(("aino", "OK"), (row.Actor, row.Result));
        Assert.False((await node.VerifyStaffAsync(Proof(aino))).Valid);
    }

    [Fact]
    public async Task R41_What_is_wrong_is_an_answer_that_counts_and_shuts_out_the_node_and_nobody_elsewhere()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var (node, aino) = await HireAsync(register, StaffRole.Technician);
        time.NextCode();

        for (var attempt = 0; attempt < StaffLimits.FailuresMax; attempt++)
            Assert.Equal(new VerifyStaffResponse(), await node.VerifyStaffAsync(Proof(aino, Wrong)));

        Assert.False((await node.VerifyStaffAsync(Proof(aino))).Valid);
        Assert.NotEmpty((await aino.SignInAsync()).SessionToken);
        Assert.False((await node.VerifyStaffAsync(Proof(aino with { Name = "nobody" }))).Valid);
        Assert.Contains(await register.EventsAsync("StaffService/VerifyStaff"), row => row is { Actor: "front", Reason: "SIGN_IN_REFUSED" });
    }

    [Fact]
    public async Task Nobody_is_vouched_for_before_the_undertaking_of_secrecy_was_given()
    {
        await using var register = await RunningRegister.StartAsync();
        var node = await NodeAsync(register);
        var aino = await register.HireAsync("aino", StaffRole.Technician);

        Assert.Equal("UNDERTAKING_MISSING", await Employees.ReasonAsync(async () => await node.VerifyStaffAsync(Proof(aino))));
    }

    [Theory]
    [InlineData("nothing", false)]
    [InlineData("lock", true)]
    [InlineData("roles", true)]
    [InlineData("second factor", true)]
    public async Task A_node_hears_which_account_it_may_keep_no_longer(string change, bool ended)
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var (node, aino) = await HireAsync(register, StaffRole.Technician);
        time.NextCode();
        var proven = await node.VerifyStaffAsync(Proof(aino));

        await ChangeAsync(register.AdminStaff(), change);

        var answer = await node.CheckStaffAsync(new CheckStaffRequest { Marks = { new StaffMark { AccountRef = proven.AccountRef, Stamp = proven.Stamp } } });
        Assert.Equal(ended ? [proven.AccountRef] : Array.Empty<string>(), answer.EndedRefs);
    }

    [Fact]
    public async Task An_account_that_nobody_has_or_a_stamp_that_was_never_given_is_forgotten_too()
    {
        await using var register = await RunningRegister.StartAsync();
        var node = await NodeAsync(register);

        var answer = await node.CheckStaffAsync(new CheckStaffRequest { Marks = { new StaffMark { AccountRef = "4711" } } });

        Assert.Equal(["4711"], answer.EndedRefs);
    }

    private static async Task<StaffService.StaffServiceClient> NodeAsync(RunningRegister register)
    {
        await register.ApplyBranchAsync();
        var node = await register.EnrolAsync(Library.Branch);
        return new StaffService.StaffServiceClient(register.ChannelOf(node.Certificate));
    }

    private static async Task<(StaffService.StaffServiceClient Node, Employee Aino)> HireAsync(RunningRegister register, params StaffRole[] roles)
    {
        var node = await NodeAsync(register);
        var aino = await register.HireAsync("aino", roles);
        await aino.WorkAsync();
        return (node, aino);
    }

    private static VerifyStaffRequest Proof(Employee employee, string password = Employee.Password) =>
        new() { UserName = employee.Name, Password = Employees.Bytes(password), TotpCode = employee.Code, Device = "front-pages" };

    private static async Task ChangeAsync(StaffService.StaffServiceClient staff, string change)
    {
        if (change == "lock")
            await staff.LockAccountAsync(new LockAccountRequest { UserName = "aino", Reason = "left" });
        else if (change == "roles")
            await staff.ChangeRolesAsync(new ChangeRolesRequest { UserName = "aino", Roles = { StaffRole.Librarian } });
        else if (change == "second factor")
            await staff.ResetSecondFactorAsync(new ResetSecondFactorRequest { UserName = "aino" });
    }
}
