using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Staff;

/// <summary>The node loses its power while notes wait: with a demo of its own, since every session of the node ends by it.</summary>
public sealed class NoteRestartTests : IAsyncLifetime
{
    private const string Jane = "29909090000034";
    private readonly RunningStaffPages _staff = new();

    public Task InitializeAsync() => _staff.InitializeAsync();

    public Task DisposeAsync() => _staff.DisposeAsync();

    [Fact]
    public async Task A_restart_of_the_node_keeps_what_was_noted_and_it_is_taken_once_afterwards()
    {
        var desk = new DeskWork(_staff);
        var page = await desk.HireAsync("reija");
        await _staff.StepAsync("network cut");
        await DeskWork.NoteAsync(page, "Loan", Jane, "KL0017");
        await Expect(DeskWork.Row(page, "KL0017")).ToContainTextAsync("Waiting");

        await _staff.StepAsync("node kill");
        await _staff.StepAsync("node start");
        await _staff.SignInAsync(page, "reija", null);

        await Expect(DeskWork.Row(page, "KL0017")).ToContainTextAsync("Waiting");
        await Expect(DeskWork.Row(page, "KL0017")).ToContainTextAsync("…0034");
        await _staff.StepAsync("network restore");
        await Expect(DeskWork.Row(page, "KL0017")).ToContainTextAsync("Taken");
        Assert.Single(await desk.LoansAsync("demo-jane", "KL0017"));
    }
}
