using Grpc.Core;
using KioskLink.Protos.Register.V1;
using static KioskLink.Protos.Types.V1.DecisionCode;

namespace KioskLink.Register.Tests.Patrons;

public sealed class PatronServiceTests
{
    [Fact]
    public async Task A_patron_is_found_by_number_and_by_card_with_the_identity_code_masked()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1, patron => (patron.IdentityCode, patron.DateOfBirth) = ("010594Y9032", "1994-05-01"));

        var byNumber = await GetAsync(register, request => request.CustomerId = "10001");
        var byCard = await GetAsync(register, request => request.CardNumber = card);

        Assert.Equal(byNumber, byCard);
        Assert.Equal("010594Y****", byCard.IdentityCode);
        Assert.Equal(card, Assert.Single(byCard.Cards).CardNumber);
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => GetAsync(register, request => request.CustomerId = "9"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "purpose", () => GetAsync(register, request => (request.CustomerId, request.Purpose) = ("10001", "gossip")));
    }

    [Fact]
    public async Task The_same_patron_again_changes_nothing_and_a_new_name_concerns_no_door()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var patron = await GetAsync(register, request => request.CustomerId = "10001");
        var head = register.Core.Log.Head;

        await UpsertAsync(register, patron);
        Assert.Equal(patron.UpdateTime, (await GetAsync(register, request => request.CustomerId = "10001")).UpdateTime);
        patron.Surname = "Mäntynen";
        await UpsertAsync(register, patron);

        Assert.Equal("Mäntynen", (await GetAsync(register, request => request.CustomerId = "10001")).Surname);
        Assert.Equal(head, register.Core.Log.Head);
    }

    [Fact]
    public async Task What_a_door_must_know_decides_at_once()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        await register.PatronAsync("10001", 1, patron => patron.ValidTo = "2026-11-30");
        Assert.Equal(CardExpired, (await register.EnterAsync(card)).Code);
        await register.PatronAsync("10001", 1, patron => patron.Restricted = true);
        Assert.Equal(PatronRestricted, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task A_child_needs_a_responsible_person_until_the_fifteenth_birthday()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "responsible_customer_id", () =>
            register.PatronAsync("2", 2, patron => patron.DateOfBirth = "2011-12-02"));
        await register.PatronAsync("3", 3, patron => patron.DateOfBirth = "2011-12-01");
        await register.PatronAsync("2", 2, patron => (patron.DateOfBirth, patron.ResponsibleCustomerId) = ("2011-12-02", "1"));

        Assert.Equal(Underage, (await register.EnterAsync(TestRegister.CardNumber(2))).Code);
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(3))).Code);
        register.Time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(2))).Code);
    }

    [Fact]
    public async Task Each_impossible_value_names_its_field()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1, patron => (patron.IdentityCode, patron.DateOfBirth) = ("010594Y9032", "1994-05-01"));

        await WrongAsync(register, "customer_id", patron => patron.CustomerId = "");
        await WrongAsync(register, "date_of_birth", patron => patron.DateOfBirth = "1.5.1990");
        await WrongAsync(register, "date_of_birth", patron => patron.DateOfBirth = "2026-12-02");
        await WrongAsync(register, "identity_code", patron => patron.IdentityCode = "010594Y9033");
        await WrongAsync(register, "identity_code", patron => patron.IdentityCode = "010594Y9021");
        await WrongAsync(register, "group", patron => patron.Group = "wizard");
        await WrongAsync(register, "terms_accepted_on", patron => patron.TermsAcceptedOn = "2027-01-01");
        await WrongAsync(register, "valid_to", patron => (patron.ValidFrom, patron.ValidTo) = ("2026-02-01", "2026-01-01"));
        await WrongAsync(register, "responsible_customer_id", patron => patron.ResponsibleCustomerId = "nobody");
        await Refusals.RefusedAsync(StatusCode.AlreadyExists, "IDENTITY_TAKEN", () =>
            register.PatronAsync("2", 2, patron => (patron.IdentityCode, patron.DateOfBirth) = ("010594Y9032", "1994-05-01")));
    }

    [Fact]
    public async Task Permissions_are_given_and_withdrawn()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        await register.Permissions.SetPermission(new SetPermissionRequest { CustomerId = "10001", TermsAcceptedOn = "" }, TestCall.Admin());
        Assert.Equal(TermsNotAccepted, (await register.EnterAsync(card)).Code);
        await register.Permissions.SetPermission(new SetPermissionRequest { CustomerId = "10001", TermsAcceptedOn = "2026-12-01" }, TestCall.Admin());
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        await register.VisitedAsync(card);

        var head = register.Core.Log.Head;
        await register.Permissions.SetPermission(new SetPermissionRequest { CustomerId = "10001", TermsAcceptedOn = "2026-12-01" }, TestCall.Admin());
        Assert.Equal(head, register.Core.Log.Head);
    }

    private static Task WrongAsync(TestRegister register, string field, Action<Patron> spoil) =>
        Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{field}`", () => register.PatronAsync("7", 7, spoil));

    private static async Task UpsertAsync(TestRegister register, Patron patron)
    {
        var again = patron.Clone();
        again.IdentityCode = "";
        await register.Patrons.UpsertPatron(new UpsertPatronRequest { Patron = again }, TestCall.Admin());
    }

    private static async Task<Patron> GetAsync(TestRegister register, Action<GetPatronRequest> change)
    {
        var request = new GetPatronRequest();
        change(request);
        return (await register.Patrons.GetPatron(request, TestCall.Admin())).Patron;
    }
}
