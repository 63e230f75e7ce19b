using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Staff;
using KioskLink.Register.Tests.Audit;
using KioskLink.Register.Tests.Identity;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Staff;

/// <summary>Whoever holds a certificate is bound to secrecy as whoever signs in is (R43); setting up needs no word.</summary>
public sealed class UndertakingByCertificateTests
{
    private const string Missing = "UNDERTAKING_MISSING";

    // They answer without an end, which is no refusal either.
    private static readonly string[] Streams =
        ["/grpc.health.v1.Health/Watch", "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "/kiosklink.register.v1.AlarmService/WatchAlarms"];

    [Fact]
    public async Task R43_No_call_about_people_is_answered_to_a_certificate_before_its_person_has_given_the_undertaking()
    {
        await using var register = await RunningRegister.StartBareAsync();
        var rules = CallRights.All.Where(rule => rule.Roles.Has(CallerRole.Administrator)).ToLookup(rule => rule.NeedsUndertaking, rule => rule.Method);
        Assert.True(rules[true].Count() >= 60);

        foreach (var path in rules[true])
        {
            Assert.Equal((path, (StatusCode.PermissionDenied, Missing)), (path, await EveryCall.AskAsync(register.Admin, path)));
        }

        foreach (var path in rules[false].Except(Streams))
        {
            Assert.NotEqual((path, Missing), (path, (await EveryCall.AskAsync(register.Admin, path)).Reason));
        }
    }

    [Fact]
    public void R43_Every_call_that_names_a_purpose_or_belongs_to_the_camera_register_needs_the_undertaking()
    {
        Assert.All(CallRights.All.Where(rule => rule.Purpose.Length > 0), rule => Assert.True(rule.NeedsUndertaking, rule.Call));
        Assert.All(CallRights.All.Where(rule => rule.Call.StartsWith("CameraRegisterService/", StringComparison.Ordinal)), rule => Assert.True(rule.NeedsUndertaking, rule.Call));
        var free = CallRights.All.Where(rule => rule.Roles.Has(CallerRole.Administrator) && !rule.NeedsUndertaking).Select(rule => rule.Call);
        Assert.Contains("StaffService/CreateAccount", free);
        Assert.Contains("BranchService/ApplyBranch", free);
        Assert.Contains("NodeService/CreateEnrollment", free);
        Assert.Contains("JobService/RunJob", free);
        Assert.Contains("/grpc.health.v1.Health/Check", free);
    }

    [Fact]
    public async Task R43_The_undertaking_is_read_given_and_recorded_with_version_day_and_device_and_holds_over_a_restart()
    {
        using var folder = new TempFolder();
        await using (var register = await RunningRegister.StartBareAsync(folder: folder))
        {
            await register.AddPatronAsync(1);
            var staff = register.AdminStaff();
            var read = await staff.GetUndertakingAsync(new GetUndertakingRequest());
            Assert.All(read.Undertaking.Texts, text => Assert.Contains("621/1999", text.Text, StringComparison.Ordinal));
            Assert.Equal((Undertakings.Version, ""), (read.Undertaking.Version, read.Account.UndertakingVersion));

            await staff.AcceptUndertakingAsync(new AcceptUndertakingRequest { Version = read.Undertaking.Version }, new Metadata { { "kiosklink-device", "desk-7" } });

            await new PatronService.PatronServiceClient(register.Admin).GetPatronAsync(new GetPatronRequest { CustomerId = "c1" });
            var given = (await staff.GetUndertakingAsync(new GetUndertakingRequest())).Account;
            Assert.Equal((Undertakings.Version, true), (given.UndertakingVersion, given.UndertakingTime is not null));
            Assert.Equal(RunningRegister.Administrator, Assert.Single(await register.EventsAsync("StaffService/AcceptUndertaking")).Actor);
            using var db = register.Core.Store.Read();
            var row = db.Set<StaffUndertakingRow>().Single();
            Assert.Equal((Undertakings.Version, "desk-7"), (row.Version, row.Device));
        }

        await using var again = await RunningRegister.StartBareAsync(folder: folder);

        await new PatronService.PatronServiceClient(again.Admin).GetPatronAsync(new GetPatronRequest { CustomerId = "c1" });
    }

    [Fact]
    public async Task R43_An_undertaking_of_an_earlier_text_is_asked_for_anew()
    {
        using var folder = new TempFolder();
        await using (var register = await RunningRegister.StartAsync(folder: folder))
        {
            await register.Core.Lane.WriteAsync(scope => { KioskLink.Register.Store.Sql.Run(scope.Db, "UPDATE staff_accounts SET undertaking_version = '1999-01'"); });
        }

        await using var again = await RunningRegister.StartAsync(folder: folder);

        Assert.Equal(Missing, (await EveryCall.AskAsync(again.Admin, "/kiosklink.register.v1.BanService/ListBans")).Reason);
    }
}
