using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Consents;
using KioskLink.Register.Profiles;
using KioskLink.Register.Tests.Patrons;
using Microsoft.Data.Sqlite;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Consents;

/// <summary>The ledger: who agreed to what, for whom, to which text, when and where.</summary>
public sealed class ConsentTests
{
    [Fact]
    public async Task R39_A_card_enters_who_accepted_for_whom_which_text_when_and_where()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);

        var entry = (await ListAsync(register, "1")).Consents.Single(consent => consent.Kind == ConsentKind.Card);

        Assert.Equal((ConsentAct.Given, "2026-12-01", ConsentChannel.Desk, "admin"), (entry.Act, entry.ActedOn, entry.Channel, entry.RecordedBy));
        Assert.Equal((register.Profile.PatronFields.TermsVersion, false), (entry.TextVersion, entry.ByResponsible));
        Assert.Equal(Register.Facts.WireTime.ToProto(register.Now), entry.RecordTime);
        await register.PatronAsync("1", 1);
        Assert.Single((await ListAsync(register, "1")).Consents, consent => consent.Kind == ConsentKind.Card);
    }

    [Fact]
    public async Task R39_For_a_child_whoever_answers_for_it_accepts_and_without_such_a_person_there_is_no_card()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        await register.PatronAsync("2", 2, patron => (patron.DateOfBirth, patron.ResponsibleCustomerId) = ("2015-01-01", "1"));
        await register.PatronAsync("3", 3, patron => (patron.DateOfBirth, patron.Responsible) = (
            "2015-01-01", new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Mäkinen" } } }));
        var person = (await register.GetAsync("3")).Responsible.Persons[0].PersonId;

        var (byPatron, byPerson) = (await CardEntryAsync(register, "2"), await CardEntryAsync(register, "3"));

        Assert.Equal((true, "1", ""), (byPatron.ByResponsible, byPatron.GiverCustomerId, byPatron.GiverPersonId));
        Assert.Equal((true, "", person), (byPerson.ByResponsible, byPerson.GiverCustomerId, byPerson.GiverPersonId));
        await Import.ImportCall.RunAsync(register, $"{Import.ImportCall.Header}\n4,,,A,B,2015-05-01,,fi,child,,,\n");
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "RESPONSIBLE_MISSING", () =>
            register.Cards.IssueCard(new IssueCardRequest { CustomerId = "4", Card = new Card { CardNumber = TestRegister.CardNumber(4) } }, TestCall.Admin()));
        Assert.Null(register.Core.Index.Find(register.Core.Store.Vault.CardIndex(TestRegister.CardNumber(4))));
    }

    [Fact]
    public async Task R39_What_staff_and_files_say_of_terms_stands_in_the_ledger_and_what_they_repeat_does_not()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        await register.PatronAsync("1", 1);
        await register.Permissions.SetPermission(new SetPermissionRequest { CustomerId = "1", TermsAcceptedOn = "" }, TestCall.Admin());
        register.Time.Advance(TimeSpan.FromDays(2));
        await Import.ImportCall.RunAsync(register, $"{Import.ImportCall.Header}\n1,,,Koivunen,Aino Testi,1990-05-01,,sv,adult,,,2026-12-02\n");

        var terms = (await ListAsync(register, "1")).Consents.Where(consent => consent.Kind == ConsentKind.Terms).Reverse();

        Assert.Equal(
            [(ConsentAct.Given, "2026-01-01", ConsentChannel.Desk), (ConsentAct.Withdrawn, "2026-12-01", ConsentChannel.Desk), (ConsentAct.Given, "2026-12-02", ConsentChannel.Import)],
            terms.Select(consent => (consent.Act, consent.ActedOn, consent.Channel)));
    }

    [Fact]
    public async Task R39_An_entry_is_never_changed()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);

        foreach (var column in new[] { "kind", "act", "text_version", "acted_on", "channel", "patron_id", "recorded_at", "by_responsible" })
        {
            await Assert.ThrowsAsync<SqliteException>(() => register.Core.Lane.WriteAsync(scope =>
            {
                using var update = scope.Command($"UPDATE consents SET {column} = {column}");
                update.ExecuteNonQuery();
            }));
        }
    }

    [Fact]
    public async Task R39_A_minor_s_guardian_consents_and_the_door_follows_at_once()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        var card = await register.PatronAsync("2", 2, patron => (patron.DateOfBirth, patron.ResponsibleCustomerId) = ("2015-01-01", "1"));
        Assert.Equal(Wire.DecisionCode.Underage, (await register.EnterAsync(card)).Code);

        var given = await RecordAsync(register, "2", ConsentKind.MinorSelfService, ConsentAct.Given);
        Assert.Equal((true, true, "1"), (given.Added, given.Consent.ByResponsible, given.Consent.GiverCustomerId));
        Assert.Equal(Wire.DecisionCode.Granted, (await register.EnterAsync(card)).Code);
        Assert.False((await RecordAsync(register, "2", ConsentKind.MinorSelfService, ConsentAct.Given)).Added);
        await RecordAsync(register, "2", ConsentKind.MinorSelfService, ConsentAct.Withdrawn);

        Assert.Equal(Wire.DecisionCode.Underage, (await register.EnterAsync(card)).Code);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "giver_customer_id", () =>
            RecordAsync(register, "2", ConsentKind.MinorSelfService, ConsentAct.Given, consent => consent.GiverCustomerId = "2"));
    }

    [Fact]
    public async Task R24_The_two_consents_of_home_service_are_apart_and_each_given_refused_or_not_asked()
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { LoanHistory = LoanHistoryUse.HomeServiceOnly });
        await register.PatronAsync("1", 1, patron => patron.Group = "home-service");
        await RecordAsync(register, "1", ConsentKind.LoanHistory, ConsentAct.Given);
        Assert.Equal((ConsentState.NotAsked, ConsentState.Given), await StatesAsync(register));

        await RecordAsync(register, "1", ConsentKind.PreferenceProfile, ConsentAct.Refused);
        Assert.Equal((ConsentState.Refused, ConsentState.Given), await StatesAsync(register));
        await RecordAsync(register, "1", ConsentKind.LoanHistory, ConsentAct.Withdrawn);

        Assert.Equal((ConsentState.Refused, ConsentState.Refused), await StatesAsync(register));
    }

    [Theory]
    [InlineData("OptIn", "adult", true)]
    [InlineData("HomeServiceOnly", "adult", false)]
    [InlineData("HomeServiceOnly", "home-service", true)]
    [InlineData("Off", "home-service", false)]
    public async Task Loan_history_is_agreed_to_only_where_the_consortium_keeps_it(string use, string group, bool offered)
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { LoanHistory = Enum.Parse<LoanHistoryUse>(use) });
        await register.PatronAsync("1", 1, patron => patron.Group = group);

        var call = () => RecordAsync(register, "1", ConsentKind.LoanHistory, ConsentAct.Given);

        if (offered)
        {
            Assert.True((await call()).Added);
        }
        else
        {
            await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "CONSENT_NOT_OFFERED", call);
        }
    }

    [Fact]
    public async Task What_rests_on_a_consent_ends_with_it_in_the_same_unit_of_work()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        var ended = new List<ConsentKind>();
        var writer = new ConsentWriter(register.Profile, [(_, _, kind) => ended.Add(kind)]);
        var service = new Register.Consents.ConsentService(register.Core, writer);

        await RecordAsync(register, "1", ConsentKind.LoanHistory, ConsentAct.Given, service: service);
        Assert.Empty(ended);
        await RecordAsync(register, "1", ConsentKind.LoanHistory, ConsentAct.Withdrawn, service: service);

        Assert.Equal([ConsentKind.LoanHistory], ended);
    }

    [Fact]
    public async Task Each_impossible_entry_names_its_field_and_is_not_added()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        var before = (await ListAsync(register, "1")).Consents.Count;

        await WrongAsync("consent.customer_id", consent => consent.CustomerId = "");
        await WrongAsync("consent.kind", consent => consent.Kind = ConsentKind.Unspecified);
        await WrongAsync("consent.kind", consent => consent.Kind = (ConsentKind)99);
        await WrongAsync("consent.act", consent => consent.Act = ConsentAct.Unspecified);
        await WrongAsync("consent.acted_on", consent => consent.ActedOn = "2026-12-02");
        await WrongAsync("consent.acted_on", consent => consent.ActedOn = "today");
        await WrongAsync("consent.channel", consent => consent.Channel = ConsentChannel.OwnView);
        await WrongAsync("consent.giver_person_id", consent => consent.GiverPersonId = "x");
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => RecordAsync(register, "9", ConsentKind.Terms, ConsentAct.Given));
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "CONSENT_NOT_GIVEN", () => RecordAsync(register, "1", ConsentKind.LoanHistory, ConsentAct.Withdrawn));

        Assert.Equal(before, (await ListAsync(register, "1")).Consents.Count);

        Task WrongAsync(string field, Action<Consent> spoil) => Refusals.RefusedAsync(
            StatusCode.InvalidArgument, $"`{field}`", () => RecordAsync(register, "1", ConsentKind.LoanHistory, ConsentAct.Given, spoil));
    }

    [Fact]
    public async Task The_ledger_is_listed_in_pages_newest_first()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        await RecordAsync(register, "1", ConsentKind.LoanHistory, ConsentAct.Given);

        var first = await register.Consents.ListConsents(new ListConsentsRequest { CustomerId = "1", PageSize = 2 }, TestCall.Admin());
        var second = await register.Consents.ListConsents(new ListConsentsRequest { CustomerId = "1", PageSize = 2, PageToken = first.NextPageToken }, TestCall.Admin());

        Assert.Equal([ConsentKind.LoanHistory, ConsentKind.Card, ConsentKind.Terms], first.Consents.Concat(second.Consents).Select(consent => consent.Kind));
        Assert.Equal("", second.NextPageToken);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_token", () =>
            register.Consents.ListConsents(new ListConsentsRequest { CustomerId = "1", PageToken = "x" }, TestCall.Admin()));
    }

    private static async Task<(ConsentState Profile, ConsentState History)> StatesAsync(TestRegister register)
    {
        var service = (await register.GetAsync("1")).HomeService;
        return (service.PreferenceProfile, service.LoanHistory);
    }

    private static async Task<Consent> CardEntryAsync(TestRegister register, string customerId) =>
        (await ListAsync(register, customerId)).Consents.Single(consent => consent.Kind == ConsentKind.Card);

    private static Task<ListConsentsResponse> ListAsync(TestRegister register, string customerId) =>
        register.Consents.ListConsents(new ListConsentsRequest { CustomerId = customerId }, TestCall.Admin());

    private static Task<RecordConsentResponse> RecordAsync(
        TestRegister register, string customerId, ConsentKind kind, ConsentAct act, Action<Consent>? change = null, Register.Consents.ConsentService? service = null)
    {
        var consent = new Consent { CustomerId = customerId, Kind = kind, Act = act };
        change?.Invoke(consent);
        return (service ?? register.Consents).RecordConsent(new RecordConsentRequest { Consent = consent }, TestCall.Admin());
    }
}
