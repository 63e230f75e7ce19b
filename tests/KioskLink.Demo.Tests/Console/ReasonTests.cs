using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>Erasing, banning and opening a door ask for a reason: without one nothing happens, and the field is named.</summary>
[Collection(nameof(RunningConsole))]
public sealed class ReasonTests(RunningConsole console)
{
    private const string Why = "Kirjoita, miksi näin tehdään.";

    [Fact]
    public async Task Nobody_is_banned_without_a_reason()
    {
        var page = await console.PageAsync();
        await page.GoToPatronAsync("demo-nuppu");
        await page.GetByRole(AriaRole.Button, new() { Name = "Aseta kielto" }).ClickAsync();
        await RefusedAtAsync(page, "#ban-reason_code", "Tämä tarvitaan: täytä kenttä.");
        Assert.Empty((await new BanService.BanServiceClient(console.Register).ListBansAsync(new ListBansRequest { CustomerId = "demo-nuppu" })).Bans);
    }

    [Fact]
    public async Task No_door_opens_without_a_reason_and_spaces_are_none()
    {
        var page = await console.PageAsync();
        await page.GotoAsync($"/doors/{Pages.Branch}/front");
        await page.Locator("#open-door-reason").FillAsync("   ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Avaa nyt" }).ClickAsync();
        await RefusedAtAsync(page, "#open-door-reason");
    }

    [Fact]
    public async Task Nobody_is_erased_without_a_reason()
    {
        var subjects = new DataSubjectService.DataSubjectServiceClient(console.Register);
        var request = await subjects.OpenRequestAsync(new OpenRequestRequest { CustomerId = "demo-liisa", Kind = RequestKind.Erase, Channel = "desk" });
        await subjects.ProveIdentityAsync(new ProveIdentityRequest { RequestId = request.Request.Id, IdentifiedBy = "in-person-id-document" });
        var page = await console.PageAsync();
        await page.GotoAsync($"/requests/{request.Request.Id}");
        await page.Locator("#erase-customer_id").FillAsync("demo-liisa");
        await page.GetByRole(AriaRole.Button, new() { Name = "Poista pysyvästi" }).ClickAsync();
        await RefusedAtAsync(page, "#erase-reason");
        Assert.Equal(RequestState.Open, (await subjects.GetRequestAsync(new GetRequestRequest { RequestId = request.Request.Id })).Request.State);
        await new PatronService.PatronServiceClient(console.Register).GetPatronAsync(new GetPatronRequest { CustomerId = "demo-liisa" });
    }

    private static async Task RefusedAtAsync(IPage page, string field, string told = Why)
    {
        await Expect(page.Locator($"{field}-problem")).ToHaveTextAsync(told);
        await Expect(page.Locator(field)).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveCountAsync(0);
    }
}
