using KioskLink.Protos.Register.V1;
using KioskLink.Register.Applications;
using KioskLink.Register.Audit;
using KioskLink.Register.Camera;
using KioskLink.Register.Patrons;
using KioskLink.Register.Retention;
using KioskLink.Register.Rights;
using KioskLink.Register.Tests.Applications;
using KioskLink.Testing;
using NodaTime;

namespace KioskLink.Register.Tests.Retention;

/// <summary>The rules of other rooms' data, each at its boundary.</summary>
public sealed class OtherRulesTests
{
    // Noon of 1.12.2026 in Helsinki.
    private static readonly Instant Start = Instant.FromDateTimeOffset(VirtualTime.Noon);

    [Theory]
    [InlineData("2026-12-31T21:59:59Z", 1)]
    [InlineData("2026-12-31T22:00:00Z", 0)]
    public async Task R60_An_application_is_gone_by_the_first_run_on_its_day_of_the_next_month_and_kept_a_second_before(string at, int left)
    {
        await using var register = await TestRegister.StartAsync();
        await new ApplicationDesk(register).SubmitAsync(ApplicationDesk.Adult());

        await RunAsync(register, RetentionRules.Applications, at);

        await using var db = register.Core.Store.Read();
        Assert.Equal(left, db.Set<ApplicationRow>().Count());
    }

    [Theory]
    [InlineData("2027-02-28T21:59:59Z", 1)]
    [InlineData("2027-02-28T22:00:00Z", 0)]
    public async Task R60_Who_never_fetched_a_card_is_deleted_after_three_calendar_months_and_kept_a_second_before(string at, int left)
    {
        await using var register = await TestRegister.StartAsync();
        await new ApplicationDesk(register).RunAsync(ApplicationDesk.Adult());

        await RunAsync(register, RetentionRules.PreRegistrations, at);

        await using var db = register.Core.Store.Read();
        Assert.Equal((left, left), (db.Set<PatronRow>().Count(), db.Set<PreRegistrationRow>().Count()));
    }

    [Fact]
    public async Task R60_Who_fetched_a_card_or_owes_something_is_kept()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await desk.RunAsync(ApplicationDesk.Adult());
        await desk.RunAsync(ApplicationDesk.Adult(applicant => (applicant.IdentityCode, applicant.FirstNames) = (ApplicationDesk.OtherCode, "Toinen")));
        await using (var db = register.Core.Store.Read())
        {
            var ids = db.Set<PatronRow>().OrderBy(row => row.PatronId).Select(row => row.CustomerId).ToList();
            await register.Cards.IssueCard(new IssueCardRequest { CustomerId = ids[0], Card = new Card { CardNumber = TestRegister.CardNumber(1) }, Pin = TestRegister.Digits("8317") }, TestCall.Admin());
            await register.Service<Register.Rights.DataSubjectService>().SetLegalHold(new SetLegalHoldRequest { CustomerId = ids[1], Reference = "case" }, TestCall.Admin());
        }

        var run = await RunAsync(register, RetentionRules.PreRegistrations, "2027-03-01T12:00:00Z");

        await using var after = register.Core.Store.Read();
        Assert.Equal(2, after.Set<PatronRow>().Count());
        Assert.Equal([0, 1, 0, 0], run.Counts.Select(count => count.Number));
    }

    [Fact]
    public async Task R38_An_open_request_keeps_a_pre_registration_which_the_dry_run_tells_and_an_answered_one_keeps_it_no_longer()
    {
        await using var register = await TestRegister.StartAsync();
        var customer = (await new ApplicationDesk(register).RunAsync(ApplicationDesk.Adult())).CustomerId;
        var rights = register.Service<Register.Rights.DataSubjectService>();
        var asked = await rights.OpenRequest(new OpenRequestRequest { CustomerId = customer, Kind = RequestKind.Inspect, Channel = "desk" }, TestCall.Admin());

        register.Time.SetWallClock(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var plan = (await register.Service<Register.Retention.RetentionService>().DryRun(new DryRunRequest { Rule = RetentionRules.PreRegistrations }, TestCall.Admin())).Run;
        Assert.Equal((0, 1), (plan.Counts[0].Number, plan.Counts.Single(count => count.What == "kept: a request is open").Number));
        await RunAsync(register, RetentionRules.PreRegistrations, "2027-03-01T12:00:00Z");
        Assert.Equal(1, Patrons(register));

        await rights.RefuseRequest(new RefuseRequestRequest { RequestId = asked.Request.Id, Reason = "unfounded" }, TestCall.Admin());
        await RunAsync(register, RetentionRules.PreRegistrations, "2027-03-01T12:00:00Z");
        Assert.Equal(0, Patrons(register));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    public async Task R61_A_reference_to_a_recording_goes_after_14_times_24_hours_and_is_kept_a_second_before(int seconds, int left)
    {
        await using var register = await TestRegister.StartAsync();
        await register.Core.Lane.WriteAsync(scope =>
        {
            scope.Db.Add(new GrantRow { GrantId = "g", Consortium = "lastu", DynastyRef = "D/1", Viewer = "v", GrantedBy = "b", UndertakingOn = "2026-01-01" });
            scope.Db.SaveChanges();
            scope.Db.Add(new SessionRow { SessionId = "s", Consortium = "lastu", GrantId = "g", Viewer = "v", BranchId = "b", Camera = "c", ReasonCode = "crime", ReasonText = "x" });
            scope.Db.SaveChanges();
            scope.Db.Add(new ReferenceRow { ReferenceId = "r", Consortium = "lastu", SessionId = "s", BranchId = "b", Camera = "c", NodeId = "n", AttemptId = "a", RecordedAt = scope.NowMs });
        });

        await RunAsync(register, RetentionRules.CameraReferences, register.Now + Duration.FromDays(14) + Duration.FromSeconds(seconds));

        await using var db = register.Core.Store.Read();
        Assert.Equal(left, db.Set<ReferenceRow>().Count());
    }

    [Fact]
    public async Task R65_The_audit_log_loses_its_oldest_rows_and_the_rest_still_verifies_as_one_chain()
    {
        await using var register = await TestRegister.StartAsync();
        var log = register.Service<AuditLog>();
        await log.NoteAsync(AuditEntry.OfJob("test", "old/one", "customer-service"));
        await log.NoteAsync(AuditEntry.OfJob("test", "old/two", "customer-service"));
        register.Time.SetWallClock((Start + Duration.FromDays(200)).ToDateTimeOffset());
        await log.NoteAsync(AuditEntry.OfJob("test", "young", "customer-service"));

        // 12 months after 1.12.2026 in Helsinki.
        await RunAsync(register, RetentionRules.AccessLog, "2027-11-30T21:59:59Z");
        Assert.Contains("old/one", Actions(register));
        await RunAsync(register, RetentionRules.AccessLog, "2027-11-30T22:00:00Z");

        Assert.DoesNotContain("old/two", Actions(register));
        Assert.Contains("young", Actions(register));
        var verdict = await register.Service<Register.Audit.AuditService>().Verify(new VerifyRequest(), TestCall.Admin());
        Assert.True(verdict.Whole, verdict.ToString());
    }

    [Theory]
    [InlineData("2028-11-30T21:59:59Z", 1)]
    [InlineData("2028-11-30T22:00:00Z", 0)]
    public async Task R60_A_closed_request_is_kept_for_its_two_years_and_an_open_one_longer(string at, int left)
    {
        await using var register = await TestRegister.StartAsync();
        var rights = register.Service<Register.Rights.DataSubjectService>();
        var asked = await rights.OpenRequest(new OpenRequestRequest { Kind = RequestKind.Inspect, Channel = "desk" }, TestCall.Admin());
        await rights.OpenRequest(new OpenRequestRequest { Kind = RequestKind.Erase, Channel = "desk" }, TestCall.Admin());
        await rights.RefuseRequest(new RefuseRequestRequest { RequestId = asked.Request.Id, Reason = "unknown person" }, TestCall.Admin());

        await RunAsync(register, RetentionRules.Requests, at);

        await using var db = register.Core.Store.Read();
        Assert.Equal(left + 1, db.Set<SubjectRequestRow>().Count());
    }

    /// <summary>Counts and carries out a rule at a time.</summary>
    internal static Task<RetentionRun> RunAsync(TestRegister register, string rule, string at) =>
        RunAsync(register, rule, NodaTime.Text.InstantPattern.General.Parse(at).Value);

    private static async Task<RetentionRun> RunAsync(TestRegister register, string rule, Instant at)
    {
        register.Time.SetWallClock(at.ToDateTimeOffset());
        var service = register.Service<Register.Retention.RetentionService>();
        var plan = (await service.DryRun(new DryRunRequest { Rule = rule }, TestCall.Admin())).Run;
        return (await service.RunRetention(new RunRetentionRequest { RunId = plan.Id }, TestCall.Admin())).Run;
    }

    private static int Patrons(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return db.Set<PatronRow>().Count();
    }

    private static List<string> Actions(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<AuditRow>().Select(row => row.Action)];
    }
}
