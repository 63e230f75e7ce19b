using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.OwnData;
using KioskLink.Register.Tests.Patrons;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.OwnData;

/// <summary>The patron's own view, as a page uses it.</summary>
public sealed class OwnDataTests
{
    private const string NewPin = "9315";

    [Fact]
    public async Task R32_Card_and_PIN_show_the_own_data_and_nothing_without_them()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1, patron => (patron.IdentityCode, patron.DateOfBirth, patron.Contact) = ("010594Y9032", "1994-05-01", PatronDataTests.Anywhere()));
        await register.BanAsync("1", Wire.BanKind.Loan);
        await register.Notes.AddMessage(Message(MessageDirection.ToPatron, "Hello."), TestCall.Admin());
        await register.Notes.AddMessage(Message(MessageDirection.AboutPatron, "Secret."), TestCall.Admin());

        var data = (await register.OwnData.GetMyData(new GetMyDataRequest(), await SignedInAsync(register, card))).Data;

        Assert.Equal(("1", "Koivunen", "010594Y****", Wire.Language.Sv), (data.CustomerId, data.Surname, data.IdentityCode, data.Language));
        Assert.Equal((card, true, "aino@example.org"), (Assert.Single(data.Cards).CardNumber, data.Cards[0].Current, data.Contact.Email));
        Assert.Equal((Wire.BanKind.Loan, "Hello.", "2026-01-01"), (Assert.Single(data.Bans).Kind, Assert.Single(data.Messages).Body, data.TermsAcceptedOn));
        Assert.Equal(("other", "Annan orsak"), (data.Bans[0].ReasonCode, data.Bans[0].Reason));
        Assert.Equal(NoticeChannel.Email, data.Notices.Preferences.Single(notice => notice.Kind == NoticeKind.Overdue).Channel);
        foreach (var token in new[] { "", "x" })
        {
            await EndedAsync(() => register.OwnData.GetMyData(new GetMyDataRequest(), TestCall.Patron(token)));
            await EndedAsync(() => register.OwnData.UpdateMyContact(new UpdateMyContactRequest(), TestCall.Patron(token)));
            await EndedAsync(() => register.OwnData.ChangeMyPin(Change(TestRegister.Pin), TestCall.Patron(token)));
            await EndedAsync(() => register.OwnData.AcceptTerms(new AcceptTermsRequest(), TestCall.Patron(token)));
            await EndedAsync(() => register.OwnData.SetMyConsent(new SetMyConsentRequest(), TestCall.Patron(token)));
            await EndedAsync(() => register.OwnData.ReportMyCardLost(new ReportMyCardLostRequest(), TestCall.Patron(token)));
        }
    }

    [Fact]
    public async Task R32_A_patron_changes_contact_language_and_notices_and_has_no_way_to_anything_else()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1, patron => patron.FeesCents = 500);
        var session = await SignedInAsync(register, card);
        var before = await register.GetAsync("1");

        await register.OwnData.UpdateMyContact(
            new UpdateMyContactRequest { Contact = PatronDataTests.Anywhere(), Language = Wire.Language.En, Notices = Notice(NoticeKind.Invoice, NoticeChannel.Letter) },
            session);
        var head = register.Core.Log.Head;
        await register.OwnData.UpdateMyContact(new UpdateMyContactRequest { Language = Wire.Language.En }, session);

        var after = await register.GetAsync("1");
        Assert.Equal(("aino@example.org", Wire.Language.En), (after.Contact.Email, after.Language));
        Assert.Equal(NoticeChannel.Letter, Assert.Single(after.Notices.Preferences).Channel);
        Assert.Equal(head, register.Core.Log.Head);
        Assert.StartsWith("patron-", after.UpdatedBy, StringComparison.Ordinal);
        before.Contact = after.Contact;
        (before.Language, before.Notices, before.UpdateTime, before.UpdatedBy, before.LastUsedTime) = (after.Language, after.Notices, after.UpdateTime, after.UpdatedBy, after.LastUsedTime);
        before.Cards[0].LastUsedTime = after.Cards[0].LastUsedTime;
        Assert.Equal(before, after);
        Assert.DoesNotContain(
            UpdateMyContactRequest.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name),
            name => name is "identity_code" or "group" or "bans" or "date_of_birth" or "surname");
    }

    [Fact]
    public async Task Impossible_contact_data_and_notices_name_their_field_and_change_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        var session = await SignedInAsync(register, await register.PatronAsync("1", 1));
        var before = await register.GetAsync("1");

        await WrongAsync("contact.email", new UpdateMyContactRequest { Contact = new Contact { Email = "a@b" } });
        await WrongAsync("notices.channel", new UpdateMyContactRequest { Notices = Notice(NoticeKind.Overdue, NoticeChannel.None), Contact = PatronDataTests.Anywhere() });
        await WrongAsync("notices.channel", new UpdateMyContactRequest { Notices = Notice(NoticeKind.Overdue, NoticeChannel.Sms), Language = Wire.Language.En });
        await WrongAsync("language", new UpdateMyContactRequest { Language = (Wire.Language)9 });

        Assert.Equal(before, await register.GetAsync("1"));

        Task WrongAsync(string field, UpdateMyContactRequest request) =>
            Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{field}`", () => register.OwnData.UpdateMyContact(request, session));
    }

    [Fact]
    public async Task R32_Guesses_and_locks_are_one_count_with_the_doors()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        await register.EnterAsync(card, "0001");
        await register.EnterAsync(card, "0002");

        Assert.Equal(Wire.DecisionCode.PinWrong, (await SignInAsync(register, card, "0003")).Reason);
        Assert.Equal(3, register.Card(card).Facts.Guesses.WrongTimes.Count);
        Assert.Equal(Wire.DecisionCode.PinLocked, (await SignInAsync(register, card)).Reason);
        Assert.Equal(Wire.DecisionCode.PinLocked, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task R32_An_attempt_that_is_repeated_counts_once()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);

        await SignInAsync(register, card, "0003", "same");
        await register.SettledAsync();
        await SignInAsync(register, card, "0003", "same");

        Assert.Single(register.Card(card).Facts.Guesses.WrongTimes);
    }

    [Fact]
    public async Task An_unknown_card_is_told_as_a_wrong_PIN_and_what_is_no_card_at_all_by_name()
    {
        await using var register = await TestRegister.StartAsync();

        var unknown = await SignInAsync(register, TestRegister.CardNumber(77));
        var unreadable = await SignInAsync(register, "12345");

        Assert.Equal((Wire.DecisionCode.PinWrong, ""), (unknown.Reason, unknown.SessionToken));
        Assert.Equal(Wire.DecisionCode.CardUnreadable, unreadable.Reason);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "attempt_id", () => register.OwnData.BeginMySession(new BeginMySessionRequest { CardNumber = "1", DeviceId = "page" }, TestCall.Patron()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "card_number", () => register.OwnData.BeginMySession(new BeginMySessionRequest { AttemptId = "1", DeviceId = "page" }, TestCall.Patron()));
    }

    [Fact]
    public async Task A_session_ends_ten_minutes_after_its_last_call_and_an_hour_after_its_first()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        var session = await SignedInAsync(register, card);
        for (var minutes = 9; minutes < 60; minutes += 9)
        {
            register.Time.Advance(TimeSpan.FromMinutes(9));
            await register.OwnData.GetMyData(new GetMyDataRequest(), session);
        }

        register.Time.Advance(TimeSpan.FromMinutes(6));
        await EndedAsync(() => register.OwnData.GetMyData(new GetMyDataRequest(), session));
        var idle = await SignedInAsync(register, card);
        register.Time.Advance(OwnSessions.IdleFor);
        await EndedAsync(() => register.OwnData.GetMyData(new GetMyDataRequest(), idle));
    }

    [Fact]
    public async Task A_session_ends_when_the_patron_or_staff_ends_it()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        var (left, locked, lost) = (await SignedInAsync(register, card), await SignedInAsync(register, card), await SignedInAsync(register, card));
        await register.OwnData.EndMySession(new EndMySessionRequest(), left);
        await register.OwnData.EndMySession(new EndMySessionRequest(), left);
        await EndedAsync(() => register.OwnData.GetMyData(new GetMyDataRequest(), left));
        await register.OwnData.GetMyData(new GetMyDataRequest(), locked);

        await register.Cards.SetPin(new SetPinRequest { CardNumber = card, Pin = TestRegister.Digits(NewPin), AttemptId = "staff" }, TestCall.Admin());
        await EndedAsync(() => register.OwnData.GetMyData(new GetMyDataRequest(), locked));
        await EndedAsync(() => register.OwnData.GetMyData(new GetMyDataRequest(), lost));
        var again = await SignedInAsync(register, card, NewPin);
        await register.Cards.ReportCardLost(new ReportCardLostRequest { CardNumber = card }, TestCall.Admin());

        await EndedAsync(() => register.OwnData.GetMyData(new GetMyDataRequest(), again));
    }

    [Fact]
    public async Task R25_Who_changes_the_own_PIN_or_reports_the_own_card_lost_is_who_changed_the_patron_last()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        await register.Cards.LockPin(new LockPinRequest { CardNumber = card, Reason = "seen by others" }, TestCall.Admin("locker"));
        Assert.Equal("locker", (await register.GetAsync("1")).UpdatedBy);
        await register.Cards.SetPin(new SetPinRequest { CardNumber = card, Pin = TestRegister.Digits(TestRegister.Pin), AttemptId = "a" }, TestCall.Admin("pin"));
        var session = await SignedInAsync(register, card);

        await register.OwnData.ChangeMyPin(Change(TestRegister.Pin), session);
        Assert.StartsWith("patron-", (await register.GetAsync("1")).UpdatedBy, StringComparison.Ordinal);
        await register.Cards.SetPin(new SetPinRequest { CardNumber = card, Pin = TestRegister.Digits(TestRegister.Pin), AttemptId = "b" }, TestCall.Admin("pin"));
        await register.OwnData.ReportMyCardLost(new ReportMyCardLostRequest(), await SignedInAsync(register, card));

        Assert.StartsWith("patron-", (await register.GetAsync("1")).UpdatedBy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R32_A_patron_changes_the_PIN_with_the_present_one_and_the_session_goes_on()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        var (session, other) = (await SignedInAsync(register, card), await SignedInAsync(register, card));

        Assert.Equal(Wire.DecisionCode.PinWrong, (await register.OwnData.ChangeMyPin(Change("0001"), session)).Reason);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "new_pin", () => register.OwnData.ChangeMyPin(Change(TestRegister.Pin, "1234"), session));
        Assert.Equal(Wire.DecisionCode.Granted, (await register.EnterAsync(card)).Code);
        Assert.Equal(Wire.DecisionCode.Granted, (await register.OwnData.ChangeMyPin(Change(TestRegister.Pin), session)).Reason);

        Assert.Equal(Wire.DecisionCode.Granted, (await register.EnterAsync(card, NewPin)).Code);
        Assert.Equal(Wire.DecisionCode.PinWrong, (await register.EnterAsync(card)).Code);
        await register.OwnData.GetMyData(new GetMyDataRequest(), session);
        await EndedAsync(() => register.OwnData.GetMyData(new GetMyDataRequest(), other));
    }

    [Fact]
    public async Task R32_A_patron_reports_the_card_lost_and_neither_door_nor_view_takes_it()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        var session = await SignedInAsync(register, card);

        await register.OwnData.ReportMyCardLost(new ReportMyCardLostRequest(), session);

        Assert.Equal(Wire.DecisionCode.CardLost, (await register.EnterAsync(card)).Code);
        Assert.Equal(Wire.DecisionCode.CardLost, (await SignInAsync(register, card)).Reason);
        await EndedAsync(() => register.OwnData.GetMyData(new GetMyDataRequest(), session));
    }

    [Fact]
    public async Task R32_A_patron_accepts_the_terms_in_force_and_a_child_may_not()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1, patron => patron.TermsAcceptedOn = "");
        var child = await register.PatronAsync("2", 2, patron => (patron.DateOfBirth, patron.ResponsibleCustomerId) = ("2015-01-01", "1"));
        Assert.Equal(Wire.DecisionCode.TermsNotAccepted, (await register.EnterAsync(card)).Code);
        var session = await SignedInAsync(register, card);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "terms_version", () => register.OwnData.AcceptTerms(new AcceptTermsRequest { TermsVersion = "0" }, session));
        var accepted = await register.OwnData.AcceptTerms(Terms(register), session);

        Assert.Equal("2026-12-01", accepted.AcceptedOn);
        Assert.Equal(Wire.DecisionCode.Granted, (await register.EnterAsync(card)).Code);
        var entry = (await register.Consents.ListConsents(new ListConsentsRequest { CustomerId = "1" }, TestCall.Admin())).Consents[0];
        Assert.Equal((ConsentKind.Terms, ConsentChannel.OwnView, false), (entry.Kind, entry.Channel, entry.ByResponsible));
        var minor = await SignedInAsync(register, child);
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "RESPONSIBLE_NEEDED", () => register.OwnData.AcceptTerms(Terms(register), minor));
    }

    [Fact]
    public async Task R32_R39_A_patron_sees_which_terms_were_accepted_and_accepts_newer_ones()
    {
        await using var register = await TestRegister.StartAsync();
        var session = await SignedInAsync(register, await register.PatronAsync("1", 1));
        await register.Consents.RecordConsent(
            new RecordConsentRequest { Consent = new Consent { CustomerId = "1", Kind = ConsentKind.Terms, Act = ConsentAct.Given, Channel = ConsentChannel.Paper, TextVersion = "2019-01-01" } }, TestCall.Admin());

        var before = (await register.OwnData.GetMyData(new GetMyDataRequest(), session)).Data;
        await register.OwnData.AcceptTerms(Terms(register), session);
        var after = (await register.OwnData.GetMyData(new GetMyDataRequest(), session)).Data;

        Assert.Equal(("2019-01-01", register.Profile.PatronFields.TermsVersion), (before.AcceptedTermsVersion, before.TermsVersion));
        Assert.Equal(register.Profile.PatronFields.TermsVersion, after.AcceptedTermsVersion);
    }

    [Fact]
    public async Task R39_Terms_that_were_never_accepted_have_no_accepted_version()
    {
        await using var register = await TestRegister.StartAsync();
        var session = await SignedInAsync(register, await register.PatronAsync("1", 1, patron => patron.TermsAcceptedOn = ""));

        Assert.Equal("", (await register.OwnData.GetMyData(new GetMyDataRequest(), session)).Data.AcceptedTermsVersion);
    }

    [Fact]
    public async Task A_patron_gives_and_withdraws_consent_to_loan_history()
    {
        await using var register = await TestRegister.StartAsync();
        var session = await SignedInAsync(register, await register.PatronAsync("1", 1));

        Assert.Equal(ConsentState.Given, await SetAsync(given: true));
        Assert.Equal(ConsentState.Given, await SetAsync(given: true));
        Assert.Equal(ConsentState.Refused, await SetAsync(given: false));
        Assert.Equal(ConsentState.Refused, await SetAsync(given: false));

        var entries = (await register.Consents.ListConsents(new ListConsentsRequest { CustomerId = "1" }, TestCall.Admin())).Consents.Where(entry => entry.Kind == ConsentKind.LoanHistory);
        Assert.Equal([ConsentAct.Withdrawn, ConsentAct.Given], entries.Select(entry => entry.Act));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "kind", () => register.OwnData.SetMyConsent(new SetMyConsentRequest { Kind = ConsentKind.MinorSelfService, Given = true }, session));

        async Task<ConsentState> SetAsync(bool given) =>
            (await register.OwnData.SetMyConsent(new SetMyConsentRequest { Kind = ConsentKind.LoanHistory, Given = given }, session)).Standing.State;
    }

    [Fact]
    public async Task R23_Withdrawing_the_consent_to_loan_history_deletes_the_history_of_that_patron_alone()
    {
        await using var register = await TestRegister.StartAsync();
        var session = await SignedInAsync(register, await register.PatronAsync("1", 1));
        await register.PatronAsync("2", 2);
        await register.OwnData.SetMyConsent(new SetMyConsentRequest { Kind = ConsentKind.LoanHistory, Given = true }, session);
        await register.Core.Lane.WriteAsync(scope =>
        {
            foreach (var patron in scope.Db.Set<Register.Patrons.PatronRow>().ToList())
            {
                scope.Db.Add(new Register.Loans.LoanHistoryRow { Consortium = scope.Consortium, LoanId = patron.CustomerId, PatronId = patron.PatronId, ItemId = "item" });
            }
        });

        await register.OwnData.SetMyConsent(new SetMyConsentRequest { Kind = ConsentKind.LoanHistory }, session);

        await using var db = register.Core.Store.Read();
        Assert.Equal("2", Assert.Single(db.Set<Register.Loans.LoanHistoryRow>()).LoanId);
    }

    [Fact]
    public async Task R32_The_own_loans_are_shown_to_the_patron_alone()
    {
        await using var register = await TestRegister.StartAsync();
        var session = await SignedInAsync(register, await register.PatronAsync("1", 1, patron => patron.FeesCents = 250));

        var loans = await register.OwnData.GetMyLoans(new GetMyLoansRequest(), session);

        Assert.Equal((true, 0, 250L), (loans.Status.Valid, loans.Status.Loans, loans.Status.FeesCents));
        Assert.Empty(loans.List.Loans);
        await EndedAsync(() => register.OwnData.GetMyLoans(new GetMyLoansRequest(), TestCall.Patron()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_token", () => register.OwnData.GetMyLoans(new GetMyLoansRequest { PageToken = "x" }, session));
    }

    private static Task EndedAsync(Func<Task> call) => Refusals.RefusedAsync(StatusCode.Unauthenticated, "SESSION_ENDED", call);

    private static AcceptTermsRequest Terms(TestRegister register) => new() { TermsVersion = register.Profile.PatronFields.TermsVersion };

    private static ChangeMyPinRequest Change(string present, string next = NewPin) =>
        new() { Pin = TestRegister.Digits(present), NewPin = TestRegister.Digits(next), AttemptId = Guid.NewGuid().ToString("N"), DeviceId = "page" };

    private static AddMessageRequest Message(MessageDirection direction, string body) =>
        new() { CustomerId = "1", Message = new PatronMessage { Direction = direction, Body = body } };

    private static NoticePreferences Notice(NoticeKind kind, NoticeChannel channel) =>
        new() { Preferences = { new NoticePreference { Kind = kind, Channel = channel } } };

    private static Task<BeginMySessionResponse> SignInAsync(TestRegister register, string card, string pin = TestRegister.Pin, string? attempt = null)
    {
        var request = new BeginMySessionRequest { CardNumber = card, Pin = TestRegister.Digits(pin), AttemptId = attempt ?? Guid.NewGuid().ToString("N"), DeviceId = "page" };
        return register.OwnData.BeginMySession(request, TestCall.Patron());
    }

    private static async Task<TestCall> SignedInAsync(TestRegister register, string card, string pin = TestRegister.Pin)
    {
        var answer = await SignInAsync(register, card, pin);
        Assert.Equal(Wire.DecisionCode.Granted, answer.Reason);
        return TestCall.Patron(answer.SessionToken);
    }
}
