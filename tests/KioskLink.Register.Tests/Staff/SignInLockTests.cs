using KioskLink.Protos.Register.V1;
using KioskLink.Register.Staff;
using KioskLink.Register.Store;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Staff;

/// <summary>Wrong passwords shut out whoever gives them, and never the account's person at a device that is known (R41).</summary>
public sealed class SignInLockTests
{
    private const string Refusal = "SIGN_IN_REFUSED";

    [Fact]
    public async Task R41_A_guesser_shuts_out_its_own_place_and_nobody_else()
    {
        await using var register = await RunningRegister.StartAsync();
        var aino = await register.HireAsync("aino", StaffRole.Librarian);

        await aino.GuessAsync("elsewhere");

        Assert.Equal(Refusal, await Employees.ReasonAsync(() => aino.SignInAsync("elsewhere")));
        var account = await aino.AccountAsync();
        Assert.Equal((1, false), (account.ShutOutPlaces, account.ShutOutEverywhere));
        Assert.NotEmpty((await aino.SignInAsync("desk-1")).SessionToken);
    }

    [Fact]
    public async Task R41_Guesses_from_many_places_shut_out_every_place_but_a_known_device_for_a_quarter_of_an_hour()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var aino = await register.HireAsync("aino", StaffRole.Librarian);
        var key = (await aino.SignInAsync()).DeviceKey;
        time.NextCode();

        await GuessEverywhereAsync(aino);

        Assert.Equal(Refusal, await Employees.ReasonAsync(() => aino.SignInAsync("desk-9")));
        Assert.True((await aino.AccountAsync()).ShutOutEverywhere);
        Assert.Equal(key, (await aino.SignInAsync("desk-9", key: key)).DeviceKey);
        time.SetWallClock(time.GetUtcNow() + StaffLimits.Lockout + TimeSpan.FromSeconds(1));
        Assert.NotEmpty((await aino.SignInAsync("desk-9")).SessionToken);
    }

    [Fact]
    public async Task R41_A_known_device_is_counted_for_itself_and_is_nobody_else_s()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var (aino, eino) = (await register.HireAsync("aino", StaffRole.Librarian), await register.HireAsync("eino", StaffRole.Librarian));
        var key = (await aino.SignInAsync()).DeviceKey;
        await GuessEverywhereAsync(eino);
        time.NextCode();

        await aino.GuessAsync("desk-1", key);

        Assert.Equal(Refusal, await Employees.ReasonAsync(() => aino.SignInAsync("desk-1", key: key)));
        Assert.Equal(Refusal, await Employees.ReasonAsync(() => eino.SignInAsync("desk-1", key: key)));
        Assert.NotEmpty((await aino.SignInAsync("desk-1")).SessionToken);
    }

    [Theory]
    [InlineData("console-192.0.2.7-")]
    [InlineData("console-2001-db8--17-")]
    public async Task R41_A_browser_that_drops_its_cookie_is_counted_by_its_address(string browser)
    {
        await using var register = await RunningRegister.StartAsync();
        var aino = await register.HireAsync("aino", StaffRole.Librarian);
        for (var attempt = 0; attempt < StaffLimits.FailuresMax; attempt++)
            await Employees.ReasonAsync(() => aino.SignInAsync($"{browser}{attempt:x16}", "something else, quite long"));

        Assert.Equal(Refusal, await Employees.ReasonAsync(() => aino.SignInAsync($"{browser}{99:x16}")));
        Assert.NotEmpty((await aino.SignInAsync($"console-198.51.100.1-{99:x16}")).SessionToken);
    }

    [Fact]
    public async Task R41_A_robot_s_known_device_gets_in_too()
    {
        await using var register = await RunningRegister.StartAsync();
        var robot = await register.HireAsync("robot-1", StaffRole.Robot);
        var key = (await RobotAsync("")).DeviceKey;

        await GuessEverywhereAsync(robot);

        Assert.Equal(Refusal, await Employees.ReasonAsync(() => RobotAsync("")));
        Assert.NotEmpty((await RobotAsync(key)).SessionToken);

        async Task<SignInRobotResponse> RobotAsync(string known) => await register.NobodysStaff().SignInRobotAsync(
            new SignInRobotRequest { UserName = "robot-1", Password = Employees.Bytes(Employee.Password), DeviceKey = known });
    }

    [Fact]
    public async Task R41_A_device_is_forgotten_with_a_lock_and_after_a_year_and_few_are_known()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var (aino, eino) = (await register.HireAsync("aino", StaffRole.Librarian), await register.HireAsync("eino", StaffRole.Librarian));
        await eino.SignInAsync();
        await register.AdminStaff().LockAccountAsync(new LockAccountRequest { UserName = "eino", Reason = "lost laptop" });
        Assert.Equal(0, Devices());
        for (var device = 0; device <= StaffLimits.DevicesMax; device++)
        {
            await aino.SignInAsync($"desk-{device}");
            time.NextCode();
        }

        Assert.Equal(StaffLimits.DevicesMax, Devices());
        time.SetWallClock(time.GetUtcNow() + StaffLimits.DeviceKept);
        await aino.SignInAsync();
        Assert.Equal(1, Devices());

        long Devices()
        {
            using var db = register.Core.Store.Read();
            return Sql.Number(db, "SELECT COUNT(*) FROM staff_devices");
        }
    }

    [Fact]
    public async Task The_address_of_a_failure_is_kept_for_a_day()
    {
        var time = new VirtualTime();
        await using var register = await RunningRegister.StartAsync(time);
        var aino = await register.HireAsync("aino", StaffRole.Librarian);
        await Employees.ReasonAsync(() => aino.SignInAsync("elsewhere", "something else, quite long"));
        time.SetWallClock(time.GetUtcNow() + StaffLimits.FailuresKept + TimeSpan.FromSeconds(1));

        await Employees.ReasonAsync(() => aino.SignInAsync("desk-1", "something else, quite long"));

        using var db = register.Core.Store.Read();
        Assert.Equal(["desk-1"], db.Set<StaffFailureRow>().Select(row => row.Place).ToList());
    }

    private static async Task GuessEverywhereAsync(Employee employee)
    {
        foreach (var place in Enumerable.Range(0, StaffLimits.FailuresOfAllMax / StaffLimits.FailuresMax))
            await employee.GuessAsync($"elsewhere-{place}");
    }
}
