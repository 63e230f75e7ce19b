using System.Text.Json;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Rights;
using KioskLink.Register.Tests.Patrons;
using KioskLink.Register.Tests.Running;

namespace KioskLink.Register.Tests.Rights;

/// <summary>Whoever answers for a patron is a data subject too (R16): sees the own data, and is not erased while somebody needs the person.</summary>
public sealed class PersonRequestTests
{
    [Fact]
    public async Task R16_A_person_who_is_no_patron_is_shown_everything_that_is_held_and_no_ward_s_name()
    {
        await using var register = await TestRegister.StartAsync();
        var person = await GuardianAsync(register);
        var asked = await OpenAsync(register, RequestKind.Inspect, person);

        var export = await Service(register).ExportSubject(new ExportSubjectRequest { RequestId = asked.Id }, TestCall.Admin());
        var (json, html) = (export.DocumentJson.ToStringUtf8(), export.DocumentHtml.ToStringUtf8());

        Assert.Equal((person, ""), (asked.PersonId, asked.CustomerId));
        Assert.All(["Huoltajanen", "Testikuja 1 A 2", "aino@example.org"], value =>
        {
            Assert.Contains(value, json, StringComparison.Ordinal);
            Assert.Contains(value, html, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("Lapsonen", json + html, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(
            ["person", "answers-for", "consent-given-for-another", "request"],
            document.RootElement.GetProperty("data").EnumerateObject().SelectMany(store => store.Value.EnumerateArray()).Select(part => part.GetProperty("record").GetString()).Distinct());
        Assert.Equal(RequestState.Done, export.Request.State);
    }

    [Fact]
    public async Task R74_A_person_who_answers_for_a_patron_is_told_who_handled_the_own_data_and_not_the_ward_s()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var (patrons, subjects) = (new PatronService.PatronServiceClient(register.Admin), new Protos.Register.V1.DataSubjectService.DataSubjectServiceClient(register.Admin));
        var child = new Patron
        {
            CustomerId = "1",
            Surname = "Lapsonen",
            FirstNames = "Lilli Testi",
            DateOfBirth = "2015-01-01",
            Group = "child",
            Language = Protos.Types.V1.Language.Fi,
            Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Huoltajanen", FirstNames = "Matti" } } },
        };
        await patrons.UpsertPatronAsync(new UpsertPatronRequest { Patron = child });
        var person = (await patrons.GetPatronAsync(new GetPatronRequest { CustomerId = child.CustomerId })).Patron.Responsible.Persons.Single().PersonId;
        await new PatronNoteService.PatronNoteServiceClient(register.Admin).ListNotesAsync(new ListNotesRequest { CustomerId = child.CustomerId });
        await patrons.FindResponsiblePersonsAsync(new FindResponsiblePersonsRequest { PersonId = person });
        var asked = (await subjects.OpenRequestAsync(new OpenRequestRequest { Kind = RequestKind.Inspect, PersonId = person, Channel = "desk", IdentifiedBy = "in-person-id-document" })).Request;

        var export = await subjects.ExportSubjectAsync(new ExportSubjectRequest { RequestId = asked.Id });

        using var document = JsonDocument.Parse(export.DocumentJson.ToStringUtf8());
        Assert.Equal(
            ["PatronService/UpsertPatron", "PatronService/GetPatron", "PatronService/FindResponsiblePersons", "DataSubjectService/OpenRequest"],
            document.RootElement.GetProperty("data").GetProperty("access-log").EnumerateArray().Select(row => row.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task R16_Nobody_is_erased_while_answering_for_another()
    {
        await using var register = await TestRegister.StartAsync();
        var person = await GuardianAsync(register);
        await register.PatronAsync("2", 2);
        await register.PatronAsync("3", 3, patron => (patron.DateOfBirth, patron.ResponsibleCustomerId) = ("2015-01-01", "2"));

        var ofPerson = await EraseAsync(register, await OpenAsync(register, RequestKind.Erase, person));
        var ofPatron = await EraseAsync(register, await OpenAsync(register, RequestKind.Erase, customer: "2"));

        Assert.All([ofPerson, ofPatron], refused => Assert.Equal(
            (false, RequestState.Refused, "ANSWERS_FOR_OTHERS"), (refused.Erased, refused.Request.State, Assert.Single(refused.Request.Holds))));
        Assert.Contains("Matti Huoltajanen", System.Net.WebUtility.HtmlDecode(ofPerson.DocumentHtml.ToStringUtf8()), StringComparison.Ordinal);
        Assert.Equal("Huoltajanen", Assert.Single((await register.GetAsync("1")).Responsible.Persons).Surname);
    }

    [Fact]
    public async Task R16_With_the_last_ward_a_request_forgets_whose_it_was_and_its_reasons()
    {
        await using var register = await TestRegister.StartAsync();
        var asked = await OpenAsync(register, RequestKind.Erase, await GuardianAsync(register));
        await EraseAsync(register, asked);

        await register.PatronAsync("1", 1, patron => (patron.DateOfBirth, patron.Responsible) = ("1990-01-01", new ResponsiblePersons()));

        var left = (await Service(register).GetRequest(new GetRequestRequest { RequestId = asked.Id }, TestCall.Admin())).Request;
        Assert.Equal(("", "", RequestState.Refused), (left.PersonId, left.RefusalReason, left.State));
        await using var db = register.Core.Store.Read();
        Assert.Null(db.Set<SubjectRequestRow>().Single().PersonId);
    }

    [Fact]
    public async Task An_impossible_request_of_a_person_names_its_field_and_is_not_opened()
    {
        await using var register = await TestRegister.StartAsync();
        var person = await GuardianAsync(register);

        await Refusals.RefusedAsync(StatusCode.NotFound, "person", () => OpenAsync(register, RequestKind.Inspect, "99"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`person_id`", () => OpenAsync(register, RequestKind.Inspect, "x"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`person_id`", () => OpenAsync(register, RequestKind.Inspect, person, "1"));

        Assert.Empty((await Service(register).ListRequests(new ListRequestsRequest { IncludeClosed = true }, TestCall.Admin())).Requests);
    }

    [Fact]
    public async Task R16_A_person_s_data_is_corrected_on_request_and_what_it_was_is_kept_shown_and_goes_with_the_person()
    {
        await using var register = await TestRegister.StartAsync();
        var person = await GuardianAsync(register);
        var asked = await OpenAsync(register, RequestKind.Rectify, person);
        var right = new RectifySubjectRequest { RequestId = asked.Id };
        right.Changes.Add(new FieldChange { Field = "surname", NewValue = "Huoltaja" });
        right.Changes.Add(new FieldChange { Field = "language", NewValue = "sv" });

        var done = await Service(register).RectifySubject(right, TestCall.Admin());

        Assert.Equal(["surname", "language", "Patron"], [.. done.ChangedFields, $"{done.Origin}"]);
        Assert.Equal("Huoltaja", Assert.Single((await register.GetAsync("1")).Responsible.Persons).Surname);
        Assert.Equal(RequestState.Done, (await Service(register).GetRequest(new GetRequestRequest { RequestId = asked.Id }, TestCall.Admin())).Request.State);
        var export = await Service(register).ExportSubject(new ExportSubjectRequest { RequestId = (await OpenAsync(register, RequestKind.Inspect, person)).Id }, TestCall.Admin());
        Assert.Contains("Huoltajanen", export.DocumentJson.ToStringUtf8(), StringComparison.Ordinal);

        await register.PatronAsync("1", 1, patron => (patron.DateOfBirth, patron.Responsible) = ("1990-01-01", new ResponsiblePersons()));
        await using var db = register.Core.Store.Read();
        Assert.Empty(db.Set<RectificationRow>());
    }

    [Theory]
    [InlineData("identity_code", "010180-999K", "changes.field")]
    [InlineData("date_of_birth", "yesterday", "date_of_birth")]
    [InlineData("date_of_birth", "2020-01-01", "date_of_birth")]
    [InlineData("language", "klingon", "language")]
    public async Task An_impossible_correction_of_a_person_names_its_field_and_changes_nothing(string field, string value, string named)
    {
        await using var register = await TestRegister.StartAsync();
        var wrong = new RectifySubjectRequest { RequestId = (await OpenAsync(register, RequestKind.Rectify, await GuardianAsync(register))).Id };
        wrong.Changes.Add(new FieldChange { Field = field, NewValue = value });

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, named, () => Service(register).RectifySubject(wrong, TestCall.Admin()));

        await using var db = register.Core.Store.Read();
        Assert.Empty(db.Set<RectificationRow>());
    }

    [Theory]
    [InlineData(RequestKind.Restrict)]
    [InlineData(RequestKind.Object)]
    public async Task R16_A_person_whose_processing_is_restricted_is_read_by_the_officer_alone_until_it_ends(RequestKind kind)
    {
        await using var register = await TestRegister.StartAsync();
        var person = await GuardianAsync(register);
        await Service(register).RestrictSubject(new RestrictSubjectRequest { RequestId = (await OpenAsync(register, kind, person)).Id }, TestCall.Admin());

        var masked = Assert.Single((await register.GetAsync("1")).Responsible.Persons);
        Assert.Equal((person, "", true, null), (masked.PersonId, masked.Surname, masked.Restricted, masked.Contact));
        Assert.Empty((await FindAsync(register, TestCall.Admin(), find => find.NamePrefix = "Huolta")).Persons);
        Assert.Equal("", Assert.Single((await FindAsync(register, TestCall.Admin(), find => find.PersonId = person)).Persons).Surname);
        Assert.Equal("Huoltajanen", Assert.Single((await FindAsync(register, TestCall.Of(Register.Identity.CallerRole.DataProtectionOfficer, "officer"), find => find.NamePrefix = "Huolta")).Persons).Surname);
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "restricted", () => register.PatronAsync("1", 1, patron =>
        {
            (patron.Surname, patron.DateOfBirth) = ("Lapsonen", "2015-01-01");
            patron.Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { PersonId = person, Surname = "Toinen" } } };
        }));

        await Service(register).RestrictSubject(new RestrictSubjectRequest { RequestId = (await OpenAsync(register, kind, person)).Id, Lift = true }, TestCall.Admin());
        Assert.Equal("Huoltajanen", Assert.Single((await register.GetAsync("1")).Responsible.Persons).Surname);
    }

    private static Task<FindResponsiblePersonsResponse> FindAsync(TestRegister register, ServerCallContext call, Action<FindResponsiblePersonsRequest> choose)
    {
        var request = new FindResponsiblePersonsRequest();
        choose(request);
        return register.Patrons.FindResponsiblePersons(request, call);
    }

    private static async Task<string> GuardianAsync(TestRegister register)
    {
        await register.PatronAsync("1", 1, patron =>
        {
            (patron.Surname, patron.DateOfBirth) = ("Lapsonen", "2015-01-01");
            patron.Responsible = new ResponsiblePersons
            {
                Persons = { new ResponsiblePerson { Surname = "Huoltajanen", FirstNames = "Matti", Contact = PatronDataTests.Anywhere() } },
            };
        });
        return Assert.Single((await register.GetAsync("1")).Responsible.Persons).PersonId;
    }

    private static Register.Rights.DataSubjectService Service(TestRegister register) => register.Service<Register.Rights.DataSubjectService>();

    private static async Task<SubjectRequest> OpenAsync(TestRegister register, RequestKind kind, string person = "", string customer = "") =>
        (await Service(register).OpenRequest(
            new OpenRequestRequest { Kind = kind, PersonId = person, CustomerId = customer, Channel = "desk", IdentifiedBy = "in-person-id-document" },
            TestCall.Admin())).Request;

    private static Task<EraseSubjectResponse> EraseAsync(TestRegister register, SubjectRequest asked) =>
        Service(register).EraseSubject(new EraseSubjectRequest { RequestId = asked.Id, Reason = "asked for it" }, TestCall.Admin());
}
