using Grpc.Core;
using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>How a person comes in for the first time: an account and its one-time secret from an operator, then pages alone.</summary>
internal sealed class FirstSignIn(IPage page, ChannelBase register)
{
    public const string User = "maija";
    public const string Person = "Maija Meikäläinen";
    private const string Password = "kolme sinistä kirjaa";

    /// <summary>The administrator of these tests.</summary>
    public Task DoAsync() => DoAsync(User, Person, StaffRole.Administrator, StaffRole.DataProtectionOfficer, StaffRole.Librarian);

    /// <summary>Somebody, with an account of roles; the page is the console's first page then.</summary>
    public async Task DoAsync(string user, string person, params StaffRole[] roles)
    {
        var factor = await SetUpAsync(user, await SecretAsync(user, person, roles));
        await SignInAsync(user, factor);
        await page.GetByRole(AriaRole.Button, new() { Name = "Annan sitoumuksen" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).WaitForAsync();
    }

    /// <summary>Sets an account up and gives the app's secret.</summary>
    public async Task<string> SetUpAsync(string user, string secret)
    {
        await page.GotoAsync("/set-up");
        await page.GetByLabel("Käyttäjätunnus").FillAsync(user);
        await page.GetByLabel("Kertakäyttöinen salaisuus").FillAsync(secret);
        await page.GetByLabel("Uusi salasana").FillAsync(Password);
        await page.GetByLabel("Salasana uudelleen").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ota käyttöön" }).ClickAsync();
        return (await page.Locator(".secret").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>Signs in with the code of a time.</summary>
    public async Task SignInAsync(string user, string factor, DateTimeOffset? at = null)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Käyttäjätunnus").FillAsync(user);
        await page.GetByLabel("Salasana").FillAsync(Password);
        await page.GetByLabel("Kertakoodi").FillAsync(OneTimeCode.At(factor, at ?? TimeProvider.System.GetUtcNow()));
        await page.GetByRole(AriaRole.Button, new() { Name = "Kirjaudu" }).ClickAsync();
    }

    /// <summary>An account's one-time secret.</summary>
    public async Task<string> SecretAsync(string user, string person, params StaffRole[] roles)
    {
        var request = new CreateAccountRequest { UserName = user, PersonName = person };
        request.Roles.AddRange(roles);
        return (await new StaffService.StaffServiceClient(register).CreateAccountAsync(request)).SetUpSecret;
    }
}
