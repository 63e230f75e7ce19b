using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Tests.Patrons;

namespace KioskLink.Register.Tests.Rights;

/// <summary>A correction keeps to the rules that storing a patron keeps to (R14, R15, R75).</summary>
public sealed class RectificationRuleTests
{
    [Fact]
    public async Task R75_A_birthday_that_the_stored_identity_code_denies_is_refused()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => (patron.IdentityCode, patron.DateOfBirth) = ("010594Y9032", "1994-05-01"));

        await RefusedAsync(register, "identity_code", ("date_of_birth", "2013-01-01"));
    }

    [Fact]
    public async Task R15_A_patron_who_becomes_a_child_by_a_correction_needs_a_responsible_person()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);

        await RefusedAsync(register, "responsible_customer_id", ("date_of_birth", "2018-01-01"));
    }

    [Fact]
    public async Task R15_A_child_with_a_responsible_person_is_corrected()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 2);
        await register.PatronAsync("10001", 1, patron => (patron.DateOfBirth, patron.Group, patron.ResponsibleCustomerId) = ("2018-01-01", "child", "1"));

        var changed = await register.Service<Register.Rights.DataSubjectService>().RectifySubject(Change(("date_of_birth", "2018-01-02")), TestCall.Admin());

        Assert.Equal(["date_of_birth"], changed.ChangedFields);
    }

    [Fact]
    public async Task R14_A_home_branch_is_corrected_only_to_a_branch_and_where_the_profile_keeps_one()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await RefusedAsync(register, "home_branch", ("home_branch", "the one by the lake"));

        await using var without = await TestRegister.StartAsync(profile => profile with { PatronFields = profile.PatronFields with { HomeUnit = false } });
        await without.PatronAsync("10001", 1);
        await RefusedAsync(without, "home_branch", ("home_branch", TestRegister.Main));
    }

    [Fact]
    public async Task R75_An_identity_code_that_is_not_the_patrons_is_removed_and_another_may_have_it()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => (patron.IdentityCode, patron.DateOfBirth) = ("010594Y9032", "1994-05-01"));

        var removed = await CorrectAsync(register, ("identity_code", ""));

        Assert.Equal(["identity_code"], removed.ChangedFields);
        Assert.Empty((await register.GetAsync("10001")).IdentityCode);
        await register.PatronAsync("10002", 2, patron => (patron.IdentityCode, patron.DateOfBirth) = ("010594Y9032", "1994-05-01"));
        await CorrectAsync(register, ("date_of_birth", "1995-06-02"));
    }

    [Fact]
    public async Task R14_A_home_branch_that_was_stored_by_mistake_is_removed_and_a_surname_is_not()
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { PatronFields = profile.PatronFields with { HomeUnit = true } });
        await register.PatronAsync("10001", 1, patron => patron.HomeBranch = TestRegister.Main);

        var removed = await CorrectAsync(register, ("home_branch", ""));

        Assert.Equal(["home_branch"], removed.ChangedFields);
        Assert.Empty((await register.GetAsync("10001")).HomeBranch);
        await RefusedAsync(register, "surname", ("surname", ""));
    }

    private static Task<RectifySubjectResponse> CorrectAsync(TestRegister register, (string Field, string Value) change) =>
        register.Service<Register.Rights.DataSubjectService>().RectifySubject(Change(change), TestCall.Admin());

    private static Task RefusedAsync(TestRegister register, string field, (string Field, string Value) change) => Refusals.RefusedAsync(
        StatusCode.InvalidArgument, field, () => register.Service<Register.Rights.DataSubjectService>().RectifySubject(Change(change), TestCall.Admin()));

    private static RectifySubjectRequest Change((string Field, string Value) change) =>
        new() { CustomerId = "10001", Changes = { new FieldChange { Field = change.Field, NewValue = change.Value } } };
}
