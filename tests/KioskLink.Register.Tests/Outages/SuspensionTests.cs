using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using NodaTime;
using static KioskLink.Protos.Types.V1.DecisionCode;

namespace KioskLink.Register.Tests.Outages;

/// <summary>Suspensions of a branch, for a reason of its own (R87).</summary>
public sealed class SuspensionTests
{
    [Fact]
    public async Task R87_A_suspended_branch_is_shut_from_start_to_end_and_others_are_not()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var made = await SuspendAsync(register, suspension =>
        {
            suspension.StartTime = (register.Now + Duration.FromHours(1)).ToProto();
            suspension.EndTime = (register.Now + Duration.FromHours(2)).ToProto();
        });

        Assert.Equal(("corona restrictions", "admin"), (made.Suspension.Reason, made.Suspension.CreatedBy));
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        register.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(BranchSuspended, (await register.EnterAsync(card)).Code);
        Assert.Equal(Granted, (await register.EnterAsync(card, call: TestCall.Node("other", TestRegister.Other))).Code);
        register.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task R87_A_suspension_is_lifted_by_somebody_for_a_reason_whatever_outages_there_are()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var made = (await SuspendAsync(register)).Suspension;
        await register.Outages.AddOutage(OutageTests.Unplanned(), TestCall.Admin());

        Assert.Equal(BranchSuspended, (await register.EnterAsync(card)).Code);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "reason", () => ResumeAsync(register, made.Id, ""));
        var lifted = (await ResumeAsync(register, made.Id, "the restrictions are over")).Suspension;

        Assert.Equal(("admin", "the restrictions are over"), (lifted.LiftedBy, lifted.LiftReason));
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        Assert.Equal(lifted, (await ResumeAsync(register, made.Id, "again")).Suspension);
    }

    [Fact]
    public async Task R87_A_suspension_stands_when_the_branch_is_applied_anew_or_the_register_starts_again()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await SuspendAsync(register);

        var branch = TestRegister.Branch(TestRegister.Main);
        branch.HelpPhone = "03 123";
        await register.ApplyAsync(branch);
        Assert.Equal(BranchSuspended, (await register.EnterAsync(card)).Code);
        await register.RestartAsync();
        Assert.Equal(BranchSuspended, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task R87_A_suspension_in_force_stays_with_those_planned_after_it_and_the_one_too_many_is_refused()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var first = register.Now;
        Task<SuspendBranchResponse> AddAsync(int night) => SuspendAsync(register, suspension =>
        {
            suspension.StartTime = (first + Duration.FromDays(night)).ToProto();
            suspension.EndTime = (first + Duration.FromDays(night) + Duration.FromHours(10)).ToProto();
        });
        foreach (var night in Enumerable.Range(0, 64))
        {
            await AddAsync(night);
        }

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`suspension.start_time`", () => AddAsync(64));
        Assert.Equal(BranchSuspended, (await register.EnterAsync(card)).Code);
        register.Time.Advance(TimeSpan.FromHours(10));
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        await AddAsync(64);
        foreach (var night in Enumerable.Range(1, 64))
        {
            register.Time.SetWallClock((first + Duration.FromDays(night)).ToDateTimeOffset());
            Assert.Equal(BranchSuspended, (await register.EnterAsync(card)).Code);
        }
    }

    [Fact]
    public async Task Impossible_suspensions_name_their_field_and_change_nothing()
    {
        await using var register = await TestRegister.StartAsync();

        await Refusals.RefusedAsync(StatusCode.NotFound, "branch", () => SuspendAsync(register, suspension => suspension.BranchId = "FI-Nowhere"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "suspension.reason", () => SuspendAsync(register, suspension => suspension.Reason = " "));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "suspension.end_time", () =>
            SuspendAsync(register, suspension => suspension.EndTime = register.Now.ToProto()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "suspension.start_time", () =>
            SuspendAsync(register, suspension => suspension.StartTime = (register.Now + Duration.FromDays(400)).ToProto()));
        Assert.Empty((await register.Branches.ListSuspensions(new ListSuspensionsRequest(), TestCall.Admin())).Suspensions);

        await SuspendAsync(register);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "suspension.start_time", () => SuspendAsync(register));
    }

    [Fact]
    public async Task A_list_shows_what_is_to_come_and_the_past_only_when_asked()
    {
        await using var register = await TestRegister.StartAsync();
        var made = (await SuspendAsync(register)).Suspension;
        await ResumeAsync(register, made.Id, "over");
        register.Time.Advance(TimeSpan.FromSeconds(1));
        await SuspendAsync(register, suspension => suspension.BranchId = TestRegister.Other);

        var first = await register.Branches.ListSuspensions(new ListSuspensionsRequest { PageSize = 1, IncludePast = true }, TestCall.Admin());
        var second = await register.Branches.ListSuspensions(
            new ListSuspensionsRequest { PageSize = 1, IncludePast = true, PageToken = first.NextPageToken }, TestCall.Admin());

        Assert.Equal((TestRegister.Other, made.Id, ""), (first.Suspensions.Single().BranchId, second.Suspensions.Single().Id, second.NextPageToken));
        Assert.Equal(TestRegister.Other, (await register.Branches.ListSuspensions(new ListSuspensionsRequest(), TestCall.Admin())).Suspensions.Single().BranchId);
    }

    private static Task<SuspendBranchResponse> SuspendAsync(TestRegister register, Action<BranchSuspension>? change = null)
    {
        var suspension = new BranchSuspension { BranchId = TestRegister.Main, Reason = "corona restrictions" };
        change?.Invoke(suspension);
        return register.Branches.SuspendBranch(new SuspendBranchRequest { Suspension = suspension }, TestCall.Admin());
    }

    private static Task<ResumeBranchResponse> ResumeAsync(TestRegister register, string id, string reason) =>
        register.Branches.ResumeBranch(new ResumeBranchRequest { SuspensionId = id, Reason = reason }, TestCall.Admin());
}
