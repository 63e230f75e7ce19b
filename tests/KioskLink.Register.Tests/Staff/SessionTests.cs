using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Staff;
using KioskLink.Register.Tests.Audit;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Staff;

/// <summary>A session ends when nobody uses it, when the day is over, and when its account changes; until then it does what its roles may.</summary>
public sealed class SessionTests
{
    private const string Ended = "SESSION_ENDED";

    [Fact]
    public async Task R41_A_session_ends_when_it_is_not_used_and_when_the_day_is_over()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var aino = await register.HireAsync("aino", StaffRole.Librarian);
        var session = await aino.WorkAsync();

        time.SetWallClock(time.GetUtcNow() + StaffLimits.IdleOfPersons - TimeSpan.FromSeconds(1));
        await BansAsync(register, session);
        time.SetWallClock(time.GetUtcNow() + StaffLimits.IdleOfPersons);
        Assert.Equal(Ended, await Employees.ReasonAsync(() => BansAsync(register, session)));

        var busy = await aino.WorkAsync();
        var end = time.GetUtcNow() + StaffLimits.SessionOfPersons;
        for (; time.GetUtcNow() + TimeSpan.FromMinutes(20) < end; time.SetWallClock(time.GetUtcNow() + TimeSpan.FromMinutes(20)))
            await BansAsync(register, busy);
        time.SetWallClock(time.GetUtcNow() + TimeSpan.FromMinutes(20));
        Assert.Equal(Ended, await Employees.ReasonAsync(() => BansAsync(register, busy)));
    }

    [Fact]
    public async Task R41_Signing_out_locking_other_roles_and_a_new_second_factor_end_sessions_at_once()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var aino = await register.HireAsync("aino", StaffRole.Librarian);
        var admin = register.AdminStaff();
        foreach (var end in new Func<Metadata, Task>[]
        {
            async session => await register.NobodysStaff().SignOutAsync(new SignOutRequest(), session),
            async _ => await admin.ChangeRolesAsync(new ChangeRolesRequest { UserName = "aino", Roles = { StaffRole.Librarian, StaffRole.Technician } }),
            async _ =>
            {
                await admin.LockAccountAsync(new LockAccountRequest { UserName = "aino", Reason = "on leave" });
                Assert.Equal("SIGN_IN_REFUSED", await Employees.ReasonAsync(() => aino.SignInAsync()));
                await admin.UnlockAccountAsync(new UnlockAccountRequest { UserName = "aino" });
            },
            async _ => await admin.ResetSecondFactorAsync(new ResetSecondFactorRequest { UserName = "aino" }),
        })
        {
            time.NextCode();
            var session = await aino.WorkAsync();
            await BansAsync(register, session);

            await end(session);

            Assert.Equal(Ended, await Employees.ReasonAsync(() => BansAsync(register, session)));
        }

        time.NextCode();
        Assert.Equal("SIGN_IN_REFUSED", await Employees.ReasonAsync(() => aino.SignInAsync()));
    }

    [Fact]
    public async Task R41_A_device_has_one_session_of_a_person_and_a_person_few()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var aino = await register.HireAsync("aino", StaffRole.Librarian);
        var first = await WorkAsync("desk-1");
        var again = await WorkAsync("desk-1");

        Assert.Equal(Ended, await Employees.ReasonAsync(() => BansAsync(register, first)));
        await WorkAsync("desk-2");
        await WorkAsync("desk-3");
        await WorkAsync("desk-4");

        Assert.Equal(Ended, await Employees.ReasonAsync(() => BansAsync(register, again)));
        Assert.Equal(StaffLimits.SessionsMax, (await aino.AccountAsync()).Sessions);

        Task<Metadata> WorkAsync(string device)
        {
            time.NextCode();
            return aino.WorkAsync(device);
        }
    }

    [Fact]
    public async Task A_session_outlives_a_restart_of_the_register_and_the_end_of_one_does_too()
    {
        using var folder = new TempFolder();
        Metadata session, ended;
        await using (var before = await RunningRegister.StartAsync(folder: folder))
        {
            session = await (await before.HireAsync("aino", StaffRole.Librarian)).WorkAsync();
            ended = await (await before.HireAsync("eino", StaffRole.Librarian)).WorkAsync();
            await before.NobodysStaff().SignOutAsync(new SignOutRequest(), ended);
        }

        await using var after = await RunningRegister.StartAsync(folder: folder);
        await BansAsync(after, session);
        Assert.Equal(Ended, await Employees.ReasonAsync(() => BansAsync(after, ended)));
    }

    [Fact]
    public async Task R40_A_session_does_what_its_roles_may_and_a_refusal_is_noted_with_its_person()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        await register.AddPatronAsync(1);
        var technician = await (await register.HireAsync("tekno", StaffRole.Technician)).WorkAsync();
        var officer = await (await register.HireAsync("tsv", StaffRole.DataProtectionOfficer)).WorkAsync();
        var both = await (await register.HireAsync("aino", StaffRole.Librarian, StaffRole.Technician)).WorkAsync();
        var channel = register.ChannelOf(null);
        var (patrons, nodes, audit) = (
            new PatronService.PatronServiceClient(channel), new NodeService.NodeServiceClient(channel), new AuditService.AuditServiceClient(channel));
        var show = new GetPatronRequest { CustomerId = "c1" };

        Assert.Equal("ROLE_NOT_ALLOWED", await Employees.ReasonAsync(async () => await patrons.GetPatronAsync(show, technician)));
        await nodes.ListNodesAsync(new ListNodesRequest(), technician);
        await audit.VerifyAsync(new VerifyRequest(), officer);
        Assert.Equal("ROLE_NOT_ALLOWED", await Employees.ReasonAsync(async () => await BansAddAsync(register, officer)));
        await patrons.GetPatronAsync(show, both);
        Assert.Equal("ROLE_NOT_ALLOWED", await Employees.ReasonAsync(async () => await audit.VerifyAsync(new VerifyRequest(), both)));

        var reads = await register.EventsAsync("PatronService/GetPatron");
        Assert.Equal(
            [("aino", "librarian", "OK"), ("tekno", "technician", "PERMISSION_DENIED")], reads.Select(row => (row.Actor, row.Role, row.Result)).Order());
    }

    [Fact]
    public async Task R40_An_administrator_changes_every_account_but_the_own_one()
    {
        await using var register = await RunningRegister.StartAsync();
        var session = await (await register.HireAsync("paakayttaja", StaffRole.Administrator)).WorkAsync();
        await register.HireAsync("aino", StaffRole.Librarian);
        var staff = register.NobodysStaff();

        var changed = await staff.ChangeRolesAsync(new ChangeRolesRequest { UserName = "aino", Roles = { StaffRole.CameraViewer } }, session);
        Assert.Equal([StaffRole.CameraViewer], changed.Account.Roles);
        Assert.Equal("OWN_ACCOUNT", await Employees.ReasonAsync(
            async () => await staff.ChangeRolesAsync(new ChangeRolesRequest { UserName = "paakayttaja", Roles = { StaffRole.CameraViewer } }, session)));
        Assert.Equal("OWN_ACCOUNT", await Employees.ReasonAsync(
            async () => await staff.ResetSecondFactorAsync(new ResetSecondFactorRequest { UserName = "PAAKAYTTAJA" }, session)));
        await Refusals.RefusedAsync(
            StatusCode.NotFound, "account", async () => await staff.LockAccountAsync(new LockAccountRequest { UserName = "nobody", Reason = "x" }, session));
    }

    [Fact]
    public async Task R43_Nobody_sees_a_patron_before_the_undertaking_of_secrecy_is_given_and_recorded()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.AddPatronAsync(1);
        var aino = await register.HireAsync("aino", StaffRole.Librarian);
        var signed = await aino.SignInAsync();
        var session = Employees.Bearer(signed.SessionToken);
        var (patrons, staff) = (new PatronService.PatronServiceClient(register.ChannelOf(null)), register.NobodysStaff());

        Assert.All(signed.Undertaking.Texts, text => Assert.Contains("621/1999", text.Text, StringComparison.Ordinal));
        Assert.Equal(["en", "fi", "sv"], signed.Undertaking.Texts.Select(text => text.Language).Order());
        Assert.Equal("UNDERTAKING_MISSING", await Employees.ReasonAsync(async () => await patrons.GetPatronAsync(new GetPatronRequest { CustomerId = "c1" }, session)));
        Assert.Equal(signed.Undertaking.Version, (await staff.GetSessionAsync(new GetSessionRequest(), session)).Undertaking.Version);
        await Refusals.RefusedAsync(
            StatusCode.InvalidArgument, "version", async () => await staff.AcceptUndertakingAsync(new AcceptUndertakingRequest { Version = "1999" }, session));

        await staff.AcceptUndertakingAsync(new AcceptUndertakingRequest { Version = signed.Undertaking.Version }, session);

        await patrons.GetPatronAsync(new GetPatronRequest { CustomerId = "c1" }, session);
        var account = await aino.AccountAsync();
        Assert.Equal(signed.Undertaking.Version, account.UndertakingVersion);
        Assert.NotNull(account.UndertakingTime);
        Assert.Null((await staff.GetSessionAsync(new GetSessionRequest(), session)).Undertaking);
        using var db = register.Core.Store.Read();
        Assert.Equal("desk-1", db.Set<StaffUndertakingRow>().OrderBy(row => row.AcceptedAt).Last().Device);
    }

    [Fact]
    public async Task R42_Every_row_of_a_session_names_the_device_at_which_it_was_begun()
    {
        await using var register = await RunningRegister.StartAsync();
        var session = await (await register.HireAsync("aino", StaffRole.Librarian)).WorkAsync("desk-7");

        await Employees.ReasonAsync(async () =>
            await new PatronService.PatronServiceClient(register.ChannelOf(null)).GetPatronAsync(new GetPatronRequest { CustomerId = "nobody" }, session));

        using var db = register.Core.Store.Read();
        var row = Assert.Single(db.Set<Register.Audit.AuditRow>(), row => row.Action == "PatronService/GetPatron");
        Assert.Equal(("aino", "desk-7"), (row.Actor, row.Device));
    }

    [Fact]
    public async Task A_certificate_has_no_session_to_end()
    {
        await using var register = await RunningRegister.StartAsync();
        Assert.Equal("NO_SESSION", await Employees.ReasonAsync(async () => await register.AdminStaff().SignOutAsync(new SignOutRequest())));
        Assert.Equal(Ended, await Employees.ReasonAsync(async () => await register.AdminStaff().SignOutAsync(new SignOutRequest(), Employees.Bearer("none"))));
    }

    [Fact]
    public async Task R41_A_session_of_an_earlier_second_factor_does_not_come_back_with_a_restart()
    {
        using var folder = new TempFolder();
        Metadata session;
        await using (var register = await RunningRegister.StartAsync(folder: folder))
        {
            session = await (await register.HireAsync("aino", StaffRole.Librarian)).WorkAsync();
            // As when the register stops between the change of the account and the end of its sessions.
            await register.Core.Lane.WriteAsync(scope => { KioskLink.Register.Store.Sql.Run(scope.Db, "UPDATE staff_accounts SET security_stamp = 'another'"); });
        }

        await using var again = await RunningRegister.StartAsync(folder: folder);
        Assert.Equal(Ended, await Employees.ReasonAsync(() => BansAsync(again, session)));
    }

    [Fact]
    public async Task R41_A_refused_sign_in_writes_whoever_is_named()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.HireAsync("aino", StaffRole.Librarian);
        await register.AdminStaff().LockAccountAsync(new LockAccountRequest { UserName = "aino", Reason = "on leave" });

        foreach (var name in new[] { "nobody-here", "aino" })
        {
            Assert.Equal("SIGN_IN_REFUSED", await Employees.ReasonAsync(async () => await register.NobodysStaff().SignInAsync(
                new SignInRequest { UserName = name, Password = Employees.Bytes("wrong password"), TotpCode = "000000" })));
        }

        using var db = register.Core.Store.Read();
        Assert.Equal(2, KioskLink.Register.Store.Sql.Number(db, "SELECT failures FROM staff_nobody"));
    }

    private static async Task BansAsync(RunningRegister register, Metadata session) =>
        await new BanService.BanServiceClient(register.ChannelOf(null)).ListBansAsync(new ListBansRequest(), session);

    private static async Task BansAddAsync(RunningRegister register, Metadata session) =>
        await new BanService.BanServiceClient(register.ChannelOf(null)).AddBanAsync(new AddBanRequest(), session);
}
