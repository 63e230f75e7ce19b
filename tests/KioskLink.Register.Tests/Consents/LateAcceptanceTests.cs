using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Tests.Applications;
using KioskLink.Register.Tests.Import;
using KioskLink.Register.Tests.Patrons;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Consents;

/// <summary>Of an acceptance and a withdrawal the later day counts, whichever was entered later. The clock stands at 1 December 2026.</summary>
public sealed class LateAcceptanceTests
{
    [Fact]
    public async Task R39_An_older_acceptance_that_a_file_repeats_after_the_withdrawal_revives_nothing_and_is_told_by_its_line()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        await WithdrawTermsAsync(register);

        var first = await ImportAsync(register, "2026-11-01");
        await ImportAsync(register, "2026-11-01");

        Assert.Equal("", (await register.GetAsync("1")).TermsAcceptedOn);
        Assert.Equal(Wire.DecisionCode.TermsNotAccepted, (await register.EnterAsync(card)).Code);
        var told = Assert.Single(first.Rows);
        Assert.Equal((2, true), (told.Line, told.ToString().Contains("was withdrawn after that day", StringComparison.Ordinal)));
        Assert.Equal(["2026-01-01", "2026-12-01", "2026-11-01"], await DaysAsync(register, ConsentKind.Terms));
        Assert.Equal(ConsentState.Refused, await StateAsync(register, ConsentKind.Terms));
    }

    [Fact]
    public async Task R39_The_old_acceptance_said_again_on_the_day_of_its_withdrawal_revives_nothing_and_a_later_one_does()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1, patron => patron.TermsAcceptedOn = "2026-12-01");
        await WithdrawTermsAsync(register);

        await ImportAsync(register, "2026-12-01");
        Assert.Equal(Wire.DecisionCode.TermsNotAccepted, (await register.EnterAsync(card)).Code);

        register.Time.Advance(TimeSpan.FromDays(2));
        await ImportAsync(register, "2026-12-02");
        Assert.Equal(Wire.DecisionCode.Granted, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task R39_At_the_desk_an_acceptance_from_before_the_withdrawal_is_refused_by_its_field_and_one_of_the_same_day_is_taken()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        await WithdrawTermsAsync(register);
        Task SetAsync(string day) => register.Permissions.SetPermission(new SetPermissionRequest { CustomerId = "1", TermsAcceptedOn = day }, TestCall.Admin());

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`terms_accepted_on`", () => SetAsync("2026-11-30"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`terms_accepted_on`", () => register.PatronAsync("1", 1));
        Assert.Equal(Wire.DecisionCode.TermsNotAccepted, (await register.EnterAsync(card)).Code);
        await SetAsync("2026-12-01");

        Assert.Equal(Wire.DecisionCode.Granted, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task R23_R39_A_paper_acceptance_that_is_entered_after_the_withdrawal_is_kept_as_evidence_and_decides_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        await RecordAsync(register, ConsentKind.LoanHistory, ConsentAct.Given, "2026-10-01");
        await RecordAsync(register, ConsentKind.LoanHistory, ConsentAct.Withdrawn, "2026-11-20");

        var late = await RecordAsync(register, ConsentKind.LoanHistory, ConsentAct.Given, "2026-11-19");
        var again = await RecordAsync(register, ConsentKind.LoanHistory, ConsentAct.Given, "2026-11-19");

        Assert.Equal((true, false, late.Consent.ConsentId), (late.Added, again.Added, again.Consent.ConsentId));
        Assert.Equal(ConsentState.Refused, await StateAsync(register, ConsentKind.LoanHistory));
        await RecordAsync(register, ConsentKind.LoanHistory, ConsentAct.Given, "2026-11-20");
        Assert.Equal(ConsentState.Given, await StateAsync(register, ConsentKind.LoanHistory));
    }

    [Fact]
    public async Task R39_A_withdrawal_from_before_a_newer_acceptance_ends_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1, patron => patron.TermsAcceptedOn = "2026-11-20");

        await RecordAsync(register, ConsentKind.Terms, ConsentAct.Withdrawn, "2026-11-19");

        Assert.Equal(Wire.DecisionCode.Granted, (await register.EnterAsync(card)).Code);
        Assert.Equal(ConsentState.Given, await StateAsync(register, ConsentKind.Terms));
    }

    [Fact]
    public async Task R37_R39_The_robot_does_not_revive_a_consent_that_was_withdrawn_after_the_application()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        var first = await desk.RunAsync(ApplicationDesk.Adult(applicant => applicant.TermsAcceptedOn = "2026-11-25"));
        var customer = first.CustomerId;
        await register.Permissions.SetPermission(new SetPermissionRequest { CustomerId = customer, TermsAcceptedOn = "" }, TestCall.Admin());

        await desk.RunAsync(ApplicationDesk.Adult(applicant => (applicant.TermsAcceptedOn, applicant.Reference) = ("2026-11-30", "second")));

        Assert.Equal("", (await register.GetAsync(customer)).TermsAcceptedOn);
    }

    private static async Task WithdrawTermsAsync(TestRegister register) =>
        await register.Permissions.SetPermission(new SetPermissionRequest { CustomerId = "1", TermsAcceptedOn = "" }, TestCall.Admin());

    private static Task<ImportCall> ImportAsync(TestRegister register, string accepted) =>
        ImportCall.RunAsync(register, $"{ImportCall.Header}\n1,,,Koivunen,Aino Testi,1990-05-01,,sv,adult,,,{accepted}\n");

    private static async Task<RecordConsentResponse> RecordAsync(TestRegister register, ConsentKind kind, ConsentAct act, string day) => await register.Consents.RecordConsent(
        new RecordConsentRequest { Consent = new Consent { CustomerId = "1", Kind = kind, Act = act, ActedOn = day, Channel = ConsentChannel.Paper } }, TestCall.Admin());

    private static async Task<ConsentState> StateAsync(TestRegister register, ConsentKind kind) =>
        (await ListAsync(register)).Standings.Single(standing => standing.Kind == kind).State;

    private static async Task<IEnumerable<string>> DaysAsync(TestRegister register, ConsentKind kind) =>
        (await ListAsync(register)).Consents.Where(consent => consent.Kind == kind).Reverse().Select(consent => consent.ActedOn);

    private static Task<ListConsentsResponse> ListAsync(TestRegister register) => register.Consents.ListConsents(new ListConsentsRequest { CustomerId = "1" }, TestCall.Admin());
}
