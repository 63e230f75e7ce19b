using System.Text.Json;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Rights;
using KioskLink.Register.Subjects;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Rights;

public sealed class DataSubjectTests
{
    private const string Code = "010594Y9032";
    private const string InPerson = "in-person-id-document";

    [Theory]
    [InlineData("2026-01-31", 0, "2026-02-28")]
    [InlineData("2028-01-31", 0, "2028-02-29")]
    [InlineData("2026-01-31", 1, "2026-03-31")]
    [InlineData("2026-01-31", 2, "2026-04-30")]
    [InlineData("2026-11-30", 0, "2026-12-30")]
    public void R80_A_request_is_due_one_calendar_month_after_its_receipt_and_at_most_two_more(string received, int extension, string due)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(received).Value;

        Assert.Equal(due, NodaTime.Text.LocalDatePattern.Iso.Format(extension == 0 ? DueDates.DueOn(day) : DueDates.Extended(day, extension)));
    }

    [Fact]
    public async Task R80_A_request_comes_by_a_channel_of_the_profile_and_is_overdue_after_its_day()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var service = Service(register);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "channel", () => OpenAsync(register, RequestKind.Inspect, change: request => request.Channel = "rumour"));

        var opened = await OpenAsync(register, RequestKind.Inspect, change: request => request.Channel = "tietosuoja@lahti.fi");
        Assert.Equal(("2026-12-01", "2027-01-01", false), (opened.ReceivedOn, opened.DueOn, opened.Overdue));
        register.Time.SetWallClock(DateTimeOffset.Parse("2027-01-01T21:59:59Z", null));
        Assert.Equal(0, (await service.ListRequests(new ListRequestsRequest(), TestCall.Admin())).Overdue);
        register.Time.SetWallClock(DateTimeOffset.Parse("2027-01-01T22:00:00Z", null));
        var late = await service.ListRequests(new ListRequestsRequest { OverdueOnly = true }, TestCall.Admin());

        Assert.Equal((1, true), (late.Overdue, late.Requests.Single().Overdue));
    }

    [Fact]
    public async Task R80_A_request_is_extended_once_with_a_reason()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var opened = await OpenAsync(register, RequestKind.Inspect);
        var service = Service(register);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "reason", () => service.ExtendRequest(new ExtendRequestRequest { RequestId = opened.Id, Months = 2 }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "months", () => service.ExtendRequest(new ExtendRequestRequest { RequestId = opened.Id, Months = 3, Reason = "much" }, TestCall.Admin()));
        var extended = (await service.ExtendRequest(new ExtendRequestRequest { RequestId = opened.Id, Months = 2, Reason = "many systems" }, TestCall.Admin())).Request;

        Assert.Equal(("2027-03-01", "2027-01-01", "many systems"), (extended.DueOn, extended.ExtendedFrom, extended.ExtensionReason));
        await Refusals.RefusedAsync(
            StatusCode.FailedPrecondition, "EXTENDED_ALREADY", () => service.ExtendRequest(new ExtendRequestRequest { RequestId = opened.Id, Months = 1, Reason = "more" }, TestCall.Admin()));
    }

    [Fact]
    public async Task R77_Nothing_is_handed_out_or_done_before_the_identity_is_proven()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var service = Service(register);
        var (inspect, erase) = (await OpenAsync(register, RequestKind.Inspect, proof: ""), await OpenAsync(register, RequestKind.Erase, proof: ""));

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "IDENTITY_NOT_PROVEN", () => service.ExportSubject(new ExportSubjectRequest { RequestId = inspect.Id }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "IDENTITY_NOT_PROVEN", () => service.EraseSubject(new EraseSubjectRequest { RequestId = erase.Id, Reason = "on request" }, TestCall.Admin()));
        await Refusals.RefusedAsync(
            StatusCode.InvalidArgument, "identified_by", () => service.ProveIdentity(new ProveIdentityRequest { RequestId = inspect.Id, IdentifiedBy = "she looked honest" }, TestCall.Admin()));
        await service.ProveIdentity(new ProveIdentityRequest { RequestId = inspect.Id, IdentifiedBy = InPerson }, TestCall.Admin());

        Assert.NotEmpty((await service.ExportSubject(new ExportSubjectRequest { RequestId = inspect.Id }, TestCall.Admin())).DocumentJson);
    }

    [Fact]
    public async Task R74_The_export_holds_every_store_as_json_and_as_a_page_marked_secret()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await FullPatronAsync(register);
        var asked = await OpenAsync(register, RequestKind.Inspect);

        var export = await Service(register).ExportSubject(new ExportSubjectRequest { RequestId = asked.Id, Language = Wire.Language.En }, TestCall.Admin());
        var (json, html) = (export.DocumentJson.ToStringUtf8(), export.DocumentHtml.ToStringUtf8());
        using var document = JsonDocument.Parse(json);

        var stores = document.RootElement.GetProperty("data").EnumerateObject().Select(store => store.Name).ToList();
        Assert.Equal(register.Service<IEnumerable<ISubjectStore>>().Select(store => store.Name).Order(), stores.Order());
        Assert.All([Code, card, "Koivunen", "Aino Testi", "use-reason", "FI-Main"], value =>
        {
            Assert.Contains(value, json, StringComparison.Ordinal);
            Assert.Contains(value, html, StringComparison.Ordinal);
        });
        Assert.Contains("621/1999", json, StringComparison.Ordinal);
        Assert.Contains("621/1999", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.Equal(RequestState.Done, export.Request.State);
    }

    [Fact]
    public async Task R74_The_export_tells_no_pin_data_and_no_third_person()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("guardian-9", 9, patron => (patron.Surname, patron.FirstNames) = ("Huoltajanen", "Helmi"));
        await register.PatronAsync("10001", 1, patron => (patron.DateOfBirth, patron.ResponsibleCustomerId, patron.Group) = ("2015-01-01", "guardian-9", "child"));
        var asked = await OpenAsync(register, RequestKind.Inspect);

        var export = await Service(register).ExportSubject(new ExportSubjectRequest { RequestId = asked.Id }, TestCall.Admin());
        var text = export.DocumentJson.ToStringUtf8() + export.DocumentHtml.ToStringUtf8();

        var pin = register.Card(TestRegister.CardNumber(1)).Pin!;
        Assert.All(
            ["Huoltajanen", "Helmi", "guardian-9", Convert.ToBase64String(pin.Salt), Convert.ToHexString(pin.Salt), Convert.ToBase64String(pin.Sealed), "argon", TestRegister.Pin],
            secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("masked", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R74_Somebody_of_whom_nothing_is_held_is_told_so()
    {
        await using var register = await TestRegister.StartAsync();
        var asked = await OpenAsync(register, RequestKind.Inspect, customer: "");

        var export = await Service(register).ExportSubject(new ExportSubjectRequest { RequestId = asked.Id }, TestCall.Admin());

        Assert.Equal("none", JsonDocument.Parse(export.DocumentJson.ToStringUtf8()).RootElement.GetProperty("data").GetString());
        Assert.Contains("Rekisterissä ei ole sinua koskevia tietoja", System.Net.WebUtility.HtmlDecode(export.DocumentHtml.ToStringUtf8()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R75_R78_A_correction_keeps_old_and_new_and_who_found_the_error_and_reaches_the_door()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var service = Service(register);
        var asked = await OpenAsync(register, RequestKind.Rectify);

        var byPatron = await service.RectifySubject(Change(asked.Id, "", ("language", "en")), TestCall.Admin());
        var byStaff = await service.RectifySubject(Change(0, "10001", ("surname", "Mäntynen"), ("first_names", "Aino Testi")), TestCall.Admin());

        Assert.Equal((RectifyOrigin.Patron, "language"), (byPatron.Origin, Assert.Single(byPatron.ChangedFields)));
        Assert.Equal((RectifyOrigin.Staff, "surname"), (byStaff.Origin, Assert.Single(byStaff.ChangedFields)));
        Assert.Equal(Wire.Language.En, (await register.EnterAsync(card)).Language);
        var kept = await ExportAsync(register);
        Assert.Contains("Koivunen", kept, StringComparison.Ordinal);
        Assert.Contains("Mäntynen", kept, StringComparison.Ordinal);
        Assert.Contains("\"Staff\"", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R75_A_correction_to_something_impossible_is_refused_by_its_field_and_changes_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await register.PatronAsync("10002", 2, patron => (patron.IdentityCode, patron.DateOfBirth) = (Code, "1994-05-01"));
        var service = Service(register);
        foreach (var (field, value) in new[] { ("date_of_birth", "2026-13-01"), ("date_of_birth", "2999-01-01"), ("identity_code", "010594Y9033"), ("language", "klingon"), ("fees_cents", "0"), ("surname", "") })
        {
            await Refusals.RefusedAsync(StatusCode.InvalidArgument, field == "fees_cents" ? "changes.field" : field, () => service.RectifySubject(Change(0, "10001", (field, value)), TestCall.Admin()));
        }

        await Refusals.RefusedAsync(StatusCode.AlreadyExists, "identity_code", () => service.RectifySubject(Change(0, "10001", ("date_of_birth", "1994-05-01"), ("identity_code", Code)), TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => service.RectifySubject(Change(0, "nobody", ("surname", "A")), TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "changes", () => service.RectifySubject(Change(0, "10001"), TestCall.Admin()));

        Assert.DoesNotContain("\"correction\"", await ExportAsync(register), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R76_A_restriction_keeps_the_data_closes_the_door_and_can_end()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var service = Service(register);
        var asked = await OpenAsync(register, RequestKind.Restrict);

        await service.RestrictSubject(new RestrictSubjectRequest { RequestId = asked.Id }, TestCall.Admin());
        Assert.Equal(Wire.DecisionCode.PatronRestricted, (await register.EnterAsync(card)).Code);
        await service.RestrictSubject(new RestrictSubjectRequest { RequestId = (await OpenAsync(register, RequestKind.Restrict)).Id, Lift = true }, TestCall.Admin());

        Assert.True((await register.EnterAsync(card)).Granted);
    }

    [Fact]
    public async Task R76_A_person_who_asked_for_it_still_gets_in_while_the_processing_is_restricted()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var service = Service(register);

        await service.RestrictSubject(new RestrictSubjectRequest { RequestId = (await OpenAsync(register, RequestKind.Restrict)).Id, KeepDoors = true }, TestCall.Admin());

        Assert.True((await register.EnterAsync(card)).Granted);
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => register.Patrons.GetPatron(
            new GetPatronRequest { CustomerId = "10001" }, TestCall.Of(CallerRole.Librarian, "aino")));
        await service.RestrictSubject(new RestrictSubjectRequest { RequestId = (await OpenAsync(register, RequestKind.Restrict)).Id }, TestCall.Admin());
        Assert.Equal(Wire.DecisionCode.PatronRestricted, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task R76_Open_doors_are_for_a_restriction_that_begins()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var asked = await OpenAsync(register, RequestKind.Restrict);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "keep_doors", () => Service(register).RestrictSubject(
            new RestrictSubjectRequest { RequestId = asked.Id, Lift = true, KeepDoors = true }, TestCall.Admin()));
    }

    [Fact]
    public async Task R29_R74_An_export_tells_the_reason_of_a_ban_in_the_person_s_language()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.Loan, ban => (ban.ReasonCode, ban.Reason) = ("unreturned", "three books"));

        var exported = await ExportAsync(register);

        Assert.Contains("\"Oåterlämnat material\"", exported, StringComparison.Ordinal);
        Assert.Contains("\"three books\"", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("unreturned", exported, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R56_R75_An_erasure_is_refused_with_every_reason_while_claims_bans_or_matters_are_open()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => patron.FeesCents = 250);
        await register.BanAsync("10001", Wire.BanKind.Loan);
        var service = Service(register);
        await service.SetLegalHold(new SetLegalHoldRequest { CustomerId = "10001", Reference = "police 5560/R/1/26" }, TestCall.Admin());

        var refused = await service.EraseSubject(new EraseSubjectRequest { RequestId = (await OpenAsync(register, RequestKind.Erase)).Id, Reason = "on request" }, TestCall.Admin());

        Assert.False(refused.Erased);
        Assert.Equal(["FEES_UNPAID", "BAN_IN_FORCE", "LEGAL_MATTER_PENDING"], refused.Request.Holds);
        Assert.Equal((RequestState.Refused, 3), (refused.Request.State, refused.Reasons.Count));
        Assert.Contains("Tietosuojavaltuutetun toimisto", refused.DocumentHtml.ToStringUtf8(), StringComparison.Ordinal);
        Assert.Contains("\"Koivunen\"", await ExportAsync(register), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R75_An_erasure_goes_through_once_the_holds_are_gone_and_only_once()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await FullPatronAsync(register);
        var service = Service(register);
        await service.SetLegalHold(new SetLegalHoldRequest { CustomerId = "10001", Reference = "case" }, TestCall.Admin());
        await service.SetLegalHold(new SetLegalHoldRequest { CustomerId = "10001", Reference = "case", Release = true }, TestCall.Admin());
        await register.Bans.LiftBan(new LiftBanRequest { Reason = "over", PatronBans = new PatronBans { CustomerId = "10001", Kind = Wire.BanKind.Use } }, TestCall.Admin());
        var asked = await OpenAsync(register, RequestKind.Erase);

        var erased = await service.EraseSubject(new EraseSubjectRequest { RequestId = asked.Id, Reason = "on request" }, TestCall.Admin());
        var again = await service.EraseSubject(new EraseSubjectRequest { RequestId = asked.Id, Reason = "on request" }, TestCall.Admin());

        Assert.True(erased.Erased);
        Assert.Equal(("", RequestState.Done), (erased.Request.CustomerId, erased.Request.State));
        Assert.Equal(erased.Erasure, again.Erasure);
        Assert.Equal(Wire.DecisionCode.CardUnknown, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task R75_An_import_does_not_bring_an_erased_person_back()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1, patron => (patron.IdentityCode, patron.DateOfBirth) = (Code, "1994-05-01"));
        await ErasedAsync(register);
        const string header = "customer_id,card_number,pin,surname,first_names,date_of_birth,identity_code,language,group,home_branch,card_expires_on,terms_accepted_on\n";

        var import = await Tests.Import.ImportCall.RunAsync(
            register,
            header + "10001,,,Koivunen,Aino,1994-05-01,,fi,adult,,,\n" + $"20001,,,Koivunen,Aino,1994-05-01,{Code},fi,adult,,,\n"
            + $"30001,{card},8317,Koivunen,Aino,1994-05-01,,fi,adult,,,\n" + "40001,,,Mäntynen,Eeva,1990-01-01,,fi,adult,,,\n");

        Assert.Equal((1, 3), (import.Summary.Created, import.Summary.Rejected));
        Assert.All(import.Rows, row => Assert.Contains("erased", row.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task R79_A_refused_correction_gives_a_certificate_with_the_reason_and_the_ombudsman()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var asked = await OpenAsync(register, RequestKind.Rectify);
        var service = Service(register);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "reason", () => service.RefuseRequest(new RefuseRequestRequest { RequestId = asked.Id }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NOT_REFUSED", () => service.GetCertificate(new GetCertificateRequest { RequestId = asked.Id }, TestCall.Admin()));

        var refused = await service.RefuseRequest(new RefuseRequestRequest { RequestId = asked.Id, Reason = "the <population> register says otherwise", Language = Wire.Language.Sv }, TestCall.Admin());
        var certificate = System.Net.WebUtility.HtmlDecode(refused.DocumentHtml.ToStringUtf8());

        Assert.Contains("&lt;population&gt;", refused.DocumentHtml.ToStringUtf8(), StringComparison.Ordinal);
        Assert.All(["Intyg om avslag", "Aino Testi Koivunen", "the <population> register", "dataombudsmannen", "City of Lahti"], text => Assert.Contains(text, certificate, StringComparison.Ordinal));
        Assert.Equal(refused.DocumentHtml, (await service.GetCertificate(new GetCertificateRequest { RequestId = asked.Id, Language = Wire.Language.Sv }, TestCall.Admin())).DocumentHtml);
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "REQUEST_CLOSED", () => service.RectifySubject(Change(asked.Id, "", ("surname", "A")), TestCall.Admin()));
    }

    [Fact]
    public async Task R81_A_decision_of_the_past_is_explained_with_the_facts_of_its_time_and_comes_out_the_same()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var at = register.Now;
        var then = await register.EnterAsync(card);
        register.Time.Advance(TimeSpan.FromMinutes(10));
        await register.Cards.ReportCardLost(new ReportCardLostRequest { CardNumber = card }, TestCall.Admin());
        var now = await register.EnterAsync(card);

        var first = await ExplainAsync(register, card, at + Duration.FromSeconds(1));
        var later = await ExplainAsync(register, card, register.Now);

        Assert.Equal((then.Code, now.Code), (first.Decision.Code, later.Decision.Code));
        Assert.Equal(first, await ExplainAsync(register, card, at + Duration.FromSeconds(1)));
        Assert.Equal((true, Wire.DecisionCode.CardLost), (first.Decision.Granted, later.Decision.Code));
        Assert.Contains(later.Rules, rule => rule.Code == Wire.DecisionCode.CardLost && !rule.Passed);
    }

    [Fact]
    public async Task Impossible_requests_are_refused_by_their_field_and_none_is_opened()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        foreach (var (field, change) in new (string, Action<OpenRequestRequest>)[]
        {
            ("kind", request => request.Kind = RequestKind.Unspecified), ("kind", request => request.Kind = (RequestKind)77),
            ("channel", request => request.Channel = ""), ("received_on", request => request.ReceivedOn = "31.12.2026"),
            ("received_on", request => request.ReceivedOn = "2026-12-02"), ("received_on", request => request.ReceivedOn = "2020-01-01"),
            ("identified_by", request => request.IdentifiedBy = "guess"), ("customer_id", request => request.CustomerId = new string('1', 99)),
        })
        {
            await Refusals.RefusedAsync(StatusCode.InvalidArgument, field, () => OpenAsync(register, RequestKind.Inspect, change: change));
        }

        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => OpenAsync(register, RequestKind.Inspect, customer: "nobody"));
        await Refusals.RefusedAsync(StatusCode.NotFound, "request", () => Service(register).ExportSubject(new ExportSubjectRequest { RequestId = 5 }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.NotFound, "erasure", () => Service(register).GetErasure(new GetErasureRequest { ErasureId = 5 }, TestCall.Admin()));
        Assert.Empty((await Service(register).ListRequests(new ListRequestsRequest { IncludeClosed = true }, TestCall.Admin())).Requests);
    }

    private static Register.Rights.DataSubjectService Service(TestRegister register) => register.Service<Register.Rights.DataSubjectService>();

    private static async Task<SubjectRequest> OpenAsync(
        TestRegister register, RequestKind kind, string customer = "10001", string proof = InPerson, Action<OpenRequestRequest>? change = null)
    {
        var request = new OpenRequestRequest { CustomerId = customer, Kind = kind, Channel = "desk", IdentifiedBy = proof };
        change?.Invoke(request);
        return (await Service(register).OpenRequest(request, TestCall.Admin())).Request;
    }

    private static async Task<string> FullPatronAsync(TestRegister register)
    {
        var card = await register.PatronAsync("10001", 1, patron => (patron.IdentityCode, patron.DateOfBirth) = (Code, "1994-05-01"));
        await register.EnterAsync(register.Ask(card, request => request.AttemptId = "entry"));
        await register.NotedAsync("entry");
        await register.BanAsync("10001", Wire.BanKind.Use, ban => ban.Reason = "use-reason");
        return card;
    }

    private static async Task ErasedAsync(TestRegister register)
    {
        var asked = await OpenAsync(register, RequestKind.Erase);
        Assert.True((await Service(register).EraseSubject(new EraseSubjectRequest { RequestId = asked.Id, Reason = "on request" }, TestCall.Admin())).Erased);
    }

    private static async Task<string> ExportAsync(TestRegister register)
    {
        var asked = await OpenAsync(register, RequestKind.Inspect);
        return (await Service(register).ExportSubject(new ExportSubjectRequest { RequestId = asked.Id }, TestCall.Admin())).DocumentJson.ToStringUtf8();
    }

    private static RectifySubjectRequest Change(long request, string customer, params ReadOnlySpan<(string Field, string Value)> changes)
    {
        var change = new RectifySubjectRequest { RequestId = request, CustomerId = customer };
        foreach (var (field, value) in changes)
        {
            change.Changes.Add(new FieldChange { Field = field, NewValue = value });
        }

        return change;
    }

    private static async Task<ExplainAccessResponse> ExplainAsync(TestRegister register, string card, Instant at) => await register.Access.ExplainAccess(
        new ExplainAccessRequest { CardNumber = card, BranchId = TestRegister.Main, DoorId = "front", At = Register.Facts.WireTime.ToProto(at) }, TestCall.Admin());
}
