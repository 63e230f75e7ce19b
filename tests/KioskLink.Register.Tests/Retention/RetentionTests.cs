using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Cards;
using KioskLink.Register.Events;
using KioskLink.Register.Jobs;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Retention;

public sealed class RetentionTests
{
    private const string Inactive = RetentionRules.InactivePatrons;

    [Fact]
    public async Task R57_A_patron_unused_for_three_years_is_deleted_at_the_yearly_run_and_one_of_a_day_less_is_kept()
    {
        await using var register = await TestRegister.StartAsync(Yearly);
        await UnusedSinceAsync(register, "exactly", 1, "2024-01-15T21:59:59Z");
        await UnusedSinceAsync(register, "dayless", 2, "2024-01-15T22:00:00Z");

        await RunYearlyAsync(register, "2027-01-15T01:30:00Z");

        Assert.Equal(["dayless"], Customers(register));
    }

    [Fact]
    public async Task R57_A_patron_with_an_unpaid_fee_a_ban_an_open_request_or_a_dependant_is_kept()
    {
        await using var register = await TestRegister.StartAsync(Yearly);
        await UnusedSinceAsync(register, "free", 1, "2020-01-01T00:00:00Z");
        await UnusedSinceAsync(register, "owes", 2, "2020-01-01T00:00:00Z", patron => patron.FeesCents = 1);
        await UnusedSinceAsync(register, "banned", 3, "2020-01-01T00:00:00Z");
        await register.BanAsync("banned", Wire.BanKind.Loan);
        await UnusedSinceAsync(register, "asks", 4, "2020-01-01T00:00:00Z");
        await Rights(register).OpenRequest(new OpenRequestRequest { CustomerId = "asks", Kind = RequestKind.Inspect, Channel = "desk" }, TestCall.Admin());
        await UnusedSinceAsync(register, "parent", 5, "2020-01-01T00:00:00Z");
        await register.PatronAsync("child", 6, patron => (patron.DateOfBirth, patron.ResponsibleCustomerId, patron.Group) = ("2018-01-01", "parent", "child"));
        await UnusedSinceAsync(register, "restricted", 7, "2020-01-01T00:00:00Z", patron => patron.Restricted = true);
        await UnusedSinceAsync(register, "unsettled", 8, "2020-01-01T00:00:00Z");
        await register.Notes.AddNote(new AddNoteRequest { CustomerId = "unsettled", Note = new PatronNote { Body = "owes an umbrella", Unsettled = true } }, TestCall.Admin());

        await RunYearlyAsync(register, "2027-01-15T01:30:00Z");

        Assert.Equal(["asks", "banned", "child", "owes", "parent", "restricted", "unsettled"], Customers(register));
        var counts = (await Service(register).ListRuns(new ListRunsRequest { DoneOnly = true, Rule = Inactive }, TestCall.Admin())).Runs.Single().Counts;
        Assert.Equal(1, counts.Single(count => count.What == "patrons").Number);
        // One person may be held by several reasons.
        Assert.True(counts.Where(count => count.What.StartsWith("kept", StringComparison.Ordinal)).Sum(count => count.Number) >= 5);
    }

    [Fact]
    public async Task R57_Nothing_is_deleted_between_the_yearly_runs_by_the_clock_or_on_demand()
    {
        await using var register = await TestRegister.StartAsync(Yearly);
        await UnusedSinceAsync(register, "old", 1, "2020-01-01T00:00:00Z");
        var runner = register.Service<JobRunner>();
        await runner.RunDueAsync(CancellationToken.None);
        register.Time.SetWallClock(DateTimeOffset.Parse("2027-01-14T20:00:00Z", null));

        await runner.RunDueAsync(CancellationToken.None);
        await runner.RunAsync($"retention-{Inactive}", "admin", CancellationToken.None);
        var plan = (await Service(register).DryRun(new DryRunRequest { Rule = Inactive }, TestCall.Admin())).Run;
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "ONLY_YEARLY", () => Service(register).RunRetention(new RunRetentionRequest { RunId = plan.Id }, TestCall.Admin()));

        Assert.Equal(["old"], Customers(register));
    }

    [Fact]
    public async Task R57_A_card_that_was_issued_lately_or_used_counts_for_its_holder()
    {
        await using var register = await TestRegister.StartAsync(Yearly);
        await UnusedSinceAsync(register, "second-card", 1, "2020-01-01T00:00:00Z");
        await register.Cards.IssueCard(new IssueCardRequest { CustomerId = "second-card", Card = new Card { CardNumber = TestRegister.CardNumber(2) }, Pin = TestRegister.Digits("8317") }, TestCall.Admin());

        await RunYearlyAsync(register, "2027-01-15T01:30:00Z");

        Assert.Equal(["second-card"], Customers(register));
    }

    [Fact]
    public async Task R56_Without_an_inactivity_rule_nobody_is_deleted_by_the_clock()
    {
        await using var register = await TestRegister.StartAsync(profile => With(profile, entry => entry with { Keep = "", When = RetentionMode.Never }));
        await UnusedSinceAsync(register, "old", 1, "1990-01-01T00:00:00Z");

        var plan = (await Service(register).DryRun(new DryRunRequest { Rule = Inactive }, TestCall.Admin())).Run;

        Assert.Equal(0, plan.Counts.Single().Number);
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NO_PERIOD", () => Service(register).RunRetention(new RunRetentionRequest { RunId = plan.Id }, TestCall.Admin()));
        Assert.DoesNotContain(register.Service<JobRunner>().All, job => job.Name == $"retention-{Inactive}");
        Assert.Equal(["old"], Customers(register));
    }

    [Fact]
    public async Task R58_A_discretionary_deletion_needs_a_preview_and_an_approval_with_a_reason()
    {
        await using var register = await TestRegister.StartAsync();
        await UnusedSinceAsync(register, "old", 1, "2020-01-01T00:00:00Z");
        var service = Service(register);

        var plan = (await service.DryRun(new DryRunRequest { Rule = Inactive }, TestCall.Admin())).Run;
        Assert.Equal(("patrons", 1L), (plan.Counts[0].What, plan.Counts[0].Number));
        Assert.Equal(["old"], Customers(register));
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NOT_APPROVED", () => service.RunRetention(new RunRetentionRequest { RunId = plan.Id }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "reason", () => service.ApproveRun(new ApproveRunRequest { RunId = plan.Id }, TestCall.Admin()));
        await service.ApproveRun(new ApproveRunRequest { RunId = plan.Id, Reason = "yearly cleaning" }, TestCall.Admin());
        var run = (await service.RunRetention(new RunRetentionRequest { RunId = plan.Id }, TestCall.Admin())).Run;

        Assert.Empty(Customers(register));
        Assert.Equal((RetentionRunState.Done, "admin", 1L), (run.State, run.ApprovedBy, run.Counts[0].Number));
        Assert.Equal(run, (await service.RunRetention(new RunRetentionRequest { RunId = plan.Id }, TestCall.Admin())).Run);
    }

    [Fact]
    public async Task R58_A_plan_of_more_than_a_week_ago_is_not_carried_out()
    {
        await using var register = await TestRegister.StartAsync();
        var plan = (await Service(register).DryRun(new DryRunRequest { Rule = Inactive }, TestCall.Admin())).Run;
        register.Time.SetWallClock(register.Time.GetUtcNow().AddDays(7).AddSeconds(1));

        await Refusals.RefusedAsync(
            StatusCode.FailedPrecondition, "PLAN_TOO_OLD", () => Service(register).ApproveRun(new ApproveRunRequest { RunId = plan.Id, Reason = "late" }, TestCall.Admin()));
    }

    [Fact]
    public async Task R58_The_web_library_is_told_whom_to_delete_until_it_confirms()
    {
        await using var register = await TestRegister.StartAsync();
        await UnusedSinceAsync(register, "old", 1, "2020-01-01T00:00:00Z");
        await RunApprovedAsync(register);
        var rights = Rights(register);

        var notice = Assert.Single((await rights.ListErasureNotices(new ListErasureNoticesRequest { Recipient = "web-library" }, TestCall.Admin())).Notices);
        Assert.Equal("old", notice.CustomerId);
        Assert.Equal(["web-library"], (await rights.GetErasure(new GetErasureRequest { ErasureId = notice.ErasureId }, TestCall.Admin())).Erasure.MissingRecipients);
        await rights.ConfirmErasureNotice(new ConfirmErasureNoticeRequest { NoticeId = notice.Id }, TestCall.Admin());

        Assert.Empty((await rights.ListErasureNotices(new ListErasureNoticesRequest(), TestCall.Admin())).Notices);
        Assert.Empty((await rights.GetErasure(new GetErasureRequest { ErasureId = notice.ErasureId }, TestCall.Admin())).Erasure.MissingRecipients);
        await Refusals.RefusedAsync(StatusCode.NotFound, "notice", () => rights.ConfirmErasureNotice(new ConfirmErasureNoticeRequest { NoticeId = 99 }, TestCall.Admin()));
    }

    [Fact]
    public async Task R63_An_entry_is_identifiable_for_14_times_24_hours_and_then_a_count_without_a_card()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.EnterAsync(register.Ask(card, request => request.AttemptId = "one"));
        await register.NotedAsync("one");
        var at = Attempt(register, "one").AnsweredAt!.Value;

        await RunDoorLogAsync(register, Instant.FromUnixTimeMilliseconds(at) + Duration.FromDays(14) - Duration.FromSeconds(1));
        Assert.Equal($"card-{register.Card(card).CardId}", Attempt(register, "one").CardRef);
        await RunDoorLogAsync(register, Instant.FromUnixTimeMilliseconds(at) + Duration.FromDays(14));

        await using var db = register.Core.Store.Read();
        Assert.Empty(db.Set<AttemptRow>());
        Assert.Equal(1, Sql.Number(db, "SELECT entries FROM door_counts WHERE branch_id = 'FI-Main' AND day = '2026-12-01' AND hour = 12 AND code = $code", ("$code", (int)Wire.DecisionCode.Granted)));
    }

    [Fact]
    public async Task R63_A_node_s_record_loses_salt_and_personal_part_with_its_entry_and_the_chain_still_verifies()
    {
        await using var register = await TestRegister.StartAsync();
        await register.Core.Lane.WriteAsync(scope =>
        {
            scope.Db.Add(new JournalRow { Consortium = "lastu", NodeId = "n", JournalId = "j", Sequence = 7, Hash = [1] });
            scope.Db.Add(new JournalRecordRow { Consortium = "lastu", NodeId = "n", JournalId = "j", Sequence = 7, Open = [1], PersonalHash = [2], Salt = [3], Personal = [4], Hash = [5], ReceivedAt = scope.NowMs });
            scope.Db.Add(new AttemptRow { Consortium = "lastu", NodeId = "n", AttemptId = "a", BranchId = "b", JournalSequence = 7, PresentedAt = (scope.Now - Duration.FromDays(14)).ToUnixTimeMilliseconds() });
        });

        await RunDoorLogAsync(register, register.Now);

        await using var db = register.Core.Store.Read();
        var record = Assert.Single(db.Set<JournalRecordRow>());
        Assert.Equal((0, 0, 1, 1), (record.Salt.Length, record.Personal.Length, record.PersonalHash.Length, record.Hash.Length));
    }

    [Fact]
    public async Task R65_A_run_leaves_rule_cutoff_counts_actor_and_hash_and_no_personal_data()
    {
        await using var register = await TestRegister.StartAsync(Yearly);
        await UnusedSinceAsync(register, "Customer-77", 1, "2020-01-01T00:00:00Z");
        await RunYearlyAsync(register, "2027-01-15T01:30:00Z");

        var listed = await Service(register).ListRuns(new ListRunsRequest { Rule = Inactive, DoneOnly = true }, TestCall.Admin());
        var run = Assert.Single(listed.Runs);

        Assert.Equal((Inactive, "3 years", "system", 64), (run.Rule, run.Keep, run.RunBy, run.Evidence.Length));
        Assert.Equal(Instant.FromUtc(2024, 1, 15, 22, 0).ToDateTimeOffset(), run.CutoffTime.ToDateTimeOffset());
        Assert.Equal(1, run.Counts[0].Number);
        Assert.True(listed.EvidenceWhole);
        Assert.All(["Customer-77", "Koivunen", "Aino", TestRegister.CardNumber(1)], secret => Assert.DoesNotContain(secret, run.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task R65_An_altered_or_removed_run_is_found()
    {
        await using var register = await TestRegister.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await RunDoorLogAsync(register, register.Now);
        }

        Assert.True((await Service(register).ListRuns(new ListRunsRequest(), TestCall.Admin())).EvidenceWhole);
        await register.Core.Lane.WriteAsync(scope => { Sql.Run(scope.Db, "UPDATE retention_runs SET counts = '[]' WHERE link = 2"); });
        Assert.Equal(2, (await Service(register).ListRuns(new ListRunsRequest(), TestCall.Admin())).FirstBroken);
        await register.Core.Lane.WriteAsync(scope => { Sql.Run(scope.Db, "DELETE FROM retention_runs WHERE link = 2"); });
        Assert.Equal(2, (await Service(register).ListRuns(new ListRunsRequest(), TestCall.Admin())).FirstBroken);
    }

    [Fact]
    public async Task An_unknown_rule_plan_or_token_is_refused_by_its_name_and_changes_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        var service = Service(register);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "rule", () => service.DryRun(new DryRunRequest { Rule = "everything" }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "rule", () => service.ListRules(new ListRulesRequest { Rule = "everything" }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.NotFound, "plan", () => service.RunRetention(new RunRetentionRequest { RunId = 7 }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.NotFound, "plan", () => service.ApproveRun(new ApproveRunRequest { RunId = 7, Reason = "why" }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_token", () => service.ListRuns(new ListRunsRequest { PageToken = "x" }, TestCall.Admin()));
        Assert.Empty((await service.ListRuns(new ListRunsRequest(), TestCall.Admin())).Runs);
    }

    private static ConsortiumProfile Yearly(ConsortiumProfile profile) => With(profile, entry => entry with { When = RetentionMode.Yearly, On = "01-15" });

    private static ConsortiumProfile With(ConsortiumProfile profile, Func<RetentionProfile, RetentionProfile> change) =>
        profile with { Retention = [.. profile.Retention.Select(entry => entry.Rule == Inactive ? change(entry) : entry)] };

    private static Register.Retention.RetentionService Service(TestRegister register) => register.Service<Register.Retention.RetentionService>();

    private static Register.Rights.DataSubjectService Rights(TestRegister register) => register.Service<Register.Rights.DataSubjectService>();

    private static async Task UnusedSinceAsync(TestRegister register, string customer, int card, string lastUse, Action<Patron>? change = null)
    {
        await register.PatronAsync(customer, card, change);
        var (used, created) = (DateTimeOffset.Parse(lastUse, null).ToUnixTimeMilliseconds(), DateTimeOffset.Parse("2019-01-01T00:00:00Z", null).ToUnixTimeMilliseconds());
        var id = register.Card(TestRegister.CardNumber(card)).CardId;
        await register.Core.Lane.WriteAsync(scope =>
        {
            scope.Db.Set<CardRow>().Where(row => row.CardId == id).ExecuteUpdate(set => set
                .SetProperty(row => row.CreatedAt, Math.Min(created, used)).SetProperty(row => row.LastUsedAt, used));
            scope.Db.Set<PatronRow>().Where(row => row.CustomerId == customer).ExecuteUpdate(set => set.SetProperty(row => row.CreatedAt, Math.Min(created, used)));
        });
    }

    private static async Task RunYearlyAsync(TestRegister register, string at)
    {
        var runner = register.Service<JobRunner>();
        await runner.RunDueAsync(CancellationToken.None);
        register.Time.SetWallClock(DateTimeOffset.Parse(at, null));
        await runner.RunDueAsync(CancellationToken.None);
    }

    private static async Task RunApprovedAsync(TestRegister register)
    {
        var service = Service(register);
        var plan = (await service.DryRun(new DryRunRequest { Rule = Inactive }, TestCall.Admin())).Run;
        await service.ApproveRun(new ApproveRunRequest { RunId = plan.Id, Reason = "test" }, TestCall.Admin());
        await service.RunRetention(new RunRetentionRequest { RunId = plan.Id }, TestCall.Admin());
    }

    private static async Task RunDoorLogAsync(TestRegister register, Instant now)
    {
        register.Time.SetWallClock(now.ToDateTimeOffset());
        var plan = (await Service(register).DryRun(new DryRunRequest { Rule = RetentionRules.DoorLog }, TestCall.Admin())).Run;
        await Service(register).RunRetention(new RunRetentionRequest { RunId = plan.Id }, TestCall.Admin());
    }

    private static AttemptRow Attempt(TestRegister register, string attempt)
    {
        using var db = register.Core.Store.Read();
        return db.Set<AttemptRow>().Single(row => row.AttemptId == attempt);
    }

    private static List<string> Customers(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<PatronRow>().Select(row => row.CustomerId).OrderBy(id => id)];
    }
}
