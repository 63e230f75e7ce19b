using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Disclosures;
using KioskLink.Register.Jobs;
using KioskLink.Register.Profiles;
using NodaTime;

namespace KioskLink.Register.Tests.Disclosures;

/// <summary>The weekly collection; the clock stands at Tuesday 1 December 2026, so that day 60 is what was due on 2 October.</summary>
public sealed class CollectionTests
{
    private const string Day60 = "2026-10-02";
    private const string Day59 = "2026-10-03";

    [Fact]
    public async Task R46_A_second_run_of_the_same_ISO_week_gives_the_files_of_the_first_and_no_others()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.LendAsync("10001", Day60);

        var first = await desk.CollectAsync();
        register.Time.Advance(TimeSpan.FromDays(5.4));
        await desk.LendAsync("10001", "2026-09-01");
        var second = await desk.CollectAsync();

        Assert.Equal(("2026-W49", false), (first.Week, first.AlreadyRun));
        Assert.Equal(("2026-W49", true), (second.Week, second.AlreadyRun));
        Assert.Equal(first.Disclosures, second.Disclosures);
        Assert.Equal([first.Disclosures.Single().FileName], desk.Files());
    }

    [Fact]
    public async Task R46_The_files_are_made_each_Monday_morning_by_the_clock_and_under_the_jobs_own_name()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var (desk, runner) = await OwingAsync(register);
        Assert.Empty(desk.Files());

        // From Tuesday noon to Monday 4:59, and to 5:00.
        register.Time.Advance(TimeSpan.FromDays(6) - TimeSpan.FromHours(7) - TimeSpan.FromMinutes(1));
        await runner.RunDueAsync(CancellationToken.None);
        Assert.Empty(desk.Files());
        register.Time.Advance(TimeSpan.FromMinutes(1));
        await runner.RunDueAsync(CancellationToken.None);

        var run = await desk.CollectAsync();
        Assert.Equal(("2026-W50", true, CollectionJob.JobName), (run.Week, run.AlreadyRun, run.Disclosures.Single().CreatedBy));
        Assert.Equal([run.Disclosures.Single().FileName], desk.Files());
    }

    [Fact]
    public async Task R42_R46_The_files_that_the_clock_makes_stand_in_the_audit_log_with_whose_they_are_and_why()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var (_, runner) = await OwingAsync(register);
        register.Time.Advance(TimeSpan.FromDays(6) - TimeSpan.FromHours(7));

        await runner.RunDueAsync(CancellationToken.None);

        using var db = register.Core.Store.Read();
        var patron = db.Set<Register.Patrons.PatronRow>().Single(row => row.CustomerId == "10001").PatronId;
        var row = Assert.Single(db.Set<Register.Audit.AuditRow>(), row => row.Action == $"{CollectionJob.JobName}/run");
        Assert.Equal(
            (CollectionJob.JobName, "system", "collection", $"{patron}", "OK"), (row.Actor, row.Role, row.Purpose, row.Subjects, row.Result));
    }

    [Fact]
    public async Task R46_The_next_week_takes_what_is_new_and_nothing_twice()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.LendAsync("10001", Day60, title: "Kalevala");
        await desk.LendAsync("10001", Day59, title: "Kanteletar");
        await desk.CollectAsync();

        register.Time.Advance(TimeSpan.FromDays(7));
        var next = await desk.CollectAsync();

        Assert.Equal("2026-W50", next.Week);
        Assert.Contains("Kanteletar", Assert.Single(desk.Lines(next.Disclosures.Single()).Skip(1)), StringComparison.Ordinal);
        register.Time.Advance(TimeSpan.FromDays(7));
        Assert.Empty((await desk.CollectAsync()).Disclosures);
    }

    [Fact]
    public async Task R47_Day_59_is_not_collected_and_day_60_is()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.LendAsync("10001", Day60, title: "Sixty");
        await desk.LendAsync("10001", Day59, title: "Fifty-nine");

        var lines = desk.Lines((await desk.CollectAsync()).Disclosures.Single());

        Assert.Contains("Sixty", Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R47_Who_is_17_years_and_364_days_old_is_not_collected_from_and_who_is_18_today_is()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1, "", "2008-12-02");
        await desk.PersonAsync("10002", 2, "", "2008-12-01");
        await desk.LendAsync("10001", "2026-09-01", title: "Of a child");
        await desk.LendAsync("10002", "2026-09-01", title: "Of an adult");

        var disclosure = (await desk.CollectAsync()).Disclosures.Single();

        Assert.Contains("Of an adult", Assert.Single(desk.Lines(disclosure).Skip(1)), StringComparison.Ordinal);
        Assert.Equal((1, 1), (disclosure.RecordCount, disclosure.SubjectCount));
    }

    [Fact]
    public async Task R47_A_returned_item_is_not_collected()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.ReturnAsync(await desk.LendAsync("10001", Day60));

        var run = await desk.CollectAsync();

        Assert.Empty(run.Disclosures);
        Assert.False(run.AlreadyRun);
        Assert.Empty(desk.Files());
        Assert.True((await desk.CollectAsync()).AlreadyRun);
    }

    [Fact]
    public async Task R48_A_file_holds_name_address_phone_identity_code_due_date_title_and_price_and_nothing_else()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.LendAsync("10001", Day60, title: "Hyvä, paha \"kirja\"");

        var disclosure = (await desk.CollectAsync()).Disclosures.Single();

        Assert.Equal(
            ["name,address,phone,identity_code,due_date,title,price", $"Koivunen Aino Testi,\"Koetie 1, 02100 Espoo\",+358401234567,010594Y9032,{Day60},\"Hyvä, paha \"\"kirja\"\"\",25.50"],
            desk.Lines(disclosure));
        Assert.Equal(["name", "address", "phone", "identity_code", "due_date", "title", "price"], disclosure.Fields);
    }

    [Fact]
    public async Task R49_Each_owning_municipality_has_a_file_of_its_own_material()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.LendAsync("10001", Day60, "Vantaa", "Of Vantaa");
        await desk.LendAsync("10001", Day60, "Espoo", "Of Espoo");

        var run = await desk.CollectAsync();

        Assert.Equal(["Espoo", "Vantaa"], run.Disclosures.Select(one => one.Municipality));
        Assert.Equal(2, desk.Files().Length);
        Assert.All(run.Disclosures, one => Assert.Contains($"Of {one.Municipality}", Assert.Single(desk.Lines(one).Skip(1)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task R43_A_file_is_secret_by_its_name_its_record_and_its_rights()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.LendAsync("10001", Day60);

        var disclosure = (await desk.CollectAsync()).Disclosures.Single();

        Assert.StartsWith("salassa-pidettava-collection-2026-w49-espoo-", disclosure.FileName, StringComparison.Ordinal);
        Assert.StartsWith("salassa pidettävä", disclosure.Confidentiality, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(desk.PathOf(disclosure)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(desk.PathOf(disclosure))!));
    }

    [Fact]
    public async Task A_stop_before_the_file_appeared_is_made_good_and_a_file_without_a_record_is_deleted()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.LendAsync("10001", Day60);
        var disclosure = (await desk.CollectAsync()).Disclosures.Single();
        File.Move(desk.PathOf(disclosure), desk.PathOf(disclosure) + ".draft");
        await register.Service<SecretFolder>().StageAsync("unrecorded.csv", new byte[] { 1 }, CancellationToken.None);

        await desk.CollectAsync();

        Assert.Equal([disclosure.FileName], desk.Files());
    }

    [Fact]
    public async Task A_profile_without_collection_makes_no_file()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new DisclosureDesk(register);

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NOT_IN_PROFILE", desk.CollectAsync);
        Assert.Empty(desk.Files());
    }

    [Theory]
    [InlineData("2026-12-31", "2026-W53")]
    [InlineData("2027-01-03", "2026-W53")]
    [InlineData("2027-01-04", "2027-W01")]
    public void Weeks_are_those_of_ISO_8601(string date, string week) =>
        Assert.Equal(week, CollectionRules.WeekOf(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value));

    [Fact]
    public void R46_The_shipped_profile_that_collects_does_so_after_60_days()
    {
        var collecting = ProfileReader.Shipped.Select(ProfileReader.Load).Where(profile => DisclosureRules.Find(profile, DisclosureKind.Collection) is not null).ToList();

        Assert.Equal(60, DisclosureRules.Find(Assert.Single(collecting), DisclosureKind.Collection)!.OverdueDays);
        Assert.Equal(new LocalDate(2026, 10, 2), CollectionRules.LatestDue(new LocalDate(2026, 12, 1), 60));
    }

    // Somebody owes an item, and the register knows its jobs since Tuesday noon.
    private static async Task<(DisclosureDesk Desk, JobRunner Runner)> OwingAsync(TestRegister register)
    {
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.LendAsync("10001", Day60);
        var runner = register.Service<JobRunner>();
        await runner.RunDueAsync(CancellationToken.None);
        return (desk, runner);
    }
}
