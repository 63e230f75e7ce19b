using System.Text.RegularExpressions;
using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;
using ZXing;
using ZXing.Common;
using ZXing.QrCode.Internal;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>How staff comes in.</summary>
[Collection(nameof(RunningConsole))]
public sealed class SignInTests(RunningConsole console)
{
    [Fact]
    public async Task An_authenticator_app_reads_the_same_key_from_the_picture_as_stands_under_it()
    {
        var page = await console.PageAsync(signedIn: false);
        var first = new FirstSignIn(page, console.Register);
        var factor = await first.SetUpAsync("kuva", await first.SecretAsync("kuva", "Kuvan Lukija", StaffRole.Technician));
        var address = Read(await page.Locator("svg.qr path").GetAttributeAsync("d"), await page.Locator("svg.qr").GetAttributeAsync("viewBox"));
        Assert.StartsWith("otpauth://totp/", address, StringComparison.Ordinal);
        Assert.Contains($"secret={factor}", address, StringComparison.Ordinal);
        Assert.Equal(await page.GetByText("Avaa tunnistussovelluksessa").GetAttributeAsync("href"), address);
    }

    [Fact]
    public async Task A_second_browser_behind_the_same_address_does_not_end_the_first_ones_session()
    {
        var (one, other) = (await console.PageAsync(signedIn: false), await console.PageAsync(signedIn: false));
        var first = new FirstSignIn(one, console.Register);
        var factor = await first.SetUpAsync("tero", await first.SecretAsync("tero", "Tero Tekniikka", StaffRole.Technician));
        var now = TimeProvider.System.GetUtcNow();
        await first.SignInAsync("tero", factor, now);
        await one.GetByRole(AriaRole.Button, new() { Name = "Annan sitoumuksen" }).ClickAsync();
        await Expect(one).ToHaveURLAsync(new Regex("/doors$"));

        // A code is good once: the other browser takes the next one, which is taken half a minute early.
        await new FirstSignIn(other, console.Register).SignInAsync("tero", factor, now.AddSeconds(30));
        await Expect(other).ToHaveURLAsync(new Regex("/doors$"));
        await one.GotoAsync("/nodes");
        await Expect(one.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Ovikoneet");
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_the_readers_language_and_says_what_to_do()
    {
        var page = await console.PageAsync("sv", signedIn: false);
        await page.GotoAsync("/sign-in");
        await page.Locator("[name=user_name]").FillAsync("ingen");
        await page.Locator("[name=password]").FillAsync("fel lösenord här");
        await page.Locator("[name=totp_code]").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Logga in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Vänta på nästa kod och försök igen");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveAttributeAsync("lang", "sv");
    }

    // The picture's modules, as its path draws them, within a quiet edge of four.
    private static string Read(string? path, string? box)
    {
        const int Quiet = 4;
        var bits = new BitMatrix(int.Parse(box!.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture) - (2 * Quiet));
        foreach (var module in path!.Split('M', StringSplitOptions.RemoveEmptyEntries))
        {
            var place = module.Split('h')[0].Split(' ').Select(number => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) - Quiet).ToArray();
            bits[place[0], place[1]] = true;
        }

        return new Decoder().decode(bits, new Dictionary<DecodeHintType, object>())?.Text ?? "not read";
    }
}
