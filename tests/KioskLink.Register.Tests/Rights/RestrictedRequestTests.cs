using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Responsibles;

namespace KioskLink.Register.Tests.Rights;

/// <summary>The calls of requests keep to the restriction too: what they show, hand out, certify and correct is for officers alone (R76).</summary>
public sealed class RestrictedRequestTests
{
    private const string Ward = "1";
    private const string Restricted = "10001";
    private static readonly TestCall Admin = TestCall.Admin();
    private static readonly TestCall Librarian = TestCall.Of(CallerRole.Librarian, "librarian");
    private static readonly TestCall Officer = TestCall.Of(CallerRole.DataProtectionOfficer, "officer");

    [Fact]
    public async Task R76_No_call_of_requests_shows_or_changes_a_restricted_patron_or_responsible_person_for_others()
    {
        await using var register = await TestRegister.StartAsync();
        var person = await RestrictedAsync(register);
        foreach (var (customer, id) in new[] { (Restricted, ""), ("", person) })
        {
            await RefusedAsync(register, RequestKind.Inspect, customer, id, (rights, asked) => rights.ExportSubject(new ExportSubjectRequest { RequestId = asked }, Admin));
            await RefusedAsync(register, RequestKind.Erase, customer, id, (rights, asked) => rights.EraseSubject(new EraseSubjectRequest { RequestId = asked, Reason = "Koivunen" }, Admin));
            await RefusedAsync(register, RequestKind.Rectify, customer, id, (rights, asked) => rights.RefuseRequest(new RefuseRequestRequest { RequestId = asked, Reason = "no" }, Admin));
            await RefusedAsync(register, RequestKind.Rectify, customer, id, (rights, asked) => rights.RectifySubject(Guess(asked, ""), Librarian));
            var refused = await OpenAsync(register, RequestKind.Rectify, customer, id);
            await Service(register).RefuseRequest(new RefuseRequestRequest { RequestId = refused, Reason = "no" }, Officer);
            await RefusedAsync(() => Service(register).GetCertificate(new GetCertificateRequest { RequestId = refused }, Librarian));
        }

        await RefusedAsync(() => Service(register).RectifySubject(Guess(0, Restricted), Librarian));
        await RefusedAsync(() => Service(register).SetLegalHold(new SetLegalHoldRequest { CustomerId = Restricted, Reference = "police" }, Admin));
        await UntouchedAsync(register);
    }

    [Fact]
    public async Task R76_Others_see_of_an_extended_or_restricted_request_no_more_than_that()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync(Restricted, 1);
        var asked = await OpenAsync(register, RequestKind.Restrict, Restricted, "");

        var restricted = (await Service(register).RestrictSubject(new RestrictSubjectRequest { RequestId = asked }, Admin)).Request;
        var other = await OpenAsync(register, RequestKind.Inspect, Restricted, "");
        var extended = (await Service(register).ExtendRequest(new ExtendRequestRequest { RequestId = other, Months = 1, Reason = "Koivunen's many cards" }, Admin)).Request;

        Assert.Equal(("", RequestState.Done), (restricted.CustomerId, restricted.State));
        Assert.Equal(("", "", RequestState.Open), (extended.CustomerId, extended.ExtensionReason, extended.State));
    }

    [Fact]
    public async Task R76_The_officer_hands_out_corrects_refuses_and_certifies_as_of_anybody_else()
    {
        await using var register = await TestRegister.StartAsync();
        var person = await RestrictedAsync(register);

        var export = await Service(register).ExportSubject(new ExportSubjectRequest { RequestId = await OpenAsync(register, RequestKind.Inspect, "", person) }, Officer);
        var corrected = await Service(register).RectifySubject(Guess(await OpenAsync(register, RequestKind.Rectify, "", person), ""), Officer);
        var refused = await Service(register).RefuseRequest(new RefuseRequestRequest { RequestId = await OpenAsync(register, RequestKind.Rectify, Restricted, ""), Reason = "no" }, Officer);

        Assert.Contains("Huoltajanen", export.DocumentJson.ToStringUtf8(), StringComparison.Ordinal);
        Assert.Equal("surname", Assert.Single(corrected.ChangedFields));
        Assert.Contains("Koivunen", refused.DocumentHtml.ToStringUtf8(), StringComparison.Ordinal);
    }

    // A restricted patron, and a child for whom a restricted person answers.
    private static async Task<string> RestrictedAsync(TestRegister register)
    {
        await register.PatronAsync(Restricted, 1, patron => patron.Restricted = true);
        await register.PatronAsync(Ward, 2, patron =>
        {
            (patron.Surname, patron.DateOfBirth) = ("Lapsonen", "2015-01-01");
            patron.Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Huoltajanen", FirstNames = "Matti" } } };
        });
        await using var db = register.Core.Store.Read();
        var person = ResponsibleData.Id(db.Set<ResponsiblePersonRow>().Single().PersonId);
        await Service(register).RestrictSubject(new RestrictSubjectRequest { RequestId = await OpenAsync(register, RequestKind.Restrict, "", person) }, Admin);
        return person;
    }

    private static async Task UntouchedAsync(TestRegister register)
    {
        await using var db = register.Core.Store.Read();
        Assert.Equal("Huoltajanen", db.Set<ResponsiblePersonRow>().Single().Surname);
        Assert.Equal("Koivunen", db.Set<Register.Patrons.PatronRow>().Single(row => row.CustomerId == Restricted).Surname);
        Assert.Empty(db.Set<Register.Rights.RectificationRow>());
        var byOfficer = db.Set<Register.Rights.SubjectRequestRow>().Where(row => row.ClosedAt != null && row.Kind != (int)RequestKind.Restrict).Select(row => row.ClosedBy).Distinct();
        Assert.Equal("officer", Assert.Single(byOfficer));
    }

    private static async Task RefusedAsync(
        TestRegister register, RequestKind kind, string customer, string person, Func<Register.Rights.DataSubjectService, long, Task> call)
    {
        var asked = await OpenAsync(register, kind, customer, person);
        await RefusedAsync(() => call(Service(register), asked));
    }

    private static Task RefusedAsync(Func<Task> call) => Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", call);

    private static RectifySubjectRequest Guess(long request, string customer) =>
        new() { RequestId = request, CustomerId = customer, Changes = { new FieldChange { Field = "surname", NewValue = "Arvaus" } } };

    private static async Task<long> OpenAsync(TestRegister register, RequestKind kind, string customer, string person) => (await Service(register).OpenRequest(
        new OpenRequestRequest { Kind = kind, CustomerId = customer, PersonId = person, Channel = "desk", IdentifiedBy = "in-person-id-document" }, Officer)).Request.Id;

    private static Register.Rights.DataSubjectService Service(TestRegister register) => register.Service<Register.Rights.DataSubjectService>();
}
