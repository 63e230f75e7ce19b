using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Applications;
using KioskLink.Register.Identity;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Applications;

/// <summary>The robot creates, updates or asks, and never guesses.</summary>
public sealed class RobotTests
{
    [Fact]
    public async Task R36_The_robot_acts_under_its_own_account_and_staff_plays_no_robot()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        var robot = TestCall.Of(CallerRole.Robot, "card-robot");

        var submitted = await desk.Service.SubmitApplication(new SubmitApplicationRequest { Applicant = ApplicationDesk.Adult() }, robot);
        var done = (await desk.Service.ProcessApplications(new ProcessApplicationsRequest(), robot)).Applications.Single();

        Assert.Equal(("card-robot", "card-robot"), (submitted.Application.SubmittedBy, done.HandledBy));
        Assert.Equal("card-robot", (await desk.PatronAsync(done.CustomerId)).UpdatedBy);
        var process = ApplicationRights.Rules.Single(rule => rule.Call == "ApplicationService/ProcessApplications");
        Assert.True(CallRights.MayCall(CallerRole.Robot, process));
        Assert.False(CallRights.MayCall(CallerRole.Librarian, process));
        Assert.Equal(
            ["ApplicationService/SubmitApplication", "ApplicationService/ProcessApplications"],
            ApplicationRights.Rules.Where(rule => rule.Roles.Has(CallerRole.Robot)).Select(rule => rule.Call));
    }

    [Fact]
    public async Task R37_An_applicant_whom_nobody_resembles_becomes_a_patron()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);

        var done = await desk.RunAsync(ApplicationDesk.Adult());

        Assert.Equal((ApplicationState.Done, ApplicationOutcome.Created, "admin"), (done.State, done.Outcome, done.HandledBy));
        var patron = await desk.PatronAsync(done.CustomerId);
        Assert.Equal(
            ("Mallinen", "Testi Aino", ApplicationDesk.Born, "010594Y****", "adult", "2026-11-30"),
            (patron.Surname, patron.FirstNames, patron.DateOfBirth, patron.IdentityCode, patron.Group, patron.TermsAcceptedOn));
        Assert.Empty(patron.Cards);
        Assert.Equal(
            ("Esimerkkikatu 1 A 2", "15110", "Lahti", "0401234567", "testi@example.org"),
            (patron.Contact.Address.Street, patron.Contact.Address.PostalCode, patron.Contact.Address.City, patron.Contact.Phones.Single(), patron.Contact.Email));
    }

    [Fact]
    public async Task R37_What_an_applicant_leaves_out_of_the_contact_data_stays_as_it_is()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        var done = await desk.RunAsync(ApplicationDesk.Adult());

        await desk.RunAsync(ApplicationDesk.Adult(applicant => (applicant.StreetAddress, applicant.PostalCode, applicant.City, applicant.Phone, applicant.Email) = ("", "", "", "0501234567", "")));

        var contact = (await desk.PatronAsync(done.CustomerId)).Contact;
        Assert.Equal(("Esimerkkikatu 1 A 2", "testi@example.org"), (contact.Address.Street, contact.Email));
        Assert.Equal(["0501234567", "0401234567"], contact.Phones);
    }

    [Fact]
    public async Task R39_What_was_accepted_with_an_application_is_in_the_ledger_with_its_text_day_channel_and_who_accepted()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await register.PatronAsync("10001", 1);

        var adult = await desk.RunAsync(ApplicationDesk.Adult());
        var child = await desk.RunAsync(ApplicationDesk.Child(applicant => applicant.ResponsibleCustomerId = "10001"));
        await desk.RunAsync(ApplicationDesk.Adult(applicant => applicant.Reference = "the same again"));

        var own = Assert.Single(await ConsentsAsync(register, adult.CustomerId));
        Assert.Equal(
            (ConsentKind.Terms, ConsentAct.Given, "2023-10", "2026-11-30", ConsentChannel.Application, false, "admin"),
            (own.Kind, own.Act, own.TextVersion, own.ActedOn, own.Channel, own.ByResponsible, own.RecordedBy));
        var ofChild = await ConsentsAsync(register, child.CustomerId);
        Assert.Equal([ConsentKind.Terms, ConsentKind.MinorSelfService], ofChild.Select(consent => consent.Kind));
        Assert.All(ofChild, consent => Assert.Equal((true, "10001", ConsentChannel.Application), (consent.ByResponsible, consent.GiverCustomerId, consent.Channel)));
    }

    [Fact]
    public async Task R37_A_second_identical_run_changes_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        var first = await desk.RunAsync(ApplicationDesk.Adult());
        var (patron, head) = (await desk.PatronAsync(first.CustomerId), register.Core.Log.Head);
        register.Time.Advance(TimeSpan.FromHours(1));

        var second = await desk.RunAsync(ApplicationDesk.Adult());
        var anew = await desk.RunAsync(ApplicationDesk.Adult(applicant => applicant.Reference = "another number"));

        Assert.Equal(first, second);
        Assert.True((await desk.SubmitAsync(ApplicationDesk.Adult())).Known);
        Assert.Equal((ApplicationOutcome.Unchanged, first.CustomerId), (anew.Outcome, anew.CustomerId));
        Assert.Equal((patron, head, 1), (await desk.PatronAsync(first.CustomerId), register.Core.Log.Head, desk.CountPatrons()));
    }

    [Fact]
    public async Task R37_The_identity_code_says_whom_an_application_is_about_and_the_patron_is_updated()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await register.PatronAsync("10001", 1, patron => (patron.IdentityCode, patron.DateOfBirth, patron.Group) = (ApplicationDesk.Code, ApplicationDesk.Born, "home-service"));

        var done = await desk.RunAsync(ApplicationDesk.Adult());

        Assert.Equal((ApplicationOutcome.Updated, "10001"), (done.Outcome, done.CustomerId));
        var patron = await desk.PatronAsync("10001");
        Assert.Equal(("Mallinen", "Testi Aino", Wire.Language.Fi, "home-service"), (patron.Surname, patron.FirstNames, patron.Language, patron.Group));
    }

    [Fact]
    public async Task R37_An_update_clears_no_ban_no_PIN_and_no_consent()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await register.PatronAsync("10002", 2);
        var card = await register.PatronAsync("10001", 1, patron =>
        {
            (patron.IdentityCode, patron.DateOfBirth, patron.ResponsibleCustomerId) = (ApplicationDesk.Code, ApplicationDesk.Born, "10002");
            (patron.TermsAcceptedOn, patron.GuardianConsentOn, patron.RegisteredOn, patron.FeesCents) = ("2026-12-01", "2026-01-02", "2026-01-03", 250);
        });
        await register.BanAsync("10001", Wire.BanKind.SelfService);

        await desk.RunAsync(ApplicationDesk.Adult());
        await desk.RunAsync(ApplicationDesk.Adult(applicant => applicant.TermsAcceptedOn = ""));

        var patron = await desk.PatronAsync("10001");
        Assert.Equal(
            ("2026-12-01", "2026-01-02", "2026-01-03", 250),
            (patron.TermsAcceptedOn, patron.GuardianConsentOn, patron.RegisteredOn, patron.FeesCents));
        Assert.Equal(Wire.BanKind.SelfService, Assert.Single(patron.Bans).Kind);
        Assert.Equal(Wire.DecisionCode.SelfServiceBan, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task R37_Without_an_identity_code_staff_decides_whom_it_is_about()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await register.PatronAsync("10001", 1, patron => (patron.Surname, patron.FirstNames, patron.DateOfBirth) = ("MALLINEN", "Testi", ApplicationDesk.Born));
        await register.PatronAsync("10002", 2, patron => (patron.Surname, patron.FirstNames, patron.DateOfBirth) = ("Mallinen", "Toinen", ApplicationDesk.Born));

        var queued = await desk.RunAsync(ApplicationDesk.Adult(applicant => (applicant.IdentityCode, applicant.DateOfBirth) = ("", ApplicationDesk.Born)));

        Assert.Equal((ApplicationState.Queued, QueueReason.NoIdentityCode, 2), (queued.State, queued.QueueReason, desk.CountPatrons()));
        Assert.Equal("10001", Assert.Single((await desk.GetAsync(queued.Id)).Candidates).CustomerId);
        var decided = await desk.DecideAsync(queued.Id, request => request.CustomerId = "10001");
        Assert.Equal((ApplicationState.Done, ApplicationOutcome.Updated, "seen at the desk"), (decided.State, decided.Outcome, decided.DecisionReason));
        Assert.Equal("Testi Aino", (await desk.PatronAsync("10001")).FirstNames);
        Assert.Equal(decided, await desk.DecideAsync(queued.Id, request => request.CustomerId = "10001"));
    }

    [Fact]
    public async Task R37_A_new_identity_code_with_a_known_name_and_birth_is_never_guessed_about()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await register.PatronAsync("10001", 1, patron => (patron.Surname, patron.FirstNames, patron.DateOfBirth) = ("Mallinen", "Testi", ApplicationDesk.Born));

        var queued = await desk.RunAsync(ApplicationDesk.Adult());

        Assert.Equal((QueueReason.SameNameAndBirth, 1), (queued.QueueReason, desk.CountPatrons()));
        var decided = await desk.DecideAsync(queued.Id, request => request.NewPatron = true);
        Assert.Equal((ApplicationOutcome.Created, 2), (decided.Outcome, desk.CountPatrons()));
    }

    [Fact]
    public async Task A_patron_whose_processing_is_restricted_is_left_to_staff()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await register.PatronAsync("10001", 1, patron => (patron.IdentityCode, patron.DateOfBirth, patron.Restricted) = (ApplicationDesk.Code, ApplicationDesk.Born, true));

        Assert.Equal(QueueReason.PatronRestricted, (await desk.RunAsync(ApplicationDesk.Adult())).QueueReason);
        Assert.Equal("Koivunen", (await desk.PatronAsync("10001")).Surname);
    }

    [Fact]
    public async Task A_child_needs_a_responsible_person_whom_the_register_knows()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await register.PatronAsync("10001", 1);

        var alone = await desk.RunAsync(ApplicationDesk.Child());
        var led = await desk.RunAsync(ApplicationDesk.Child(applicant => (applicant.IdentityCode, applicant.FirstNames, applicant.ResponsibleCustomerId) = ("020516C903K", "Testi Toinen", "10001")));

        Assert.Equal(QueueReason.ResponsiblePersonMissing, alone.QueueReason);
        Assert.Equal("child", (await desk.PatronAsync(led.CustomerId)).Group);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "responsible_customer_id", () => desk.DecideAsync(alone.Id, request => request.NewPatron = true));
        var decided = await desk.DecideAsync(alone.Id, request => (request.NewPatron, request.ResponsibleCustomerId) = (true, "10001"));
        Assert.Equal("10001", (await desk.PatronAsync(decided.CustomerId)).ResponsibleCustomerId);
    }

    [Fact]
    public async Task R15_R16_R37_A_child_for_whom_somebody_who_is_no_patron_answers_already_is_updated_by_the_robot_and_by_staff()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await register.PatronAsync("10001", 1, patron =>
        {
            (patron.IdentityCode, patron.DateOfBirth, patron.Group) = (ApplicationDesk.ChildCode, "2016-05-01", "child");
            patron.Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Mallinen" } } };
        });

        var done = await desk.RunAsync(ApplicationDesk.Child());
        var queued = await desk.RunAsync(ApplicationDesk.Child(applicant => (applicant.IdentityCode, applicant.DateOfBirth) = ("", "2016-05-01")));
        var decided = await desk.DecideAsync(queued.Id, decision => decision.CustomerId = "10001");

        Assert.Equal((ApplicationState.Done, "10001", ApplicationState.Done), (done.State, done.CustomerId, decided.State));
        Assert.Equal("Mallinen", (await desk.PatronAsync("10001")).Responsible.Persons.Single().Surname);
    }

    [Fact]
    public async Task Two_people_never_get_one_identity_code_nor_one_person_two()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        await register.PatronAsync("10001", 1, patron =>
            (patron.Surname, patron.FirstNames, patron.IdentityCode, patron.DateOfBirth) = ("Mallinen", "Testi", ApplicationDesk.OtherCode, ApplicationDesk.Born));

        var queued = await desk.RunAsync(ApplicationDesk.Adult());
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "IDENTITY_DIFFERS", () => desk.DecideAsync(queued.Id, request => request.CustomerId = "10001"));

        await desk.DecideAsync(queued.Id, request => request.NewPatron = true);
        var again = await desk.RunAsync(ApplicationDesk.Adult(applicant => (applicant.IdentityCode, applicant.DateOfBirth) = ("", ApplicationDesk.Born)));
        await register.PatronAsync("10002", 2, patron => patron.DateOfBirth = ApplicationDesk.Born);
        Assert.Equal(ApplicationState.Done, (await desk.DecideAsync(again.Id, request => request.CustomerId = "10002")).State);
    }

    [Fact]
    public async Task All_that_were_received_are_processed_the_oldest_first_and_what_is_left_is_counted()
    {
        await using var register = await TestRegister.StartAsync();
        var desk = new ApplicationDesk(register);
        var first = (await desk.SubmitAsync(ApplicationDesk.Adult())).Application;
        await desk.SubmitAsync(ApplicationDesk.Adult(applicant => (applicant.IdentityCode, applicant.FirstNames) = (ApplicationDesk.OtherCode, "Testi Toinen")));

        var run = await desk.Service.ProcessApplications(new ProcessApplicationsRequest { Limit = 1 }, TestCall.Admin());

        Assert.Equal((first.Id, 1), (run.Applications.Single().Id, run.Left));
        run = await desk.Service.ProcessApplications(new ProcessApplicationsRequest(), TestCall.Admin());
        Assert.Equal((1, 0), (run.Applications.Count, run.Left));
        Assert.Empty((await desk.Service.ProcessApplications(new ProcessApplicationsRequest(), TestCall.Admin())).Applications);
    }

    private static async Task<IReadOnlyList<Consent>> ConsentsAsync(TestRegister register, string customerId) =>
        (await register.Service<Register.Consents.ConsentService>().ListConsents(new ListConsentsRequest { CustomerId = customerId }, TestCall.Admin())).Consents;
}
