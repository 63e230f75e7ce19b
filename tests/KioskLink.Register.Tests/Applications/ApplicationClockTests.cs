using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Jobs;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Tests.Applications;

/// <summary>An application is destroyed a calendar month after the day on which it was received.</summary>
public sealed class ApplicationClockTests
{
    [Theory]
    [InlineData("2026-12-01T15:00", "2027-01-01")]
    [InlineData("2027-01-31T23:59", "2027-02-28")]
    [InlineData("2027-01-28T00:00", "2027-02-28")]
    [InlineData("2028-01-31T12:00", "2028-02-29")]
    [InlineData("2027-03-27T12:00", "2027-04-27")]
    public async Task R34_An_application_is_there_on_the_last_day_of_its_month_and_gone_with_the_first_purge_after(string received, string gone)
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        SetClock(register, LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(received).Value);
        var id = (await desk.SubmitAsync(ApplicationDesk.Adult())).Application.Id;
        var over = LocalDatePattern.Iso.Parse(gone).Value;

        SetClock(register, over.AtMidnight().PlusMilliseconds(-1));
        await PurgeAsync(register, "applications");
        var application = (await desk.GetAsync(id)).Application;
        Assert.Equal(OpeningCalendar.Zone.AtStartOfDay(over).ToInstant(), application.DeleteTime.FromProto());

        SetClock(register, over.AtMidnight());
        await PurgeAsync(register, "applications");
        await Refusals.RefusedAsync(Grpc.Core.StatusCode.NotFound, "application", () => desk.GetAsync(id));
    }

    [Fact]
    public async Task R34_What_became_of_an_application_keeps_none_and_no_younger_one_goes_with_it()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        var done = await desk.RunAsync(ApplicationDesk.Adult());
        await desk.RunAsync(ApplicationDesk.Adult(applicant => (applicant.IdentityCode, applicant.DateOfBirth) = ("", "1980-01-01")));
        register.Time.Advance(TimeSpan.FromDays(1));
        var younger = (await desk.SubmitAsync(ApplicationDesk.Adult(applicant => applicant.Reference = "younger"))).Application;
        register.Time.Advance(TimeSpan.FromDays(30));

        Assert.Contains("applications: 2", await PurgeAsync(register, "applications"), StringComparison.Ordinal);

        Assert.Equal([younger.Id], (await desk.Service.ListApplications(new ListApplicationsRequest(), TestCall.Admin())).Applications.Select(one => one.Id));
        Assert.Equal("Mallinen", (await desk.PatronAsync(done.CustomerId)).Surname);
    }

    [Theory]
    [InlineData("2026-12-01", "2027-03-01")]
    [InlineData("2027-11-30", "2028-02-29")]
    public async Task R38_A_patron_whom_an_application_made_is_gone_three_months_later_when_no_card_was_issued(string registered, string gone)
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        SetClock(register, LocalDatePattern.Iso.Parse(registered).Value.At(LocalTime.Noon));
        var unfetched = await desk.RunAsync(ApplicationDesk.Adult(applicant => applicant.TermsAcceptedOn = ""));
        var fetched = await desk.RunAsync(ApplicationDesk.Adult(applicant => (applicant.IdentityCode, applicant.Surname, applicant.TermsAcceptedOn) = (ApplicationDesk.OtherCode, "Kokeinen", "")));
        await register.Cards.IssueCard(new IssueCardRequest { CustomerId = fetched.CustomerId, Card = new Card { CardNumber = TestRegister.CardNumber(7) } }, TestCall.Admin());
        await register.PatronAsync("10001", 1);
        var over = LocalDatePattern.Iso.Parse(gone).Value;

        SetClock(register, over.AtMidnight().PlusMilliseconds(-1));
        await PurgeAsync(register, "pre-registrations");
        Assert.Equal("Mallinen", (await desk.PatronAsync(unfetched.CustomerId)).Surname);

        SetClock(register, over.AtMidnight());
        await PurgeAsync(register, "pre-registrations");
        await Refusals.RefusedAsync(Grpc.Core.StatusCode.NotFound, "patron", () => desk.PatronAsync(unfetched.CustomerId));
        Assert.Equal(("Kokeinen", "Koivunen"), ((await desk.PatronAsync(fetched.CustomerId)).Surname, (await desk.PatronAsync("10001")).Surname));
        var anew = await desk.RunAsync(ApplicationDesk.Adult(applicant => (applicant.Reference, applicant.TermsAcceptedOn) = ("anew", "")));
        Assert.Equal(QueueReason.PersonErased, anew.QueueReason);
        Assert.Equal(ApplicationOutcome.Created, (await desk.DecideAsync(anew.Id, request => request.NewPatron = true)).Outcome);
    }

    [Fact]
    public async Task R38_Whom_something_holds_is_kept()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        var done = await desk.RunAsync(ApplicationDesk.Adult());
        await register.BanAsync(done.CustomerId, Protos.Types.V1.BanKind.Loan);
        register.Time.Advance(TimeSpan.FromDays(200));

        Assert.Contains("kept: something holds them: 1", await PurgeAsync(register, "pre-registrations"), StringComparison.Ordinal);
        Assert.Equal("Mallinen", (await desk.PatronAsync(done.CustomerId)).Surname);
    }

    private static async Task<string> PurgeAsync(TestRegister register, string rule) =>
        (await register.Service<JobRunner>().RunAsync($"retention-{rule}", "admin", CancellationToken.None)).Summary;

    private static void SetClock(TestRegister register, LocalDateTime local) =>
        register.Time.SetWallClock(local.InZoneLeniently(OpeningCalendar.Zone).ToInstant().ToDateTimeOffset());
}
