using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;

namespace KioskLink.Register.Tests.Applications;

/// <summary>Applications as they are handed in, kept, listed and rejected.</summary>
public sealed class ApplicationServiceTests
{
    [Fact]
    public async Task R35_Applications_of_every_municipality_are_in_one_store_whose_place_is_told()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await desk.SubmitAsync(ApplicationDesk.Adult());
        await desk.SubmitAsync(ApplicationDesk.Adult(applicant => (applicant.Municipality, applicant.IdentityCode) = ("Sysmä", ApplicationDesk.OtherCode)));

        var list = await desk.Service.ListApplications(new ListApplicationsRequest(), TestCall.Admin());

        Assert.Equal(["Sysmä", "Lahti"], list.Applications.Select(one => one.Applicant.Municipality));
        Assert.Equal(register.Profile.Applications!.StorageLocation, list.StorageLocation);
        Assert.Contains("Heinola", list.StorageLocation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_applicant_says_is_nowhere_on_the_disk_in_clear()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await desk.SubmitAsync(ApplicationDesk.Adult(applicant => (applicant.Surname, applicant.StreetAddress) = ("Sentinelius", "Sentinelkatu")));

        var disk = Encoding.UTF8.GetString(register.EverythingOnDisk());

        Assert.DoesNotContain("Sentinel", disk, StringComparison.Ordinal);
        Assert.DoesNotContain(ApplicationDesk.Code, disk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_code_is_shown_masked()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);

        var submitted = await desk.SubmitAsync(ApplicationDesk.Adult(applicant => applicant.IdentityCode = "010594y9032 "));

        Assert.Equal("010594Y****", submitted.Application.Applicant.IdentityCode);
        Assert.Equal("010594Y****", (await desk.GetAsync(submitted.Application.Id)).Application.Applicant.IdentityCode);
    }

    [Fact]
    public async Task A_rejected_application_is_not_carried_out_and_a_carried_out_one_not_rejected()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        var rejected = (await desk.SubmitAsync(ApplicationDesk.Adult())).Application;

        var answer = await RejectAsync(desk, rejected.Id);

        Assert.Equal((ApplicationState.Rejected, "withdrawn"), (answer.State, answer.DecisionReason));
        Assert.Equal(answer, await RejectAsync(desk, rejected.Id));
        Assert.Equal(ApplicationState.Rejected, (await desk.RunAsync(ApplicationDesk.Adult())).State);
        Assert.Equal(0, desk.CountPatrons());
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NOT_QUEUED", () => desk.DecideAsync(rejected.Id, request => request.NewPatron = true));
        var done = await desk.RunAsync(ApplicationDesk.Adult(applicant => applicant.Reference = "2"));
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "ALREADY_DONE", () => RejectAsync(desk, done.Id));
    }

    [Fact]
    public async Task Lists_page_by_state()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        for (var n = 0; n < 3; n++)
        {
            await desk.SubmitAsync(ApplicationDesk.Adult(applicant => applicant.Reference = $"{n}"));
        }

        await desk.RunAsync(ApplicationDesk.Adult(applicant => applicant.Reference = "done"));

        var first = await ListAsync(desk, request => (request.State, request.PageSize) = (ApplicationState.Received, 2));
        var second = await ListAsync(desk, request => (request.State, request.PageSize, request.PageToken) = (ApplicationState.Received, 2, first.NextPageToken));

        Assert.Equal(["2", "1", "0"], first.Applications.Concat(second.Applications).Select(one => one.Applicant.Reference));
        Assert.Equal("", second.NextPageToken);
    }

    [Fact]
    public async Task Each_impossible_value_names_its_field_and_stores_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);

        await WrongAsync(desk, "applicant", null);
        await WrongAsync(desk, "applicant.surname", applicant => applicant.Surname = " ");
        await WrongAsync(desk, "applicant.first_names", applicant => applicant.FirstNames = "");
        await WrongAsync(desk, "applicant.identity_code", applicant => applicant.IdentityCode = "010594Y9033");
        await WrongAsync(desk, "applicant.identity_code", applicant => applicant.DateOfBirth = "1994-05-02");
        await WrongAsync(desk, "applicant.date_of_birth", applicant => applicant.IdentityCode = "");
        await WrongAsync(desk, "applicant.date_of_birth", applicant => (applicant.IdentityCode, applicant.DateOfBirth) = ("", "2026-12-02"));
        await WrongAsync(desk, "applicant.date_of_birth", applicant => (applicant.IdentityCode, applicant.DateOfBirth) = ("", "1.5.1994"));
        await WrongAsync(desk, "applicant.language", applicant => applicant.Language = (Protos.Types.V1.Language)9);
        await WrongAsync(desk, "applicant.group", applicant => applicant.Group = "wizard");
        await WrongAsync(desk, "applicant.email", applicant => applicant.Email = "nobody");
        await WrongAsync(desk, "applicant.phones", applicant => applicant.Phone = new string('1', 65));
        await WrongAsync(desk, "applicant.address.street", applicant => applicant.StreetAddress = "a\nb");
        await WrongAsync(desk, "applicant.address.postal_code", applicant => applicant.PostalCode = "1511");
        await WrongAsync(desk, "applicant.terms_accepted_on", applicant => applicant.TermsAcceptedOn = "2026-12-02");
        await WrongAsync(desk, "applicant.guardian_consent_on", applicant => applicant.GuardianConsentOn = "soon");
        await WrongTimeAsync(desk, new Timestamp { Seconds = long.MaxValue });
        await WrongTimeAsync(desk, (register.Now + NodaTime.Duration.FromSeconds(1)).ToProto());
        await WrongTimeAsync(desk, (register.Now - NodaTime.Duration.FromDays(31)).ToProto());

        Assert.Empty((await ListAsync(desk, _ => { })).Applications);
    }

    [Fact]
    public async Task Impossible_questions_and_decisions_name_their_field()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        var queued = await desk.RunAsync(ApplicationDesk.Child());

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "about", () => desk.DecideAsync(queued.Id, _ => { }));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "about", () => desk.DecideAsync(queued.Id, request => request.NewPatron = false));
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => desk.DecideAsync(queued.Id, request => request.CustomerId = "nobody"));
        await Refusals.RefusedAsync(StatusCode.NotFound, "application", () => desk.DecideAsync("none", request => request.NewPatron = true));
        await Refusals.RefusedAsync(StatusCode.NotFound, "application", () => desk.GetAsync("none"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "reason", () => desk.Service.RejectApplication(new RejectApplicationRequest { Id = queued.Id }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "limit", () => desk.Service.ProcessApplications(new ProcessApplicationsRequest { Limit = -1 }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.NotFound, "application", () => desk.Service.ProcessApplications(new ProcessApplicationsRequest { Ids = { "none" } }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_size", () => ListAsync(desk, request => request.PageSize = -1));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_token", () => ListAsync(desk, request => request.PageToken = "x"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "state", () => ListAsync(desk, request => request.State = (ApplicationState)9));
        Assert.Equal(queued, (await desk.GetAsync(queued.Id)).Application);
    }

    [Fact]
    public async Task A_consortium_whose_profile_takes_no_applications_has_none()
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { Applications = null });
        var desk = new ApplicationDesk(register);

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NOT_IN_PROFILE", () => desk.SubmitAsync(ApplicationDesk.Adult()));
    }

    private static async Task<Application> RejectAsync(ApplicationDesk desk, string id) =>
        (await desk.Service.RejectApplication(new RejectApplicationRequest { Id = id, Reason = "withdrawn" }, TestCall.Admin())).Application;

    private static Task<ListApplicationsResponse> ListAsync(ApplicationDesk desk, Action<ListApplicationsRequest> change)
    {
        var request = new ListApplicationsRequest();
        change(request);
        return Task.Run(() => desk.Service.ListApplications(request, TestCall.Admin()));
    }

    private static Task WrongAsync(ApplicationDesk desk, string field, Action<Applicant>? spoil) => Refusals.RefusedAsync(
        StatusCode.InvalidArgument, $"`{field}`", () => desk.Service.SubmitApplication(
            new SubmitApplicationRequest { Applicant = spoil is null ? null : ApplicationDesk.Adult(spoil) }, TestCall.Admin()));

    private static Task WrongTimeAsync(ApplicationDesk desk, Timestamp received) => Refusals.RefusedAsync(
        StatusCode.InvalidArgument, "`received_time`", () => desk.Service.SubmitApplication(
            new SubmitApplicationRequest { Applicant = ApplicationDesk.Adult(), ReceivedTime = received }, TestCall.Admin()));
}
