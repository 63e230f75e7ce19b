using System.Text;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Staff;
using KioskLink.Register.Tests.Audit;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Staff;

/// <summary>Every person signs in for himself (R41), and no wrong try tells more than another.</summary>
public sealed class SignInTests
{
    private const string Refusal = "SIGN_IN_REFUSED";

    [Fact]
    public async Task R41_A_person_works_by_an_own_user_name_and_stands_in_the_log_by_it()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.AddPatronAsync(1);
        var (aino, eino) = (await register.HireAsync("aino", StaffRole.Librarian), await register.HireAsync("eino", StaffRole.Librarian));
        var patrons = new PatronService.PatronServiceClient(register.ChannelOf(null));

        await patrons.GetPatronAsync(new GetPatronRequest { CustomerId = "c1" }, await aino.WorkAsync());
        await patrons.GetPatronAsync(new GetPatronRequest { CustomerId = "c1" }, await eino.WorkAsync("desk-2"));

        var reads = await register.EventsAsync("PatronService/GetPatron");
        Assert.Equal([("aino", "librarian"), ("eino", "librarian")], reads.Select(row => (row.Actor, row.Role)).Order());
        Assert.Equal(["aino", "eino"], (await register.EventsAsync("StaffService/SignIn")).Select(row => row.Actor).Order());
    }

    [Fact]
    public async Task R41_A_user_name_is_one_person_s_and_is_never_given_twice()
    {
        await using var register = await RunningRegister.StartAsync();
        var staff = register.AdminStaff();
        await register.HireAsync("aino", StaffRole.Librarian);
        await staff.LockAccountAsync(new LockAccountRequest { UserName = "aino", Reason = "left" });

        Assert.Equal("USER_NAME_TAKEN", await Employees.ReasonAsync(() => CreateAsync(staff, "aino", "Joku Muu")));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "person_name", () => CreateAsync(staff, "eino", ""));
        foreach (var name in new[] { "Aino", "a", "administrator", "system", "two words", "1st" })
            await Refusals.RefusedAsync(StatusCode.InvalidArgument, "user_name", () => CreateAsync(staff, name, "Joku Muu"));
    }

    [Fact]
    public async Task R41_Whatever_is_wrong_the_answer_is_the_same_and_a_code_works_once()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var aino = await register.HireAsync("aino", StaffRole.Librarian);
        await register.AdminStaff().CreateAccountAsync(new CreateAccountRequest { UserName = "new.one", PersonName = "Uusi", Roles = { StaffRole.Librarian } });
        var code = aino.Code;
        await aino.SignInAsync();

        var texts = new List<string>();
        foreach (var attempt in new Func<Task>[]
        {
            () => aino.SignInAsync(code: code),
            () => aino.SignInAsync(password: "something else, quite long", code: Next(aino, time)),
            () => aino.SignInAsync(code: "000000"),
            () => aino.SignInAsync(code: ""),
            () => (aino with { Name = "nobody" }).SignInAsync(),
            () => (aino with { Name = "new.one" }).SignInAsync(),
        })
        {
            texts.Add((await Assert.ThrowsAsync<RpcException>(attempt)).Status.Detail);
        }

        Assert.StartsWith(Refusal, Assert.Single(texts.Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R41_Five_failures_lock_the_account_for_a_quarter_of_an_hour_however_many_try_at_once()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var aino = await register.HireAsync("aino", StaffRole.Librarian);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Employees.ReasonAsync(() => aino.SignInAsync(password: "something else, quite long"))));

        Assert.Equal(Refusal, await Employees.ReasonAsync(() => aino.SignInAsync()));
        Assert.NotNull((await aino.AccountAsync()).LockedUntil);
        time.SetWallClock(time.GetUtcNow() + StaffLimits.Lockout + TimeSpan.FromSeconds(1));
        Assert.NotEmpty((await aino.SignInAsync()).SessionToken);
    }

    [Fact]
    public async Task R41_An_administrator_unlocks_what_wrong_passwords_have_locked()
    {
        await using var register = await RunningRegister.StartAsync();
        var aino = await register.HireAsync("aino", StaffRole.Librarian);
        for (var attempt = 0; attempt < StaffLimits.FailuresMax; attempt++)
            await Employees.ReasonAsync(() => aino.SignInAsync(password: "something else, quite long"));
        Assert.Equal(Refusal, await Employees.ReasonAsync(() => aino.SignInAsync()));

        await register.AdminStaff().UnlockAccountAsync(new UnlockAccountRequest { UserName = "aino" });

        Assert.NotEmpty((await aino.SignInAsync()).SessionToken);
    }

    [Fact]
    public async Task A_set_up_secret_works_once_for_a_week_and_survives_a_password_that_is_too_weak()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var made = await CreateAsync(register.AdminStaff(), "aino", "Aino Testi");
        var late = await CreateAsync(register.AdminStaff(), "eino", "Eino Testi");
        var nobody = register.NobodysStaff();

        foreach (var weak in new[] { "short", "aaaaaaaaaaaaaaaa", new string('x', 200) })
            await Refusals.RefusedAsync(StatusCode.InvalidArgument, "password", () => SetUpAsync("aino", made.SetUpSecret, weak));
        Assert.Equal("SET_UP_REFUSED", await Employees.ReasonAsync(() => SetUpAsync("aino", late.SetUpSecret, Employee.Password)));
        var setUp = await SetUpAsync("aino", made.SetUpSecret, Employee.Password);
        Assert.StartsWith("otpauth://totp/", setUp.TotpUri, StringComparison.Ordinal);
        Assert.Equal("SET_UP_REFUSED", await Employees.ReasonAsync(() => SetUpAsync("aino", made.SetUpSecret, Employee.Password)));
        time.SetWallClock(time.GetUtcNow() + StaffLimits.SetUpFor);
        Assert.Equal("SET_UP_REFUSED", await Employees.ReasonAsync(() => SetUpAsync("eino", late.SetUpSecret, Employee.Password)));

        async Task<SetUpAccountResponse> SetUpAsync(string name, string secret, string password) => await nobody.SetUpAccountAsync(
            new SetUpAccountRequest { UserName = name, SetUpSecret = secret, Password = Employees.Bytes(password) });
    }

    [Fact]
    public async Task R36_A_robot_signs_in_by_its_own_way_only_and_acts_under_its_own_name()
    {
        await using var register = await RunningRegister.StartAsync();
        var robot = await register.HireAsync("robot-1", StaffRole.Robot);
        var aino = await register.HireAsync("aino", StaffRole.Librarian);
        Assert.Empty(robot.Factor);

        Assert.Equal(Refusal, await Employees.ReasonAsync(() => robot.SignInAsync(code: "123456")));
        Assert.Equal(Refusal, await Employees.ReasonAsync(() => RobotAsync(aino.Name)));
        var session = Employees.Bearer((await RobotAsync("robot-1")).SessionToken);
        await register.NobodysStaff().SignOutAsync(new SignOutRequest(), session);

        Assert.Contains(await register.EventsAsync("StaffService/SignOut"), row => row is { Actor: "robot-1", Role: "robot" });
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "roles", async () => await register.AdminStaff().CreateAccountAsync(
            new CreateAccountRequest { UserName = "both", PersonName = "Molemmat", Roles = { StaffRole.Robot, StaffRole.Librarian } }));

        async Task<SignInRobotResponse> RobotAsync(string name) =>
            await register.NobodysStaff().SignInRobotAsync(new SignInRobotRequest { UserName = name, Password = Employees.Bytes(Employee.Password) });
    }

    [Fact]
    public async Task Neither_password_nor_code_secret_nor_token_lies_on_the_disk()
    {
        using var folder = new TempFolder();
        await using var register = await RunningRegister.StartAsync(folder: folder);
        var made = await CreateAsync(register.AdminStaff(), "aino", "Aino Testi");
        var setUp = await register.NobodysStaff().SetUpAccountAsync(
            new SetUpAccountRequest { UserName = "aino", SetUpSecret = made.SetUpSecret, Password = Employees.Bytes(Employee.Password) });
        var aino = new Employee(register, "aino", []);
        await Employees.ReasonAsync(() => aino.SignInAsync(code: "000000"));

        var disk = Encoding.Latin1.GetString([.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).SelectMany(Read)]);

        Assert.All(
            [made.SetUpSecret, setUp.TotpSecret, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Employee.Password))],
            secret => Assert.DoesNotContain(secret, disk, StringComparison.Ordinal));
        Assert.Contains("aino", disk, StringComparison.Ordinal);
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Next(Employee employee, VirtualTime time)
    {
        time.NextCode();
        return employee.Code;
    }

    private static async Task<CreateAccountResponse> CreateAsync(KioskLink.Protos.Register.V1.StaffService.StaffServiceClient staff, string name, string person) =>
        await staff.CreateAccountAsync(new CreateAccountRequest { UserName = name, PersonName = person, Roles = { StaffRole.Librarian } });
}
