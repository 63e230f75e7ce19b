using KioskLink.Protos.Register.V1;
using KioskLink.Register.Applications;
using KioskLink.Register.Facts;
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
        var purge = register.Service<ApplicationPurge>();

        SetClock(register, over.AtMidnight().PlusMilliseconds(-1));
        Assert.Equal(0, await purge.PurgeAsync());
        var application = (await desk.GetAsync(id)).Application;
        Assert.Equal(OpeningCalendar.Zone.AtStartOfDay(over).ToInstant(), application.DeleteTime.FromProto());

        SetClock(register, over.AtMidnight());
        Assert.Equal(1, await purge.PurgeAsync());
        await Refusals.RefusedAsync(Grpc.Core.StatusCode.NotFound, "application", () => desk.GetAsync(id));
        Assert.Equal(0, await purge.PurgeAsync());
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

        Assert.Equal(2, await register.Service<ApplicationPurge>().PurgeAsync());

        Assert.Equal([younger.Id], (await desk.Service.ListApplications(new ListApplicationsRequest(), TestCall.Admin())).Applications.Select(one => one.Id));
        Assert.Equal("Mallinen", (await desk.PatronAsync(done.CustomerId)).Surname);
    }

    private static void SetClock(TestRegister register, LocalDateTime local) =>
        register.Time.SetWallClock(local.InZoneLeniently(OpeningCalendar.Zone).ToInstant().ToDateTimeOffset());
}
