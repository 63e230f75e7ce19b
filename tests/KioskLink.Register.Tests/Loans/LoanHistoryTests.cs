using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;

namespace KioskLink.Register.Tests.Loans;

/// <summary>Loan history only when the patron wants it, and where the consortium keeps any (R23, D11).</summary>
public sealed class LoanHistoryTests
{
    [Fact]
    public async Task R23_Nothing_of_a_loan_that_is_over_is_kept_for_a_patron_who_was_not_asked()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);

        await LendAndReturnAsync(register, "l1");

        Assert.Empty(await HistoryAsync(register));
    }

    [Fact]
    public async Task R23_A_patron_who_agrees_has_the_loans_kept_from_then_on_and_withdrawing_deletes_them()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await LendAndReturnAsync(register, "l1");
        await ConsentAsync(register, ConsentAct.Given);
        await LendAndReturnAsync(register, "l2");

        Assert.Equal("Kalevala", Assert.Single(await HistoryAsync(register)).Title);
        await ConsentAsync(register, ConsentAct.Withdrawn);
        await LendAndReturnAsync(register, "l3");

        Assert.Empty(await HistoryAsync(register));
    }

    [Theory]
    [InlineData("2029-11-29T22:00:00Z", 1)]
    [InlineData("2029-11-30T21:59:59Z", 1)]
    [InlineData("2029-11-30T22:00:00Z", 0)]
    [InlineData("2029-12-01T22:00:00Z", 0)]
    public async Task R23_A_loan_leaves_the_history_three_years_after_its_return_and_not_a_day_before_and_the_dry_run_tells_it(string at, int left)
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await ConsentAsync(register, ConsentAct.Given);
        await LendAndReturnAsync(register, "l1");

        var run = await Retention.OtherRulesTests.RunAsync(register, Register.Retention.RetentionRules.LoanHistory, at);

        Assert.Equal(("loans in patrons' histories", 1 - left), (run.Counts.Single().What, (int)run.Counts.Single().Number));
        Assert.Equal(left, (await HistoryAsync(register)).Count);
    }

    [Theory]
    [InlineData("adult", false)]
    [InlineData("home-service", true)]
    public async Task R23_Where_only_home_service_keeps_history_nobody_else_has_any(string group, bool isKept)
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { LoanHistory = LoanHistoryUse.HomeServiceOnly });
        await register.PatronAsync("10001", 1, patron => patron.Group = group);
        if (isKept)
        {
            await ConsentAsync(register, ConsentAct.Given);
        }
        else
        {
            await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "CONSENT_NOT_OFFERED", () => ConsentAsync(register, ConsentAct.Given));
        }

        await LendAndReturnAsync(register, "l1");

        Assert.Equal(isKept ? 1 : 0, (await HistoryAsync(register)).Count);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task R23_Who_leaves_home_service_keeps_the_history_only_where_others_may_have_one(bool homeServiceOnly, int kept)
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { LoanHistory = homeServiceOnly ? LoanHistoryUse.HomeServiceOnly : LoanHistoryUse.OptIn });
        await register.PatronAsync("10001", 1, patron => patron.Group = "home-service");
        await ConsentAsync(register, ConsentAct.Given);
        await LendAndReturnAsync(register, "l1");

        await register.Patrons.UpsertPatron(
            new UpsertPatronRequest { Patron = new Patron { CustomerId = "10001", Surname = "Koivunen", FirstNames = "Aino Testi", DateOfBirth = "1990-05-01", Group = "adult" } }, TestCall.Admin());

        Assert.Equal(kept, (await HistoryAsync(register)).Count);
    }

    [Fact]
    public async Task R23_Where_no_history_is_kept_nobody_is_asked()
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { LoanHistory = LoanHistoryUse.Off });
        await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "CONSENT_NOT_OFFERED", () => ConsentAsync(register, ConsentAct.Given));
        await LendAndReturnAsync(register, "l1");

        Assert.Empty(await HistoryAsync(register));
    }

    private static async Task LendAndReturnAsync(TestRegister register, string loan)
    {
        var request = new ImportLoansRequest();
        request.Records.AddRange(
        [
            new LoanRecord { Kind = LoanRecordKind.Item, Id = "i1", Title = "Kalevala", Owner = "Lahti" },
            new LoanRecord { Kind = LoanRecordKind.Loan, Id = loan, CustomerId = "10001", ItemId = "i1", DueOn = "2099-12-31" },
            new LoanRecord { Kind = LoanRecordKind.Return, Id = loan },
        ]);
        Assert.Empty((await register.Loans.ImportLoans(request, TestCall.Admin())).Problems);
    }

    private static Task<RecordConsentResponse> ConsentAsync(TestRegister register, ConsentAct act) => register.Consents.RecordConsent(
        new RecordConsentRequest { Consent = new Consent { CustomerId = "10001", Kind = ConsentKind.LoanHistory, Act = act, Channel = ConsentChannel.Desk } }, TestCall.Admin());

    private static async Task<IReadOnlyList<PastLoan>> HistoryAsync(TestRegister register) =>
        (await register.Loans.ListLoans(new ListLoansRequest { CustomerId = "10001" }, TestCall.Admin())).History;
}
