using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Disclosures;
using KioskLink.Register.Identity;
using KioskLink.Register.Jobs;
using KioskLink.Register.Profiles;
using KioskLink.Register.Staff;
using KioskLink.Register.Tests.Disclosures;

namespace KioskLink.Register.Tests.Rights;

/// <summary>
/// Claims against people whose processing is restricted (R76, GDPR article 18(2)): they are held back in sight, and a data-protection
/// officer decides. The clock stands at Tuesday 1 December 2026.
/// </summary>
public sealed class RestrictedClaimTests
{
    private static readonly TestCall Officer = TestCall.Of(CallerRole.DataProtectionOfficer, "officer");

    [Fact]
    public async Task R46_R76_A_restricted_debtor_is_counted_in_the_report_of_each_run_and_put_before_the_officer()
    {
        await using var register = await StartAsync();
        var desk = new DisclosureDesk(register);

        var collected = await desk.CollectAsync();
        Assert.Equal((1, 1), (collected.Disclosures.Single().RecordCount, collected.HeldPersons));
        Assert.Equal(1, (await desk.CollectAsync()).HeldPersons);
        Assert.Equal((null, 1), Of(await desk.InvoicesAsync(DisclosureKind.Invoicing)));
        Assert.Equal((null, 1), Of(await desk.InvoicesAsync(DisclosureKind.Invoicing)));

        var claim = (await ListAsync(desk)).Claims.Single();
        Assert.Equal(("10001", 1, 1, 6550L, null), (claim.CustomerId, claim.ItemCount, claim.InvoiceCount, claim.Cents, claim.Decision));
    }

    [Fact]
    public async Task R46_R76_The_weekly_job_says_how_many_were_held_back()
    {
        await using var register = await StartAsync();
        var runner = register.Service<JobRunner>();
        await runner.RunDueAsync(CancellationToken.None);
        register.Time.Advance(TimeSpan.FromDays(7));

        await runner.RunDueAsync(CancellationToken.None);

        var jobs = await register.Service<Register.Jobs.JobService>().ListJobs(new ListJobsRequest(), TestCall.Admin());
        Assert.Contains("claims of 1 people held back", jobs.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R50_R76_A_claim_that_goes_on_is_collected_and_invoiced_with_the_officers_reason_on_record()
    {
        await using var register = await StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.CollectAsync();

        Assert.True(await DecideAsync(desk, true, "claim for unreturned material"));
        Assert.False(await DecideAsync(desk, true, "claim for unreturned material"));
        register.Time.Advance(TimeSpan.FromDays(7));

        var next = await desk.CollectAsync();
        Assert.Contains("Kalevala", Assert.Single(desk.Lines(next.Disclosures.Single()).Skip(1)), StringComparison.Ordinal);
        var (invoiced, held) = Of(await desk.InvoicesAsync(DisclosureKind.Invoicing));
        Assert.Equal((1, 0, 0), (invoiced!.RecordCount, held, next.HeldPersons));

        await register.Core.Lane.WriteAsync(scope =>
        {
            scope.Db.Add(new StaffAccountRow { Consortium = scope.Consortium, UserName = "officer", NormalName = "OFFICER", Roles = RoleSet.Of(CallerRole.DataProtectionOfficer).Bits });
        });
        var export = await ExportAsync(register);
        Assert.Contains("claim for unreturned material", export, StringComparison.Ordinal);
        Assert.Contains("officer", export, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R76_A_claim_that_is_held_back_stays_so_and_stays_in_sight()
    {
        await using var register = await StartAsync();
        var desk = new DisclosureDesk(register);
        await DecideAsync(desk, true, "claim");
        await DecideAsync(desk, false, "the loan is disputed");

        var run = await desk.CollectAsync();

        Assert.Equal((1, 1), (run.HeldPersons, run.Disclosures.Single().RecordCount));
        var decision = (await ListAsync(desk)).Claims.Single().Decision;
        Assert.Equal((false, "the loan is disputed", "officer"), (decision.GoesOn, decision.Reason, decision.DecidedBy));
    }

    [Fact]
    public async Task R52_R76_A_restricted_debtor_s_address_is_asked_for_only_once_the_officer_lets_the_claim_go_on()
    {
        await using var register = await StartAsync(PopulationRegisterMode.BillingOnly);
        var desk = new DisclosureDesk(register);

        var held = await desk.QuestionAsync();
        Assert.Equal((1, 1), (held.HeldPersons, held.Disclosure.RecordCount));
        Assert.DoesNotContain("010594Y9032", desk.Lines(held.Disclosure));
        Assert.True((await ListAsync(desk)).Claims.Single().AddressCheck);

        await DecideAsync(desk, true, "claim for unreturned material");
        var asked = await desk.QuestionAsync();
        Assert.Equal((0, 2), (asked.HeldPersons, asked.Disclosure.RecordCount));
        Assert.Equal(1, (await desk.AnswerAsync("010594Y9032,Uusikatu 2,00100,Helsinki,ok")).Updated);
    }

    [Fact]
    public async Task R52_R76_Who_owes_nothing_is_in_no_routine_check_while_restricted_and_is_counted()
    {
        await using var register = await StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("30003", 3, "010594Y9021");
        await register.RestrictAsync("30003");
        await register.Core.Lane.WriteAsync(scope => ClaimDecisions.Decide(
            scope, new DecideRestrictedClaimRequest { CustomerId = "30003", GoesOn = true, Reason = "claim, settled since" }, "officer"));

        var asked = await desk.QuestionAsync();

        Assert.Equal((2, 1), (asked.HeldPersons, asked.Disclosure.RecordCount));
        Assert.Equal("10001", (await ListAsync(desk)).Claims.Single().CustomerId);
    }

    [Fact]
    public async Task R52_R76_An_answer_about_somebody_who_was_restricted_meanwhile_changes_nothing_and_is_counted()
    {
        await using var register = await StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var desk = new DisclosureDesk(register);
        await desk.QuestionAsync();
        await register.RestrictAsync("20002");

        var answer = await desk.AnswerAsync("020594X903P,Uusikatu 2,00100,Helsinki,ok");

        Assert.Equal((0, 1, 2), (answer.Updated, answer.HeldPersons, Assert.Single(answer.Problems).Line));
    }

    [Fact]
    public async Task R76_A_decision_ends_with_the_restriction_and_a_later_restriction_is_decided_about_anew()
    {
        await using var register = await StartAsync();
        var desk = new DisclosureDesk(register);
        await DecideAsync(desk, true, "claim");
        await RestrictAsync(register, lift: true);
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NOT_RESTRICTED", () => DecideAsync(desk, true, "claim"));
        await RestrictAsync(register, lift: false);

        Assert.Null((await ListAsync(desk)).Claims.Single().Decision);
        Assert.Equal(1, (await desk.CollectAsync()).HeldPersons);
    }

    [Fact]
    public void R76_Only_a_data_protection_officer_sees_and_decides_claims_against_restricted_persons()
    {
        foreach (var call in new[] { "ListRestrictedClaims", "DecideRestrictedClaim" })
        {
            var rule = CallRights.Of($"/kiosklink.register.v1.DisclosureService/{call}");
            Assert.Equal([CallerRole.DataProtectionOfficer], Enum.GetValues<CallerRole>().Where(role => CallRights.MayCall(role, rule)));
        }
    }

    [Fact]
    public async Task R75_R76_An_erasure_takes_the_decisions_too()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => patron.Restricted = true);
        var desk = new DisclosureDesk(register);
        await DecideAsync(desk, true, "claim");
        var rights = register.Service<Register.Rights.DataSubjectService>();
        var asked = await rights.OpenRequest(
            new OpenRequestRequest { CustomerId = "10001", Kind = RequestKind.Erase, Channel = "desk", IdentifiedBy = "in-person-id-document" }, Officer);

        await rights.EraseSubject(new EraseSubjectRequest { RequestId = asked.Request.Id, Reason = "wish" }, Officer);

        await using var db = register.Core.Store.Read();
        Assert.Empty(db.Set<Register.Disclosures.ClaimDecisionRow>());
    }

    // A restricted patron with a late item and an invoice, and another with a late item.
    private static async Task<TestRegister> StartAsync(PopulationRegisterMode vtj = PopulationRegisterMode.None)
    {
        var register = await DisclosureDesk.StartAsync(vtj);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.PersonAsync("20002", 2, "020594X903P", "1994-05-02");
        await desk.InvoiceAsync("10001", "1", "2026-12-20", await desk.LendAsync("10001", "2026-09-01", title: "Kalevala"));
        await desk.LendAsync("20002", "2026-09-01", title: "Kanteletar");
        await register.RestrictAsync("10001");
        return register;
    }

    private static async Task<ListRestrictedClaimsResponse> ListAsync(DisclosureDesk desk) =>
        await desk.Service.ListRestrictedClaims(new ListRestrictedClaimsRequest(), Officer);

    private static async Task<bool> DecideAsync(DisclosureDesk desk, bool goesOn, string reason) => (await desk.Service.DecideRestrictedClaim(
        new DecideRestrictedClaimRequest { CustomerId = "10001", GoesOn = goesOn, Reason = reason }, Officer)).Changed;

    private static (Disclosure?, int) Of(ExportInvoicesResponse run) => (run.Disclosure, run.HeldPersons);

    private static async Task RestrictAsync(TestRegister register, bool lift)
    {
        var rights = register.Service<Register.Rights.DataSubjectService>();
        var asked = await rights.OpenRequest(
            new OpenRequestRequest { CustomerId = "10001", Kind = RequestKind.Restrict, Channel = "desk", IdentifiedBy = "in-person-id-document" }, Officer);
        await rights.RestrictSubject(new RestrictSubjectRequest { RequestId = asked.Request.Id, Lift = lift }, Officer);
    }

    private static async Task<string> ExportAsync(TestRegister register)
    {
        var rights = register.Service<Register.Rights.DataSubjectService>();
        var asked = await rights.OpenRequest(
            new OpenRequestRequest { CustomerId = "10001", Kind = RequestKind.Inspect, Channel = "desk", IdentifiedBy = "in-person-id-document" }, Officer);
        return (await rights.ExportSubject(new ExportSubjectRequest { RequestId = asked.Request.Id }, Officer)).DocumentJson.ToStringUtf8();
    }
}
