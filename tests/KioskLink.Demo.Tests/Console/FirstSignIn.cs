using Grpc.Core;
using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>How the first administrator comes in: an account and its one-time secret from the operator, then pages alone.</summary>
internal sealed class FirstSignIn(IPage page, ChannelBase register)
{
    public const string User = "maija";
    public const string Person = "Maija Meikäläinen";
    private const string Password = "kolme sinistä kirjaa";

    public async Task DoAsync()
    {
        var secret = await SecretAsync();
        await page.GotoAsync("/set-up");
        await page.GetByLabel("Käyttäjätunnus").FillAsync(User);
        await page.GetByLabel("Kertakäyttöinen salaisuus").FillAsync(secret);
        await page.GetByLabel("Uusi salasana").FillAsync(Password);
        await page.GetByLabel("Salasana uudelleen").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ota käyttöön" }).ClickAsync();
        var factor = (await page.Locator(".secret").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Käyttäjätunnus").FillAsync(User);
        await page.GetByLabel("Salasana").FillAsync(Password);
        await page.GetByLabel("Kertakoodi").FillAsync(OneTimeCode.At(factor, TimeProvider.System.GetUtcNow()));
        await page.GetByRole(AriaRole.Button, new() { Name = "Kirjaudu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Annan sitoumuksen" }).ClickAsync();
        await page.WaitForURLAsync("**/doors");
    }

    private async Task<string> SecretAsync()
    {
        var request = new CreateAccountRequest { UserName = User, PersonName = Person };
        request.Roles.AddRange([StaffRole.Administrator, StaffRole.DataProtectionOfficer, StaffRole.Librarian]);
        return (await new StaffService.StaffServiceClient(register).CreateAccountAsync(request)).SetUpSecret;
    }
}
