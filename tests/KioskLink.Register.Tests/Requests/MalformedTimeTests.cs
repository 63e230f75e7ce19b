using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Requests;

/// <summary>Times and spans that no calendar knows are told by their field, wherever a request carries one.</summary>
public sealed class MalformedTimeTests
{
    private static readonly Timestamp Never = new() { Seconds = long.MaxValue };
    private static readonly Duration Endless = new() { Seconds = long.MaxValue };

    [Fact]
    public async Task Of_a_ban()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);

        await WrongAsync("ban.start_time", () => register.BanAsync("10001", Wire.BanKind.Loan, ban => ban.StartTime = Never));
        await WrongAsync("ban.end_time", () => register.BanAsync("10001", Wire.BanKind.Loan, ban => ban.EndTime = Never));
    }

    [Fact]
    public async Task Of_a_presentation_which_spends_no_guess()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        await WrongAsync("presented_at", () => register.EnterAsync(register.Ask(card, ask => (ask.PresentedAt, ask.Pin) = (Never, TestRegister.Digits("0001")))));

        Assert.Empty(register.Card(card).Facts.Guesses.WrongTimes);
    }

    [Fact]
    public async Task Of_questions()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        await WrongAsync("at", () => register.Access.ExplainAccess(
            new ExplainAccessRequest { BranchId = TestRegister.Main, DoorId = "front", CardNumber = card, At = Never }, TestCall.Admin()));
        await WrongAsync("at", () => register.Hours.GetOpeningHours(new GetOpeningHoursRequest { BranchId = TestRegister.Main, At = Never }, TestCall.Admin()));
    }

    [Fact]
    public async Task Of_a_branch()
    {
        await using var register = await TestRegister.StartAsync();

        await WrongAsync("branch.unlock_for", () => ApplyAsync(register, branch => branch.UnlockFor = Endless));
        await WrongAsync("branch.doors.unlock_for", () => ApplyAsync(register, branch => branch.Doors[0].UnlockFor = Endless));
        await WrongAsync("branch.suspensions.start_time", () => ApplyAsync(register, branch => branch.Suspensions.Add(new Wire.Suspension { StartTime = Never })));
        await WrongAsync("branch.maintenance.end_time", () => ApplyAsync(
            register, branch => branch.Maintenance.Add(new Wire.MaintenanceWindow { StartTime = new Timestamp(), EndTime = Never })));
    }

    [Fact]
    public async Task Of_an_enrolment()
    {
        await using var register = await Running.RunningRegister.StartAsync();

        await WrongAsync("valid_for", async () => await register.AdminNodes.CreateEnrollmentAsync(
            new CreateEnrollmentRequest { BranchId = "FI-Main", NodeId = "front", ValidFor = Endless }));
    }

    private static async Task ApplyAsync(TestRegister register, Action<Wire.Branch> spoil)
    {
        var branch = TestRegister.Branch("FI-New");
        spoil(branch);
        await register.ApplyAsync(branch);
    }

    private static Task WrongAsync(string field, Func<Task> call) => Refusals.RefusedAsync(StatusCode.InvalidArgument, field, call);
}
