using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>New patrons, and what is kept about patrons beside their data: consents, messages, notes.</summary>
[Collection(nameof(RunningConsole))]
public sealed class PatronOfficeTests(RunningConsole console)
{
    [Fact]
    public async Task A_patron_is_made_and_given_a_card_that_signs_in()
    {
        var page = await console.PageAsync();
        await page.GotoAsync("/patrons/new");
        await page.Locator("#patron-surname").FillAsync("Uusi");
        await page.Locator("#patron-first_names").FillAsync("Ulla");
        await page.Locator("#patron-date_of_birth").FillAsync("1979-10-06");
        await page.Locator("#patron-identity_code").FillAsync("061079-9244");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tallenna asiakas" }).ClickAsync();
        await Expect(page.Locator("#patron-identity_code-problem, p.problem")).ToHaveTextAsync("Toisella asiakkaalla on tämä henkilötunnus.");
        await Expect(page.Locator("#patron-surname")).ToHaveValueAsync("Uusi");

        await page.Locator("#patron-identity_code").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tallenna asiakas" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Asiakas on tallennettu. Anna seuraavaksi kortti.");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Ulla Uusi");
        await page.Locator("#card-card_number").FillAsync("29909090000215");
        await page.Locator("#card-pin").FillAsync("2727");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anna kortti" }).ClickAsync();
        await Expect(page.Locator("#card-card_number-problem")).ToHaveTextAsync("Tämä ei ole kirjastokortin numero: tarkista pituus ja tarkistusnumero.");

        await page.Locator("#card-card_number").FillAsync("29909090000208");
        await page.Locator("#card-pin").FillAsync("7193");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anna kortti" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Kortti on annettu");
        var own = await OwnView.SignedInAsync(console, "fi", "29909090000208", "7193");
        await Expect(own.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Ulla Uusi");
    }

    [Fact]
    public async Task A_PIN_is_set_at_the_desk_and_locked_again()
    {
        var page = await console.PageAsync("en");
        await page.GoToPatronAsync("demo-lukko");
        Assert.True(await IsLockedAsync());
        await page.Locator("summary").GetByText("PIN", new() { Exact = true }).ClickAsync();
        await page.Locator("#pin-pin").FillAsync("1234");
        await page.Locator("#pin button").ClickAsync();
        await Expect(page.Locator("#pin-pin-problem")).ToContainTextAsync("choose another");
        await page.Locator("#pin-pin").FillAsync("7391");
        await page.Locator("#pin button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The PIN is changed.");
        Assert.False(await IsLockedAsync());

        await page.Locator("summary").GetByText("PIN", new() { Exact = true }).ClickAsync();
        await page.Locator("#lock-pin-reason").FillAsync("The card was shown to others");
        await page.Locator("#lock-pin button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The PIN is locked until a new one is set.");
        Assert.True(await IsLockedAsync());

        async Task<bool> IsLockedAsync() => (await PatronAsync("demo-lukko")).Cards.Single().Guesses?.LockedForGood ?? false;
    }

    [Fact]
    public async Task Contact_data_and_permissions_that_staff_changes_are_stored()
    {
        var page = await console.PageAsync("en");
        await page.GoToPatronAsync("demo-olli");
        await page.GetByText("Change contact …").ClickAsync();
        await page.Locator("#contact-email").FillAsync("no address");
        await page.Locator("#contact button").ClickAsync();
        await Expect(page.Locator("#contact-email-problem")).ToBeVisibleAsync();
        await page.Locator("#contact-email").FillAsync("olli@example.invalid");
        await page.Locator("#contact-street").FillAsync("Mallikatu 3");
        await page.Locator("#contact button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The contact data are stored, and the log says so.");
        await page.Locator("#permission-registered_on").FillAsync("2026-11-03");
        await page.Locator("#permission-extended_time").CheckAsync();
        await page.Locator("#permission button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The permissions are stored.");
        await Expect(page.Locator("#permission-extended_time")).ToBeCheckedAsync();

        var held = await PatronAsync("demo-olli");
        Assert.Equal(("Mallikatu 3", "olli@example.invalid"), (held.Contact.Address.Street, held.Contact.Email));
        Assert.Equal(("2026-11-03", true), (held.RegisteredOn, held.ExtendedTime));
    }

    [Fact]
    public async Task A_customer_id_that_somebody_has_makes_no_new_patron_and_changes_nobody()
    {
        var page = await console.PageAsync("sv");
        await page.GotoAsync("/patrons/new");
        await page.Locator("#patron-surname").FillAsync("Annan");
        await page.Locator("#patron-date_of_birth").FillAsync("1980-01-01");
        // The second one's data nobody may read here: the number is taken all the same.
        foreach (var taken in new[] { "demo-ehto", "demo-rauha" })
        {
            await page.Locator("#patron-customer_id").FillAsync(taken);
            await page.GetByRole(AriaRole.Button, new() { Name = "Spara kunden" }).ClickAsync();
            await Expect(page.Locator("#patron-customer_id-problem")).ToHaveTextAsync("Det finns redan en kund med detta nummer.");
            await Expect(page.Locator("#patron-customer_id")).ToHaveValueAsync(taken);
        }

        var patron = await new PatronService.PatronServiceClient(console.Register).GetPatronAsync(new GetPatronRequest { CustomerId = "demo-ehto" });
        Assert.Equal("Ehdoton", patron.Patron.Surname);
    }

    [Fact]
    public async Task A_consent_is_recorded_and_withdrawn_and_each_stands_in_the_ledger()
    {
        var page = await console.PageAsync("en");
        await page.GoToPatronAsync("demo-vesa");
        await page.GetByRole(AriaRole.Link, new() { Name = "Consents" }).ClickAsync();
        await page.Locator("#consent-kind").SelectOptionAsync("LoanHistory");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The consent is recorded.");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Loan history" })).ToContainTextAsync("given");

        await page.Locator("#consent-kind").SelectOptionAsync("LoanHistory");
        await page.GetByLabel("withdrawn").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record it" }).ClickAsync();
        await Expect(page.Locator("tbody tr").Filter(new() { HasText = "Loan history" })).ToHaveCountAsync(2);
        var stands = await new ConsentService.ConsentServiceClient(console.Register).ListConsentsAsync(new ListConsentsRequest { CustomerId = "demo-vesa" });
        Assert.Equal(ConsentState.Refused, Assert.Single(stands.Standings, one => one.Kind == ConsentKind.LoanHistory).State);
    }

    [Fact]
    public async Task A_message_reaches_the_patrons_own_view_and_one_among_staff_does_not()
    {
        var page = await console.PageAsync("en");
        await page.GoToPatronAsync("demo-kerttu", "messages");
        await page.Locator("#message-body").FillAsync("Your parcel of books comes on Tuesday");
        await page.GetByRole(AriaRole.Button, new() { Name = "Store the message" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The message is stored.");
        await page.GetByLabel("among staff").CheckAsync();
        await page.Locator("#message-body").FillAsync("Ring the bell twice");
        await page.GetByRole(AriaRole.Button, new() { Name = "Store the message" }).ClickAsync();
        await Expect(page.GetByText("Ring the bell twice")).ToBeVisibleAsync();
        var own = await OwnView.SignedInAsync(console, "en", "29909090000133", "5802");
        await Expect(own.GetByText("Your parcel of books comes on Tuesday")).ToBeVisibleAsync();
        await Expect(own.GetByText("Ring the bell twice")).ToHaveCountAsync(0);

        var message = page.Locator("li").Filter(new() { HasText = "Ring the bell twice" });
        await message.GetByText("Remove …").ClickAsync();
        await message.GetByRole(AriaRole.Button, new() { Name = "Remove the message" }).ClickAsync();
        await Expect(message.GetByText("Write why this is done.")).ToBeVisibleAsync();
        await message.GetByLabel("Reason").FillAsync("The bell is gone");
        await message.GetByRole(AriaRole.Button, new() { Name = "Remove the message" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The message is removed.");
        await Expect(page.GetByText("Ring the bell twice")).ToHaveCountAsync(0);
        await Expect(page.Locator("li").Filter(new() { HasText = "The bell is gone" })).ToContainTextAsync("a message was removed");
    }

    [Fact]
    public async Task A_note_about_an_unsettled_matter_marks_the_patron_until_it_is_settled()
    {
        var page = await console.PageAsync("en");
        await page.GoToPatronAsync("demo-lukko", "messages");
        await page.Locator("#note-body").FillAsync("Says a returned book is still on loan");
        await page.GetByLabel("The matter is unsettled").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Store the note" }).ClickAsync();
        await Expect(page.Locator(".title .tag").GetByText("Unsettled matter")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as settled" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The matter is marked as settled.");
        await Expect(page.Locator(".title .tag").GetByText("Unsettled matter")).ToHaveCountAsync(0);
    }

    private async Task<Patron> PatronAsync(string customer) =>
        (await new PatronService.PatronServiceClient(console.Register).GetPatronAsync(new GetPatronRequest { CustomerId = customer })).Patron;
}
