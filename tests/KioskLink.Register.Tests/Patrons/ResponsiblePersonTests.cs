using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Responsibles;

namespace KioskLink.Register.Tests.Patrons;

/// <summary>Somebody answers for children and communities.</summary>
public sealed class ResponsiblePersonTests
{
    [Fact]
    public async Task R15_Neither_a_child_nor_a_community_is_stored_without_somebody_who_answers_for_it()
    {
        await using var register = await TestRegister.StartAsync();

        await register.RefusedAsync("responsible_customer_id", patron => patron.DateOfBirth = "2011-12-02");
        await register.RefusedAsync("responsible_customer_id", patron => (patron.Group, patron.DateOfBirth) = ("community", ""));
        await register.RefusedAsync("responsible_customer_id", patron => (patron.DateOfBirth, patron.Responsible) = ("2011-12-02", new ResponsiblePersons()));

        await register.PatronAsync("1", 1, patron => patron.DateOfBirth = "2011-12-01");
        Assert.Null((await register.GetAsync("1")).Responsible);
    }

    [Fact]
    public async Task R15_From_the_fifteenth_birthday_on_nobody_has_to_answer()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron => (patron.DateOfBirth, patron.Responsible) = ("2011-12-02", Guardian()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "responsible_customer_id", () =>
            register.PatronAsync("1", 1, patron => (patron.DateOfBirth, patron.Responsible) = ("2011-12-02", new ResponsiblePersons())));

        register.Time.Advance(TimeSpan.FromHours(12));

        await register.PatronAsync("1", 1, patron => (patron.DateOfBirth, patron.Responsible) = ("2011-12-02", new ResponsiblePersons()));
        Assert.Null((await register.GetAsync("1")).Responsible);
    }

    [Fact]
    public async Task R15_A_community_has_a_name_and_a_contact_person_and_no_age()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1, patron =>
        {
            (patron.Group, patron.Surname, patron.FirstNames, patron.DateOfBirth) = ("community", "Testilän koulu, 3 B", "", "");
            patron.Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Opettaja", FirstNames = "Olli" } } };
        });

        var shown = await register.GetAsync("1");

        Assert.Equal(("Testilän koulu, 3 B", 0), (shown.Surname, shown.Age));
        Assert.Equal((ResponsibleRole.CommunityContact, "Opettaja"), (Assert.Single(shown.Responsible.Persons).Role, shown.Responsible.Persons[0].Surname));
        Assert.Equal(Protos.Types.V1.DecisionCode.Granted, (await register.EnterAsync(card)).Code);
        await register.RefusedAsync("responsible.persons.role", patron =>
        {
            (patron.Group, patron.DateOfBirth) = ("community", "");
            patron.Responsible = Guardian(person => person.Role = ResponsibleRole.Guardian);
        });
    }

    [Fact]
    public async Task R15_Whoever_answers_is_an_adult()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron => patron.DateOfBirth = "2008-12-02");

        await register.RefusedAsync("responsible_customer_id", patron => (patron.DateOfBirth, patron.ResponsibleCustomerId) = ("2015-01-01", "1"));
        await register.RefusedAsync("responsible.persons.date_of_birth", patron =>
            (patron.DateOfBirth, patron.Responsible) = ("2015-01-01", Guardian(person => person.DateOfBirth = "2008-12-02")));

        await register.PatronAsync("2", 2, patron => (patron.DateOfBirth, patron.Responsible) = ("2015-01-01", Guardian(person => person.DateOfBirth = "2008-12-01")));
    }

    [Fact]
    public async Task R16_Whoever_answers_and_is_no_patron_is_a_data_subject_found_by_name_and_by_ward()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron => (patron.DateOfBirth, patron.Responsible) = ("2015-01-01", Guardian(person => person.Contact = PatronDataTests.Anywhere())));
        var person = Assert.Single((await FindAsync(register, request => request.NamePrefix = "makin")).Persons);
        await register.PatronAsync("2", 2, patron => (patron.DateOfBirth, patron.Responsible) = (
            "2017-01-01", new ResponsiblePersons { Persons = { new ResponsiblePerson { PersonId = person.PersonId, Role = ResponsibleRole.OtherAdult } } }));

        var found = Assert.Single((await FindAsync(register, request => request.WardCustomerId = "2")).Persons);

        Assert.Equal((person.PersonId, "Mäkinen", "aino@example.org"), (found.PersonId, found.Surname, found.Contact.Email));
        Assert.Equal(["1", "2"], found.WardCustomerIds);
        Assert.Equal(ResponsibleRole.OtherAdult, Assert.Single((await register.GetAsync("2")).Responsible.Persons).Role);
        Assert.Equal(ResponsibleRole.Guardian, Assert.Single((await register.GetAsync("1")).Responsible.Persons).Role);
    }

    [Fact]
    public async Task R16_A_person_is_kept_as_long_as_there_is_somebody_to_answer_for()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron => (patron.DateOfBirth, patron.Responsible) = ("2015-01-01", Guardian()));
        var person = Assert.Single((await register.GetAsync("1")).Responsible.Persons).PersonId;
        await register.PatronAsync("2", 2, patron => (patron.DateOfBirth, patron.Responsible) = (
            "2017-01-01", new ResponsiblePersons { Persons = { new ResponsiblePerson { PersonId = person } } }));

        await register.PatronAsync("1", 1, patron => (patron.DateOfBirth, patron.Responsible) = ("2015-01-01", Guardian(other => other.Surname = "Toinen")));
        Assert.Equal(2, Persons(register).Count);
        await register.PatronAsync("2", 2, patron => (patron.DateOfBirth, patron.Responsible) = ("1990-01-01", new ResponsiblePersons()));

        Assert.Equal("Toinen", Assert.Single(Persons(register)).Surname);
    }

    [Fact]
    public async Task A_person_of_nobody_and_two_patrons_who_answer_are_refused()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);

        await register.RefusedAsync("responsible.persons.person_id", patron => patron.Responsible = Guardian(person => (person.PersonId, person.Surname) = ("99", "")));
        await register.RefusedAsync("responsible.persons.person_id", patron => patron.Responsible = Guardian(person => person.PersonId = "x"));
        await register.RefusedAsync("responsible.persons.surname", patron => patron.Responsible = Guardian(person => person.Surname = ""));
        await register.RefusedAsync("responsible.persons.customer_id", patron => patron.Responsible = new ResponsiblePersons
        {
            Persons = { new ResponsiblePerson { CustomerId = "1" }, new ResponsiblePerson { CustomerId = "2" } },
        });
        await register.RefusedAsync("responsible_customer_id", patron => (patron.ResponsibleCustomerId, patron.Responsible) = (
            "2", new ResponsiblePersons { Persons = { new ResponsiblePerson { CustomerId = "1" } } }));
    }

    private static ResponsiblePersons Guardian(Action<ResponsiblePerson>? change = null)
    {
        var person = new ResponsiblePerson { Surname = "Mäkinen", FirstNames = "Matti" };
        change?.Invoke(person);
        return new ResponsiblePersons { Persons = { person } };
    }

    private static List<ResponsiblePersonRow> Persons(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<ResponsiblePersonRow>()];
    }

    private static async Task<FindResponsiblePersonsResponse> FindAsync(TestRegister register, Action<FindResponsiblePersonsRequest> by)
    {
        var request = new FindResponsiblePersonsRequest();
        by(request);
        return await register.Patrons.FindResponsiblePersons(request, TestCall.Admin());
    }
}
