using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Contacts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Tests.Applications;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Patrons;

/// <summary>What the register keeps of a patron beside what a door needs.</summary>
public sealed class PatronDataTests
{
    [Fact]
    public async Task R8_The_core_of_a_patron_is_stored_checked_and_shown()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron =>
        {
            (patron.IdentityCode, patron.DateOfBirth) = ("010594Y9032", "1994-05-01");
            patron.Contact = Anywhere();
        });

        var shown = await register.GetAsync("1");

        Assert.Equal(("1", "Koivunen", "Aino Testi", "1994-05-01", "010594Y****"), (shown.CustomerId, shown.Surname, shown.FirstNames, shown.DateOfBirth, shown.IdentityCode));
        Assert.Equal(("Testikuja 1 A 2", "15100", "Lahti", ""), (shown.Contact.Address.Street, shown.Contact.Address.PostalCode, shown.Contact.Address.City, shown.Contact.Address.Country));
        Assert.Equal("S-111 22", shown.Contact.Address2.PostalCode);
        Assert.Equal(["+358401234567", "031234567"], shown.Contact.Phones);
        Assert.Equal("aino@example.org", shown.Contact.Email);
        await register.RefusedAsync("date_of_birth", patron => patron.DateOfBirth = "");
    }

    [Fact]
    public async Task R8_Contact_data_that_is_not_given_stays_and_given_empty_is_deleted()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron => patron.Contact = Anywhere());
        await register.PatronAsync("1", 1);
        Assert.Equal("aino@example.org", (await register.GetAsync("1")).Contact.Email);

        await register.PatronAsync("1", 1, patron => patron.Contact = new Contact());

        Assert.Null((await register.GetAsync("1")).Contact);
        await using var db = register.Core.Store.Read();
        Assert.Empty(db.Set<ContactRow>());
    }

    [Fact]
    public async Task R8_Impossible_contact_data_names_its_field_and_stores_nothing()
    {
        await using var register = await TestRegister.StartAsync();

        await register.RefusedAsync("contact.email", patron => patron.Contact = new Contact { Email = "aino" });
        await register.RefusedAsync("contact.phones", patron => patron.Contact = new Contact { Phones = { "none" } });
        await register.RefusedAsync("contact.phones", patron => patron.Contact = new Contact { Phones = { "12345", "12346", "12347", "12348", "12349", "12340" } });
        await register.RefusedAsync("contact.address.postal_code", patron => patron.Contact = new Contact { Address = new PostalAddress { PostalCode = "151" } });
        await register.RefusedAsync("contact.address2.country", patron => patron.Contact = new Contact { Address2 = new PostalAddress { Country = "1" } });
        await register.RefusedAsync("contact.address.street", patron => patron.Contact = new Contact { Address = new PostalAddress { Street = new string('x', 201) } });

        await using var db = register.Core.Store.Read();
        Assert.Empty(db.Set<PatronRow>());
    }

    [Theory]
    [InlineData("https://kirjasto.example/ehdot", true)]
    [InlineData("http://kirjasto.example/ehdot", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("", false)]
    public void R39_Where_the_terms_are_read_is_a_web_address_in_each_language(string finnish, bool right)
    {
        var profile = ProfileReader.Load("lastu");
        var address = new LocalText { Fi = finnish, Sv = "https://bibliotek.example/villkor", En = "https://library.example/terms" };

        var problem = ProfileCheck.Problem(profile with { PatronFields = profile.PatronFields with { TermsAddress = address } });

        Assert.Equal(right, problem is null);
        Assert.Equal(!right, problem?.Contains("patronFields.termsAddress", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData("lastu", LanguageLabel.ServiceLanguage)]
    [InlineData("heili", LanguageLabel.MotherTongue)]
    [InlineData("helmet", LanguageLabel.MailLanguage)]
    public async Task R10_The_language_means_what_the_consortium_says(string profile, LanguageLabel meaning)
    {
        await using var register = await TestRegister.StartAsync(_ => ProfileReader.Load(profile) with { Id = "lastu" });
        await register.PatronAsync("1", 1, patron => patron.Language = Wire.Language.Sv);

        Assert.Equal(Wire.Language.Sv, (await register.GetAsync("1")).Language);
        Assert.Equal(meaning, (await FormAsync(register)).LanguageLabel);
        Assert.Equal(meaning, (await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = "1" }, TestCall.Admin())).LanguageLabel);
    }

    [Fact]
    public void R11_Each_profile_treats_gender_as_its_document_says_and_a_profile_that_says_nothing_records_none()
    {
        Assert.Equal(
            [GenderUse.Stored, GenderUse.Stored, GenderUse.StatisticsOnly],
            new[] { "lastu", "heili", "helmet" }.Select(name => ProfileReader.Load(name).PatronFields.Gender));
        Assert.Equal(GenderUse.None, new PatronFieldsProfile().Gender);
    }

    [Fact]
    public async Task R11_Gender_is_shown_where_it_is_stored()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron => patron.Gender = Gender.Female);

        Assert.Equal(Gender.Female, (await register.GetAsync("1")).Gender);
        Assert.Equal(GenderMode.Stored, (await FormAsync(register)).Gender);
    }

    [Fact]
    public async Task R11_Gender_for_statistics_only_is_written_and_shown_by_no_call()
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { PatronFields = profile.PatronFields with { Gender = GenderUse.StatisticsOnly } });
        await register.PatronAsync("1", 1, patron => patron.Gender = Gender.Other);

        Assert.Equal(Gender.Unspecified, (await register.GetAsync("1")).Gender);
        await using var db = register.Core.Store.Read();
        Assert.Equal((int)Gender.Other, db.Set<GenderRow>().Single().Gender);
    }

    [Fact]
    public async Task R11_Gender_that_is_not_recorded_is_refused()
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { PatronFields = new PatronFieldsProfile() });

        await register.RefusedAsync("gender", patron => patron.Gender = Gender.Female);
    }

    [Fact]
    public async Task R12_The_age_is_derived_from_the_date_of_birth_on_a_Helsinki_date_and_stored_nowhere()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron => patron.DateOfBirth = "2000-12-02");
        Assert.Equal(25, (await register.GetAsync("1")).Age);

        // The clock of tests stands at noon in Helsinki, where the next day begins at 22:00 UTC.
        register.Time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(1));
        Assert.Equal(25, (await register.GetAsync("1")).Age);
        register.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(26, (await register.GetAsync("1")).Age);
        using var connection = register.Core.Store.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(name) FROM pragma_table_info('patrons')";
        Assert.DoesNotContain(((string)command.ExecuteScalar()!).Split(','), column => column.Contains("age", StringComparison.Ordinal) && column != "language");
    }

    [Fact]
    public async Task R13_The_groups_are_those_of_the_profile_and_decide_about_self_service()
    {
        await using var register = await TestRegister.StartAsync(profile => profile with
        {
            Groups = [.. profile.Groups, new GroupProfile { Code = "institution", SelfService = Rules.Branches.GroupAccess.Deny }],
        });
        var card = await register.PatronAsync("1", 1, patron => patron.Group = "institution");

        Assert.Equal(Wire.DecisionCode.GroupNotAllowed, (await register.EnterAsync(card)).Code);
        Assert.Equal(["adult", "child", "home-service", "community", "institution"], (await FormAsync(register)).Groups.Select(group => group.Code));
        await register.RefusedAsync("group", patron => patron.Group = "wizard");
    }

    [Fact]
    public async Task R14_A_home_unit_is_recorded_only_where_the_profile_says_so()
    {
        await using var with = await TestRegister.StartAsync();
        await with.PatronAsync("1", 1, patron => patron.HomeBranch = "FI-Lh-Paakirjasto");
        Assert.Equal("FI-Lh-Paakirjasto", (await with.GetAsync("1")).HomeBranch);

        await using var without = await TestRegister.StartAsync(profile => profile with { PatronFields = profile.PatronFields with { HomeUnit = false } });
        await without.RefusedAsync("home_branch", patron => patron.HomeBranch = "FI-Lh-Paakirjasto");
        var row = $"1,,,A,B,1990-05-01,,fi,adult,FI-Lh-Paakirjasto,,\n";
        var import = await Import.ImportCall.RunAsync(without, $"{Import.ImportCall.Header}\n{row}");
        Assert.Equal(("home_branch", true), (Assert.Single(import.Rows).Field, import.Rows[0].Stored));
        await using var db = without.Core.Store.Read();
        Assert.Equal("", db.Set<PatronRow>().Single().HomeBranch);
    }

    [Fact]
    public async Task R14_An_application_with_a_home_unit_is_refused_where_none_is_kept()
    {
        await using var with = await TestRegister.StartAsync();
        var kept = await new ApplicationDesk(with).RunAsync(ApplicationDesk.Adult(applicant => applicant.HomeBranch = TestRegister.Main));
        Assert.Equal(TestRegister.Main, (await with.GetAsync(kept.CustomerId)).HomeBranch);

        await using var without = await TestRegister.StartAsync(profile => profile with { PatronFields = profile.PatronFields with { HomeUnit = false } });
        var desk = new ApplicationDesk(without);
        await Refusals.RefusedAsync(
            StatusCode.InvalidArgument, "applicant.home_branch", () => desk.SubmitAsync(ApplicationDesk.Adult(applicant => applicant.HomeBranch = TestRegister.Main)));
        Assert.Equal(ApplicationState.Done, (await desk.RunAsync(ApplicationDesk.Adult())).State);
    }

    [Fact]
    public async Task R18_The_customership_has_a_time_of_its_own_beside_the_cards()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1, patron => patron.ValidFrom = "2026-12-02");
        Assert.Equal(Wire.DecisionCode.CardExpired, (await register.EnterAsync(card)).Code);

        await register.PatronAsync("1", 1, patron => patron.ValidTo = "2026-12-01");
        Assert.Equal(Wire.DecisionCode.Granted, (await register.EnterAsync(card)).Code);
        await register.Cards.IssueCard(
            new IssueCardRequest { CustomerId = "1", Card = new Card { CardNumber = card, ExpiresOn = "2026-11-30" } }, TestCall.Admin());
        Assert.Equal(Wire.DecisionCode.CardExpired, (await register.EnterAsync(card)).Code);

        await register.Cards.IssueCard(
            new IssueCardRequest { CustomerId = "1", Card = new Card { CardNumber = card, ExpiresOn = "2027-11-30" } }, TestCall.Admin());
        register.Time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(Wire.DecisionCode.CardExpired, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task R20_A_channel_is_chosen_for_each_kind_of_notice()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron => patron.Contact = Anywhere());
        Assert.Equal(NoticeChannel.Email, Channel(register, NoticeKind.PickUp));

        await register.PatronAsync("1", 1, patron => patron.Notices = Choices((NoticeKind.PickUp, NoticeChannel.Sms), (NoticeKind.DueDate, NoticeChannel.None)));
        await register.PatronAsync("1", 1, patron => patron.Notices = Choices((NoticeKind.Overdue, NoticeChannel.Letter)));

        Assert.Equal(
            [NoticeChannel.Sms, NoticeChannel.None, NoticeChannel.Letter, NoticeChannel.Email],
            NoticeChannels.Kinds.Select(kind => Channel(register, kind)));
        Assert.Equal(3, (await register.GetAsync("1")).Notices.Preferences.Count);
    }

    [Fact]
    public async Task R20_A_channel_that_cannot_reach_the_patron_is_refused()
    {
        await using var register = await TestRegister.StartAsync();

        await register.RefusedAsync("notices.channel", patron => patron.Notices = Choices((NoticeKind.PickUp, NoticeChannel.Email)));
        await register.RefusedAsync("notices.channel", patron => patron.Notices = Choices((NoticeKind.PickUp, NoticeChannel.Sms)));
        await register.RefusedAsync("notices.channel", patron => patron.Notices = Choices((NoticeKind.Invoice, NoticeChannel.None)));
        await register.RefusedAsync("notices.kind", patron => patron.Notices = Choices((NoticeKind.Invoice, NoticeChannel.Letter), (NoticeKind.Invoice, NoticeChannel.Letter)));
    }

    [Fact]
    public async Task R24_Home_service_data_is_kept_of_home_service_patrons_alone()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron =>
        {
            patron.Group = "home-service";
            patron.HomeService = new HomeService { Route = "Tuesday, round 2", Delivery = "ring at 12 B" };
        });

        var service = (await register.GetAsync("1")).HomeService;

        Assert.Equal(("Tuesday, round 2", "ring at 12 B"), (service.Route, service.Delivery));
        Assert.Equal((ConsentState.NotAsked, ConsentState.NotAsked), (service.PreferenceProfile, service.LoanHistory));
        await register.RefusedAsync("home_service", patron => patron.HomeService = new HomeService { Route = "Tuesday" });
    }

    [Fact]
    public async Task R24_Where_home_service_went_is_forgotten_when_the_patron_leaves_its_group()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron => (patron.Group, patron.HomeService) = ("home-service", new HomeService { Route = "Tuesday, round 2" }));

        await register.PatronAsync("1", 1);

        await using var db = register.Core.Store.Read();
        Assert.Empty(db.Set<HomeServiceRow>());
    }

    [Fact]
    public async Task R25_Who_gave_a_card_set_its_pin_or_reported_it_lost_is_who_changed_the_patron_last()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);

        await register.Cards.SetPin(new SetPinRequest { CardNumber = card, Pin = TestRegister.Digits("9315"), AttemptId = "a" }, TestCall.Admin("pin"));
        Assert.Equal("pin", (await register.GetAsync("1")).UpdatedBy);
        await register.Cards.ReportCardLost(new ReportCardLostRequest { CardNumber = card }, TestCall.Admin("lost"));
        Assert.Equal("lost", (await register.GetAsync("1")).UpdatedBy);
        await register.Cards.ReportCardLost(new ReportCardLostRequest { CardNumber = card }, TestCall.Admin("again"));
        Assert.Equal("lost", (await register.GetAsync("1")).UpdatedBy);
        register.Time.Advance(TimeSpan.FromHours(1));
        await register.Cards.IssueCard(new IssueCardRequest { CustomerId = "1", Card = new Card { CardNumber = TestRegister.CardNumber(2) } }, TestCall.Admin("card"));

        var patron = await register.GetAsync("1");
        Assert.Equal(("card", Register.Facts.WireTime.ToProto(register.Now)), (patron.UpdatedBy, patron.UpdateTime));
    }

    [Fact]
    public async Task R25_When_and_by_whom_a_patron_was_made_and_changed_is_set_by_the_register_alone()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1, Forge);
        var created = register.Now;
        await register.EnterAsync(card);
        await register.VisitedAsync(card);
        register.Time.Advance(TimeSpan.FromHours(1));
        await register.Patrons.UpsertPatron(new UpsertPatronRequest { Patron = Changed() }, TestCall.Admin("liisa"));

        var shown = await register.GetAsync("1");

        Assert.Equal((Stamp(created), "admin"), (shown.CreateTime, shown.CreatedBy));
        Assert.Equal((Stamp(register.Now), "liisa"), (shown.UpdateTime, shown.UpdatedBy));
        Assert.Equal(Stamp(created).Seconds, shown.LastUsedTime.Seconds);
        static void Forge(Patron patron) => (patron.CreatedBy, patron.UpdatedBy, patron.CreateTime) = ("nobody", "nobody", new Google.Protobuf.WellKnownTypes.Timestamp());
    }

    internal static Contact Anywhere() => new()
    {
        Address = new PostalAddress { Street = "Testikuja 1 A 2", PostalCode = "15100", City = "Lahti", Country = "fi" },
        Address2 = new PostalAddress { Street = "Testgatan 3", PostalCode = "S-111 22", City = "Stockholm", Country = "SE" },
        Phones = { "+358 40 123 4567", "(03) 123-4567" },
        Email = "aino@example.org",
    };

    private static Patron Changed() => new()
    {
        CustomerId = "1",
        Surname = "Koivunen",
        FirstNames = "Aino Testi",
        DateOfBirth = "1990-05-01",
        Group = "adult",
        TermsAcceptedOn = "2026-01-01",
        Contact = new Contact { Email = "uusi@example.org" },
    };

    private static NoticeChannel Channel(TestRegister register, NoticeKind kind)
    {
        using var db = register.Core.Store.Read();
        return NoticeChannels.Of(db, db.Set<PatronRow>().Single().PatronId, kind);
    }

    private static NoticePreferences Choices(params (NoticeKind Kind, NoticeChannel Channel)[] choices) => new()
    {
        Preferences = { choices.Select(choice => new NoticePreference { Kind = choice.Kind, Channel = choice.Channel }) },
    };

    private static async Task<GetPatronFormResponse> FormAsync(TestRegister register) =>
        await register.Patrons.GetPatronForm(new GetPatronFormRequest(), TestCall.Admin());

    private static Google.Protobuf.WellKnownTypes.Timestamp Stamp(NodaTime.Instant at) => Register.Facts.WireTime.ToProto(at);
}
