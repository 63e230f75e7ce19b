using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Responsibles;

namespace KioskLink.Register.Tests.Rights;

/// <summary>Who answers for somebody is kept until nobody needs that any more (R15, R16), and is erased when asking then (R75).</summary>
public sealed class GuardianErasureTests
{
    // Virtual time begins on 1 December 2026.
    private const string Today15 = "2011-12-01";
    private const string Tomorrow15 = "2011-12-02";

    [Theory]
    [InlineData(Today15, "adult", true)]
    [InlineData("2011-11-30", "adult", true)]
    [InlineData(Tomorrow15, "adult", false)]
    [InlineData("", "community", false)]
    public async Task R75_Who_answers_only_for_somebody_over_15_is_erased(string born, string group, bool erased)
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("guardian", 1);
        await WardAsync(register, "1", born, group, ward => ward.ResponsibleCustomerId = "guardian");
        var person = await GuardedAsync(register, "2", born, group);

        var answers = new[] { await EraseAsync(register, "guardian", ""), await EraseAsync(register, "", person) };

        Assert.All(answers, answer => Assert.Equal((erased, erased ? 0 : 1), (answer.Erased, answer.Request.Holds.Count)));
        await using var db = register.Core.Store.Read();
        Assert.Equal(erased ? 0 : 1, db.Set<ResponsiblePersonRow>().Count());
        Assert.Equal(erased ? 0 : 1, db.Set<ResponsibilityRow>().Count());
        var ward = db.Set<Register.Patrons.PatronRow>().Single(row => row.CustomerId == "1");
        Assert.Equal(erased ? ("", 0) : ("guardian", ward.ResponsibleRole), (ward.ResponsibleCustomerId, ward.ResponsibleRole));
    }

    [Fact]
    public async Task R75_The_day_on_which_a_ward_is_15_begins_at_midnight_in_Helsinki()
    {
        await using var register = await TestRegister.StartAsync();
        var person = await GuardedAsync(register, "1", Tomorrow15, "adult");
        register.Time.SetWallClock(DateTimeOffset.Parse("2026-12-01T21:59:59Z", null));
        Assert.False((await EraseAsync(register, "", person)).Erased);

        register.Time.SetWallClock(DateTimeOffset.Parse("2026-12-01T22:00:00Z", null));

        Assert.True((await EraseAsync(register, "", person)).Erased);
    }

    [Fact]
    public async Task R16_One_child_among_those_who_are_grown_keeps_the_person()
    {
        await using var register = await TestRegister.StartAsync();
        var person = await GuardedAsync(register, "1", Today15, "adult");
        await WardAsync(register, "2", Tomorrow15, "adult", ward => ward.Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { PersonId = person } } });

        Assert.Equal("ANSWERS_FOR_OTHERS", Assert.Single((await EraseAsync(register, "", person)).Request.Holds));
    }

    [Fact]
    public async Task R75_An_erased_person_leaves_evidence_and_nothing_else_and_is_erased_once()
    {
        await using var register = await TestRegister.StartAsync();
        var person = await GuardedAsync(register, "1", Today15, "adult");
        var asked = await OpenAsync(register, "", person);
        var request = new EraseSubjectRequest { RequestId = asked, Reason = "the child is grown" };
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "tells who", () => Service(register).EraseSubject(
            new EraseSubjectRequest { RequestId = asked, Reason = "Huoltajanen asked for it" }, TestCall.Admin()));

        var done = await Service(register).EraseSubject(request, TestCall.Admin());
        var again = await Service(register).EraseSubject(request, TestCall.Admin());

        Assert.Equal(("", RequestState.Done, "the child is grown", 0), (done.Request.PersonId, done.Request.State, done.Erasure.Ground, done.Erasure.TotalNodes));
        Assert.Equal(done.Erasure, again.Erasure);
        Assert.Equal(-1, register.EverythingOnDisk().AsSpan().IndexOf("Huoltajanen"u8));
    }

    private static async Task<string> GuardedAsync(TestRegister register, string customer, string born, string group)
    {
        await WardAsync(register, customer, born, group, ward => ward.Responsible = new ResponsiblePersons
        {
            Persons = { new ResponsiblePerson { Surname = "Huoltajanen", FirstNames = "Matti" } },
        });
        await using var db = register.Core.Store.Read();
        return ResponsibleData.Id(db.Set<ResponsiblePersonRow>().Single().PersonId);
    }

    private static async Task WardAsync(TestRegister register, string customer, string born, string group, Action<Patron> change) =>
        await register.PatronAsync(customer, 10 + int.Parse(customer, null), ward =>
        {
            (ward.Surname, ward.DateOfBirth, ward.Group) = ("Lapsonen", born, group);
            change(ward);
        });

    private static async Task<EraseSubjectResponse> EraseAsync(TestRegister register, string customer, string person) => await Service(register).EraseSubject(
        new EraseSubjectRequest { RequestId = await OpenAsync(register, customer, person), Reason = "asked for it" }, TestCall.Admin());

    private static async Task<long> OpenAsync(TestRegister register, string customer, string person) => (await Service(register).OpenRequest(
        new OpenRequestRequest { Kind = RequestKind.Erase, CustomerId = customer, PersonId = person, Channel = "desk", IdentifiedBy = "in-person-id-document" },
        TestCall.Admin())).Request.Id;

    private static Register.Rights.DataSubjectService Service(TestRegister register) => register.Service<Register.Rights.DataSubjectService>();
}
