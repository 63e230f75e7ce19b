using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Contacts;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Rights;
using KioskLink.Register.Tests.Patrons;

namespace KioskLink.Register.Tests.Rights;

/// <summary>Where somebody is reached is corrected as everything else is: on request or by staff, old and new kept (R75, R78).</summary>
public sealed class ContactCorrectionTests
{
    [Fact]
    public async Task R75_R78_An_address_is_corrected_on_request_and_kept_old_and_new()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => patron.Contact = PatronDataTests.Anywhere());
        var asked = await register.OpenAsync(RequestKind.Rectify, "10001");

        var done = await RectifyAsync(register, request => request.RequestId = asked, ("street", "Uusikuja 5"), ("phones", "040 765 4321, +358501112222"), ("email", "uusi@example.org"));

        Assert.Equal((RectifyOrigin.Patron, "street phones email"), (done.Origin, string.Join(' ', done.ChangedFields)));
        await using var db = register.Core.Store.Read();
        var contact = db.Set<ContactRow>().Single();
        Assert.Equal(("Uusikuja 5", "0407654321\n+358501112222", "uusi@example.org"), (contact.Street, contact.Phones, contact.Email));
        Assert.Equal(PatronDataTests.Anywhere().Address.PostalCode, contact.PostalCode);
        var kept = (await register.ExportAsync("10001")).DocumentJson.ToStringUtf8();
        Assert.All(["Testikuja 1 A 2", "Uusikuja 5", "aino@example.org"], value => Assert.Contains(value, kept, StringComparison.Ordinal));
    }

    [Fact]
    public async Task R78_Staff_corrects_an_address_on_its_own_initiative_also_of_a_person_who_is_no_patron()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron =>
        {
            patron.DateOfBirth = "2015-01-01";
            patron.Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Huoltajanen", Contact = PatronDataTests.Anywhere() } } };
        });
        var person = ResponsibleData.Id(Person(register).PersonId);

        var ofPatron = await RectifyAsync(register, request => request.CustomerId = "10001", ("email", "lapsi@example.org"));
        var ofPerson = await RectifyAsync(register, request => request.PersonId = person, ("street", "Uusikuja 5"), ("surname", "Huoltaja"));
        var again = await RectifyAsync(register, request => request.PersonId = person, ("street", "Uusikuja 5"));

        Assert.Equal([RectifyOrigin.Staff, RectifyOrigin.Staff], [ofPatron.Origin, ofPerson.Origin]);
        Assert.Equal(["surname", "street"], ofPerson.ChangedFields);
        Assert.Empty(again.ChangedFields);
        Assert.Equal(("Huoltaja", "Uusikuja 5"), (Person(register).Surname, Person(register).Street));
        await using var db = register.Core.Store.Read();
        Assert.Equal(2, db.Set<RectificationRow>().Count(row => row.PatronId < 0 && row.Origin == (int)RectifyOrigin.Staff && row.CaseId == null));
    }

    [Fact]
    public async Task R74_R78_Why_staff_corrected_is_kept_and_told_in_the_export()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`reason`", () => RectifyAsync(
            register, request => (request.CustomerId, request.Reason) = ("10001", new string('x', Rectifications.ReasonMax + 1)), ("surname", "Mäntynen")));

        await RectifyAsync(register, request => (request.CustomerId, request.Reason) = ("10001", " misspelled at registration "), ("surname", "Mäntynen"));

        Assert.Contains("\"reason\": \"misspelled at registration\"", (await register.ExportAsync("10001")).DocumentJson.ToStringUtf8(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R75_A_wrong_e_mail_address_is_taken_away_where_there_is_none()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => patron.Contact = PatronDataTests.Anywhere());

        Assert.Equal("email", Assert.Single((await RectifyAsync(register, request => request.CustomerId = "10001", ("email", ""))).ChangedFields));

        await using var db = register.Core.Store.Read();
        Assert.Equal("", db.Set<ContactRow>().Single().Email);
    }

    [Theory]
    [InlineData("email", "nowhere", "email")]
    [InlineData("phones", "call me", "phones")]
    [InlineData("postal_code", "1", "postal_code")]
    [InlineData("surname", "", "surname")]
    public async Task An_impossible_correction_names_its_field_and_changes_nothing(string field, string value, string named)
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => patron.Contact = PatronDataTests.Anywhere());

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, named, () => RectifyAsync(register, request => request.CustomerId = "10001", (field, value)));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`person_id`", () => RectifyAsync(
            register, request => (request.CustomerId, request.PersonId) = ("10001", "1"), ("street", "Uusikuja 5")));
        await Refusals.RefusedAsync(StatusCode.NotFound, "person", () => RectifyAsync(register, request => request.PersonId = "77", ("street", "Uusikuja 5")));

        await using var db = register.Core.Store.Read();
        Assert.Empty(db.Set<RectificationRow>());
    }

    private static ResponsiblePersonRow Person(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return db.Set<ResponsiblePersonRow>().Single();
    }

    private static Task<RectifySubjectResponse> RectifyAsync(
        TestRegister register, Action<RectifySubjectRequest> whose, params (string Field, string Value)[] changes)
    {
        var request = new RectifySubjectRequest();
        whose(request);
        request.Changes.AddRange(changes.Select(change => new FieldChange { Field = change.Field, NewValue = change.Value }));
        return Service(register).RectifySubject(request, TestCall.Admin());
    }

    private static Register.Rights.DataSubjectService Service(TestRegister register) => register.Service<Register.Rights.DataSubjectService>();
}
