using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Branches;
using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Testing;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Branches;

public sealed class BranchServiceTests
{
    [Fact]
    public async Task What_a_branch_leaves_unsaid_comes_from_the_profile()
    {
        await using var register = await TestRegister.StartAsync();

        var facts = (await register.Branches.GetBranch(new GetBranchRequest { BranchId = TestRegister.Main }, TestCall.Admin())).Facts;

        Assert.Equal((15, true, 4, 8), (facts.Branch.MinimumAge, facts.Branch.TermsRequired, facts.PinMinLength, facts.PinMaxLength));
        Assert.Equal("lastu", facts.Consortium);
        Assert.Equal(Wire.ReplicaScope.Visited, facts.Branch.ReplicaScope);
        Assert.Equal(Wire.OfflinePolicy.Cached, facts.Branch.OfflinePolicy);
    }

    [Fact]
    public async Task The_policy_that_decides_is_what_the_wire_says()
    {
        await using var register = await TestRegister.StartAsync();
        var entry = register.Core.Index.Branch(TestRegister.Main)!;

        var again = Wire.BranchFacts.Parser.ParseFrom(StoredFacts.Write(entry)).FromProto();

        Assert.Equal(entry.Policy.Groups, again.Groups);
        Assert.Equal(entry.Policy.CardFormats, again.CardFormats);
        Assert.Equal(entry.Policy.Doors, again.Doors);
        Assert.Equal(entry.Policy.Hours!.ToProto(), again.Hours!.ToProto());
        Assert.Equal(entry.Policy.UnlockFor, again.UnlockFor);
    }

    [Fact]
    public async Task The_same_branch_again_changes_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        var head = register.Core.Log.Head;

        var again = await register.ApplyAsync(TestRegister.Branch(TestRegister.Main));

        Assert.False(again.Changed);
        Assert.Equal(head, register.Core.Log.Head);
    }

    [Fact]
    public async Task Each_impossible_value_names_its_field()
    {
        await using var register = await TestRegister.StartAsync();

        await WrongAsync(register, "branch.id", branch => branch.Id = "");
        await WrongAsync(register, "branch.id", branch => branch.Id = "not an id");
        await WrongAsync(register, "branch.doors", branch => branch.Doors.Add(new Wire.Door { Id = "front" }));
        await WrongAsync(register, "branch.minimum_age", branch => branch.MinimumAge = -1);
        await WrongAsync(register, "branch.capacity", branch => branch.Capacity = -1);
        await WrongAsync(register, "branch.offline_lending.checkouts", branch => branch.OfflineLending = new() { Checkouts = (Wire.OfflineCheckouts)9 });
        await WrongAsync(register, "branch.offline_lending.loan_days", branch => branch.OfflineLending = new() { LoanDays = 366 });
        await WrongAsync(register, "branch.offline_lending.max_acts", branch => branch.OfflineLending = new() { MaxActs = -1 });
        await WrongAsync(register, "branch.unlock_for", branch => branch.UnlockFor = new() { Seconds = 0 });
        await WrongAsync(register, "branch.suspensions.start_time", branch => branch.Suspensions.Add(new Wire.Suspension()));
        await WrongAsync(register, "branch.hours", branch => branch.Hours = new Wire.OpeningHours());
        await WrongAsync(register, "branch.hours.week.Monday.periods[0].from", branch => branch.Hours.Week[0].Periods[0].From = "24:00");
        await WrongAsync(register, "branch.hours.week.Monday.periods[0].to", branch => branch.Hours.Week[0].Periods[0].To = "25:00");
        await WrongAsync(register, "branch.hours.week.Monday.periods[0].kind", branch => branch.Hours.Week[0].Periods[0].Kind = 0);
        await WrongAsync(register, "branch.hours.week", branch => branch.Hours.Week.Add(branch.Hours.Week[0].Clone()));
        await WrongAsync(register, "branch.hours.exceptions.date", branch => branch.Hours.Exceptions.Add(new Wire.ExceptionHours { Date = "6.12." }));
    }

    [Fact]
    public async Task R30_A_branch_or_profile_without_a_PIN_is_refused()
    {
        await using var register = await TestRegister.StartAsync();

        await WrongAsync(register, "branch.pin_required", branch => branch.PinRequired = false);
        var text = await File.ReadAllTextAsync(Path.Combine(SolutionRoot.Path, "src/KioskLink.Register/Profiles/lastu.json"));
        var problem = Assert.Throws<ProfileProblem>(() => ProfileReader.Read(text.Replace("\"required\": true", "\"required\": false", StringComparison.Ordinal), "mine"));

        Assert.Contains("`pin.required`", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void R30_A_branch_that_was_stored_without_a_PIN_asks_one_all_the_same()
    {
        var profile = ProfileReader.Load("lastu");

        Assert.True(BranchRules.Fill(new Wire.Branch { Id = "old", PinRequired = false }, profile).Branch.PinRequired);
        Assert.True(BranchRules.Fill(new Wire.Branch { Id = "old" }, profile with { Pin = profile.Pin with { Required = false } }).Branch.PinRequired);
    }

    [Fact]
    public async Task A_node_reads_its_own_branch_only()
    {
        await using var register = await TestRegister.StartAsync();

        var own = await register.Branches.GetBranch(new GetBranchRequest(), TestCall.Node());

        Assert.Equal(TestRegister.Main, own.Facts.Branch.Id);
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "FOREIGN_BRANCH", () =>
            Task.Run(() => register.Branches.GetBranch(new GetBranchRequest { BranchId = TestRegister.Other }, TestCall.Node())));
    }

    [Fact]
    public async Task Branches_are_listed_in_pages()
    {
        await using var register = await TestRegister.StartAsync();

        var first = await register.Branches.ListBranches(new ListBranchesRequest { PageSize = 1 }, TestCall.Admin());
        var second = await register.Branches.ListBranches(new ListBranchesRequest { PageSize = 1, PageToken = first.NextPageToken }, TestCall.Admin());

        Assert.Equal([TestRegister.Main, TestRegister.Other], [first.Branches[0].Id, second.Branches[0].Id]);
        Assert.Equal("", second.NextPageToken);
    }

    [Fact]
    public async Task Opening_hours_are_set_and_told_for_any_time()
    {
        await using var register = await TestRegister.StartAsync();
        var hours = new Wire.OpeningHours();
        hours.Week.Add(new Wire.WeekdayHours { Weekday = Wire.Weekday.Wednesday });
        hours.Week[0].Periods.Add(new Wire.Period { From = "06:00", To = "22:00", Kind = Wire.PeriodKind.SelfService });
        await register.Hours.SetOpeningHours(new SetOpeningHoursRequest { BranchId = TestRegister.Main, Hours = hours }, TestCall.Admin());

        var told = await register.Hours.GetOpeningHours(new GetOpeningHoursRequest { BranchId = TestRegister.Main }, TestCall.Admin());

        Assert.Equal(hours, told.Hours);
        Assert.Equal(Wire.PeriodKind.Closed, told.Kind);
        Assert.Equal(new DateTime(2026, 12, 2, 4, 0, 0, DateTimeKind.Utc), told.NextOpening.ToDateTime());
    }

    private static Task WrongAsync(TestRegister register, string field, Action<Wire.Branch> spoil)
    {
        var branch = TestRegister.Branch("FI-New");
        spoil(branch);
        return Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{field}`", () => register.ApplyAsync(branch));
    }
}
