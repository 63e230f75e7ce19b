using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>The camera register: a viewer's whole way, from the right to the destroyed copy, and the comparison.</summary>
[Collection(nameof(RunningConsole))]
public sealed class CameraTaskTests(RunningConsole console)
{
    private const string User = "kimmo";

    private static DateTimeOffset HelsinkiNow => TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki"));

    [Fact]
    public async Task R69_R71_R73_A_viewer_views_records_copies_and_destroys_and_the_officer_compares()
    {
        var kept = await console.SignedInAsync(page => new FirstSignIn(page, console.Register).DoAsync(User, "Kimmo Katselija", StaffRole.CameraViewer));
        var viewer = await console.PageAsync(kept: kept);
        await viewer.GotoAsync("/");
        await Expect(viewer.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Kameraloki");
        await ViewAsync(viewer);
        await Expect(viewer.Locator("#start")).ToContainTextAsync("Sinulla ei ole voimassa olevaa katseluoikeutta");

        await GiveRightAsync();
        await CameraRight.BeginAsync(viewer, "Lasi rikottu yöllä");
        var session = viewer.Url;
        await RecordIsWantedBeforeTheNextAsync(viewer);
        await CopyAsync(viewer, session);
        await WriteAsync(viewer, session);
        await DeliverAndDestroyAsync(viewer);
        await CompareAsync();
    }

    private static Task ViewAsync(IPage viewer) => FillAsync(viewer, "tuulikaappi", "Lasi rikottu yöllä");

    private static async Task FillAsync(IPage viewer, string camera, string why)
    {
        await viewer.GotoAsync("/cameras");
        await viewer.Locator("#start-camera").FillAsync(camera);
        await viewer.Locator("#start-reason_text").FillAsync(why);
        await viewer.Locator("#start button[type=submit]").ClickAsync();
    }

    private async Task GiveRightAsync()
    {
        var officer = await console.PageAsync("en");
        await officer.GotoAsync("/cameras/rights");
        await officer.GetByLabel("User name").FillAsync(User);
        await officer.GetByLabel("Reference of the undertaking").FillAsync("D/9/2026");
        await officer.GetByLabel("Undertaking signed on").FillAsync("2026-11-01");
        await officer.GetByLabel("Last day").FillAsync($"{TimeProvider.System.GetUtcNow().AddDays(30):yyyy-MM-dd}");
        await officer.GetByRole(AriaRole.Button, new() { Name = "Give the right" }).ClickAsync();
        await Expect(officer.GetByRole(AriaRole.Status)).ToHaveTextAsync("The viewing right is given.");
    }

    private static async Task RecordIsWantedBeforeTheNextAsync(IPage viewer)
    {
        await FillAsync(viewer, "aula", "Toinen asia");
        await Expect(viewer.Locator("#start")).ToContainTextAsync("Edellisen katselun kirjaus puuttuu.");
    }

    private static async Task CopyAsync(IPage viewer, string session)
    {
        await viewer.GotoAsync(session);
        await viewer.Locator("#copy-description").FillAsync("Muistitikku 4, kassakaappi");
        await viewer.GetByRole(AriaRole.Button, new() { Name = "Kirjaa kopio" }).ClickAsync();
        await Expect(viewer.GetByRole(AriaRole.Status)).ToHaveTextAsync("Kopio on kirjattu.");
    }

    private static async Task WriteAsync(IPage viewer, string session)
    {
        await viewer.GotoAsync(session);
        var now = HelsinkiNow;
        await viewer.Locator("#record-viewing_time").FillAsync($"{now.AddDays(1):yyyy-MM-ddTHH:mm}");
        await viewer.Locator("#record-matter").FillAsync("Lasi rikottu yöllä");
        await viewer.Locator("#record-matter_time").FillAsync($"{now.AddHours(-3):yyyy-MM-ddTHH:mm}");
        await viewer.Locator("#record-ground").FillAsync("Rikosepäily");
        await viewer.Locator("#record-decider").SelectOptionAsync(FirstSignIn.User);
        await viewer.GetByRole(AriaRole.Button, new() { Name = "Tallenna pöytäkirja" }).ClickAsync();
        await Expect(viewer.Locator("#record-viewing_time-problem")).ToHaveTextAsync("Katseluajan on oltava katselun alkamisen jälkeen eikä tulevaisuudessa.");
        await Expect(viewer.Locator("#record-matter")).ToHaveValueAsync("Lasi rikottu yöllä");
        await viewer.Locator("#record-viewing_time").FillAsync($"{now:yyyy-MM-ddTHH:mm}");
        await viewer.GetByRole(AriaRole.Button, new() { Name = "Tallenna pöytäkirja" }).ClickAsync();
        await Expect(viewer.GetByRole(AriaRole.Status)).ToHaveTextAsync("Katselu on kirjattu.");
    }

    private static async Task DeliverAndDestroyAsync(IPage viewer)
    {
        await viewer.GotoAsync("/cameras/copies");
        await viewer.Locator("[name=recipient_ref]").FillAsync("5500/R/1/26");
        await viewer.GetByRole(AriaRole.Button, new() { Name = "Luovutettu poliisille" }).ClickAsync();
        await Expect(viewer.GetByRole(AriaRole.Status)).ToHaveTextAsync("Luovutus on kirjattu.");
        await viewer.Locator("[name=method]").FillAsync("Ylikirjoitettu");
        await viewer.Locator("form[id^=copy] button.grave").ClickAsync();
        await Expect(viewer.GetByRole(AriaRole.Status)).ToHaveTextAsync("Hävitys on kirjattu.");
    }

    private async Task CompareAsync()
    {
        var officer = await console.PageAsync("en");
        // The page's days are Finland's, which begin before those of UTC.
        var today = $"{HelsinkiNow:yyyy-MM-dd}";
        await officer.GotoAsync("/cameras/compare");
        await officer.Locator("#compare-from_time").FillAsync(today);
        await officer.Locator("#compare-to_time").FillAsync(today);
        await officer.Locator("#compare-log_csv").FillAsync("viewed_at,user\n2026-11-01T10:00:00+02:00,kimmo\n");
        await officer.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Expect(officer.Locator("#compare-log_csv-problem")).ToContainTextAsync("A column is missing");
        await officer.Locator("#compare-log_csv").FillAsync($"viewed_at,user,branch,camera\n{today}T00:01:00+02:00,tuntematon,{Pages.Branch},aula\n");
        await officer.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Expect(officer.GetByRole(AriaRole.Heading, new() { Name = "Viewings without a record" })).ToBeVisibleAsync();
        await Expect(officer.GetByText("tuntematon").First).ToBeVisibleAsync();
        await Expect(officer.GetByRole(AriaRole.Heading, new() { Name = "Records without a viewing" })).ToBeVisibleAsync();
    }
}
