using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;

namespace KioskLink.Register.Tests.Permissions;

/// <summary>More time at doors for those who need it: a yes or no that staff sets, and no reason.</summary>
public sealed class ExtendedTimeTests
{
    [Fact]
    public async Task Whoever_is_given_more_time_gets_twice_the_unlock_at_the_next_card_and_as_usual_when_it_is_taken_back()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var usual = await register.EnterAsync(card);
        Assert.False(usual.ExtendedTime);

        await SetAsync(register, true);
        var longer = await register.EnterAsync(card);
        Assert.Equal((usual.UnlockFor.ToTimeSpan() * 2, true), (longer.UnlockFor.ToTimeSpan(), longer.ExtendedTime));

        await SetAsync(register, false);
        Assert.Equal(usual.UnlockFor, (await register.EnterAsync(card)).UnlockFor);
    }

    [Fact]
    public async Task How_much_longer_is_the_branchs_policy()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1, patron => patron.ExtendedTime = true);
        var branch = (await register.Branches.GetBranch(new GetBranchRequest { BranchId = TestRegister.Main }, TestCall.Admin())).Facts.Branch;
        (branch.UnlockFor, branch.ExtendedUnlock) = (Duration.FromTimeSpan(TimeSpan.FromSeconds(6)), 2.5);

        await register.Branches.ApplyBranch(new ApplyBranchRequest { Branch = branch }, TestCall.Admin());

        Assert.Equal(TimeSpan.FromSeconds(15), (await register.EnterAsync(card)).UnlockFor.ToTimeSpan());
    }

    [Fact]
    public async Task Whoever_writes_a_patron_and_does_not_speak_of_it_leaves_it_as_it_is()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => patron.ExtendedTime = true);

        await register.PatronAsync("10001", 1, patron => patron.Surname = "Toinen");

        Assert.True((await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = "10001" }, TestCall.Admin())).Patron.ExtendedTime);
        Assert.True((await register.Permissions.GetPermission(new GetPermissionRequest { CustomerId = "10001" }, TestCall.Admin())).ExtendedTime);
    }

    [Fact]
    public async Task R74_It_stands_in_the_export_as_a_yes()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => patron.ExtendedTime = true);
        await using var db = register.Core.Store.Read();
        var patron = PatronWriter.Find(db, register.Core.Store.Consortium, "10001")!;

        var parts = register.Service<IEnumerable<Register.Subjects.ISubjectStore>>().SelectMany(store => store.Export(db, patron)).ToList();

        Assert.Equal(["door-facts", "patron"], parts.Where(part => part.Values.Any(value => value is { Name: "extended_time", Value: "yes" })).Select(part => part.Title).Distinct().Order());
    }

    private static Task<SetPermissionResponse> SetAsync(TestRegister register, bool extended) =>
        register.Permissions.SetPermission(new SetPermissionRequest { CustomerId = "10001", ExtendedTime = extended }, TestCall.Admin());
}
