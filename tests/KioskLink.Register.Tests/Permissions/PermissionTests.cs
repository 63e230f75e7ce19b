using Grpc.Core;
using KioskLink.Protos.Register.V1;
using static KioskLink.Protos.Types.V1.DecisionCode;

namespace KioskLink.Register.Tests.Permissions;

/// <summary>Terms, registration and a guardian's consent (R30): each closes the door where the profile asks for it.</summary>
public sealed class PermissionTests
{
    [Fact]
    public async Task R30_Where_registration_is_asked_for_the_door_opens_from_the_day_of_it_and_shuts_when_it_is_withdrawn()
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { SelfService = profile.SelfService with { RegistrationRequired = true } });
        var card = await register.PatronAsync("10001", 1);

        Assert.Equal(NotRegistered, (await register.EnterAsync(card)).Code);
        await SetAsync(register, request => request.RegisteredOn = "2026-01-01");
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        await SetAsync(register, request => request.RegisteredOn = "");
        Assert.Equal(NotRegistered, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task R30_Terms_that_are_withdrawn_shut_the_door()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        await SetAsync(register, request => request.TermsAcceptedOn = "");

        Assert.Equal(TermsNotAccepted, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task What_is_given_and_what_the_profile_asks_for_is_shown()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        await register.PatronAsync("10001", 2, patron => (patron.DateOfBirth, patron.ResponsibleCustomerId) = ("2018-01-01", "1"));

        var shown = await register.Permissions.GetPermission(new GetPermissionRequest { CustomerId = "10001" }, TestCall.Admin());

        Assert.Equal(("2026-01-01", "", true, false), (shown.TermsAcceptedOn, shown.RegisteredOn, shown.TermsRequired, shown.RegistrationRequired));
        Assert.True(shown.GuardianConsentRequired);
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () =>
            register.Permissions.GetPermission(new GetPermissionRequest { CustomerId = "nobody" }, TestCall.Admin()));
    }

    [Theory]
    [InlineData("1989-12-31", "registered_on")]
    [InlineData("2999-01-01", "registered_on")]
    [InlineData("31.12.2025", "registered_on")]
    public async Task Impossible_days_name_their_field_and_change_nothing(string day, string field)
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, field, () => SetAsync(register, request => request.RegisteredOn = day));

        Assert.Empty((await register.Permissions.GetPermission(new GetPermissionRequest { CustomerId = "10001" }, TestCall.Admin())).RegisteredOn);
    }

    [Fact]
    public async Task R39_What_nobody_can_have_given_for_a_child_is_refused_and_withdrawing_it_is_not()
    {
        await using var register = await TestRegister.StartAsync();
        await Import.ImportCall.RunAsync(register, $"{Import.ImportCall.Header}\n10001,{TestRegister.CardNumber(1)},8317,A,B,2018-05-01,,fi,child,,,\n");

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "RESPONSIBLE_MISSING", () => SetAsync(register, request => request.GuardianConsentOn = "2026-11-01"));
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "RESPONSIBLE_MISSING", () => SetAsync(register, request => request.TermsAcceptedOn = "2026-11-01"));
        Assert.Equal(Underage, (await register.EnterAsync(TestRegister.CardNumber(1))).Code);
        Assert.Empty((await register.Consents.ListConsents(new ListConsentsRequest { CustomerId = "10001" }, TestCall.Admin())).Consents);

        await register.Core.Lane.WriteAsync(scope => { Register.Store.Sql.Run(scope.Db, "UPDATE patrons SET guardian_consent_on = '2026-01-01'"); });
        await SetAsync(register, request => request.GuardianConsentOn = "");
    }

    private static Task<SetPermissionResponse> SetAsync(TestRegister register, Action<SetPermissionRequest> change)
    {
        var request = new SetPermissionRequest { CustomerId = "10001" };
        change(request);
        return register.Permissions.SetPermission(request, TestCall.Admin());
    }
}
