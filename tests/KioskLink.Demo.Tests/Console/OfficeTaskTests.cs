using KioskLink.Protos.Register.V1;
using KioskLink.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>Applications, requests, retention, cameras, audit and accounts: the main task of each page.</summary>
[Collection(nameof(RunningConsole))]
public sealed class OfficeTaskTests(RunningConsole console)
{
    [Fact]
    public async Task An_application_that_the_robot_is_not_sure_of_is_decided_by_staff_with_a_reason()
    {
        var applications = new ApplicationService.ApplicationServiceClient(console.Register);
        await applications.SubmitApplicationAsync(new SubmitApplicationRequest
        {
            Applicant = new Applicant { Surname = "Hakija", FirstNames = "Helmi", DateOfBirth = "1990-02-03", Municipality = "Lahti", Channel = "web", Reference = "hakemus-1" },
        });
        var page = await console.PageAsync();
        await page.GotoAsync("/applications");
        await page.GetByRole(AriaRole.Button, new() { Name = "Aja robotti nyt" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("jäi ratkaistavaksi");
        await page.GetByRole(AriaRole.Link, new() { Name = "Helmi Hakija" }).ClickAsync();
        await page.GetByLabel("Uusi asiakas").CheckAsync();
        await page.Locator("#decide-reason").FillAsync("Henkilöllisyys todettu palvelupisteessä");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vie rekisteriin" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Hakemus on viety rekisteriin.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Avaa asiakkaan sivu" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Helmi Hakija");
    }

    [Fact]
    public async Task A_request_of_a_data_subject_is_opened_proven_and_handed_out_as_a_file()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/requests");
        await page.Locator("#request-customer_id").FillAsync("demo-kerttu");
        await page.Locator("#request-kind").SelectOptionAsync("Inspect");
        await page.Locator("#request-channel").SelectOptionAsync("desk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the request" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Answer by");
        await page.GetByRole(AriaRole.Link, new() { Name = "Inspect" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The identity is proven.");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "For reading" }).ClickAsync());
        Assert.Contains("Kotipalvelu", await File.ReadAllTextAsync((await download.PathAsync())!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retention_rule_is_previewed_and_nothing_is_removed()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/retention");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview Applications" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Applications: 0 would be removed.");
        await Expect(page.GetByText("Counted").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_removal_is_approved_with_a_reason_and_then_run()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/retention");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview Unused customerships" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Unused customerships: 0 would be removed.");
        var row = page.Locator("[aria-labelledby=runs-title] tbody tr").Filter(new() { HasText = "Unused customerships" }).First;
        await row.GetByText("Approve …").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Approve the removal" }).ClickAsync();
        await Expect(row.GetByText("Write why this is done.")).ToBeVisibleAsync();
        await row.Locator("input[name=reason]").FillAsync("The yearly round");
        await row.GetByRole(AriaRole.Button, new() { Name = "Approve the removal" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The removal is approved. It can be run now.");
        Assert.Equal((RetentionRunState.Approved, "The yearly round"), await RunAsync());
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove now" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Unused customerships: 0 removed.");
        Assert.Equal((RetentionRunState.Done, "The yearly round"), await RunAsync());

        async Task<(RetentionRunState State, string Approval)> RunAsync()
        {
            var runs = await new RetentionService.RetentionServiceClient(console.Register).ListRunsAsync(new ListRunsRequest());
            var run = runs.Runs.Where(one => one.Rule == "inactive-patrons").MaxBy(one => one.Id)!;
            return (run.State, run.Approval);
        }
    }

    [Fact]
    public async Task An_application_is_rejected_with_a_reason()
    {
        var applications = new ApplicationService.ApplicationServiceClient(console.Register);
        var sent = await applications.SubmitApplicationAsync(new SubmitApplicationRequest
        {
            Applicant = new Applicant { Surname = "Hakija", FirstNames = "Hylli", DateOfBirth = "1992-02-03", Municipality = "Lahti", Channel = "web", Reference = "hakemus-7" },
        });
        var page = await console.PageAsync("en");
        await page.GotoAsync($"/applications/{sent.Application.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject the application" }).ClickAsync();
        await Expect(page.Locator("#reject-reason-problem")).ToHaveTextAsync("Write why this is done.");
        await page.Locator("#reject-reason").FillAsync("Sent by mistake");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject the application" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The application is rejected.");
        var held = (await applications.GetApplicationAsync(new GetApplicationRequest { Id = sent.Application.Id })).Application;
        Assert.Equal((ApplicationState.Rejected, "Sent by mistake"), (held.State, held.DecisionReason));
    }

    [Fact]
    public async Task R79_R80_A_request_is_extended_and_refused_and_its_certificate_is_taken()
    {
        var subjects = new DataSubjectService.DataSubjectServiceClient(console.Register);
        var asked = (await subjects.OpenRequestAsync(
            new OpenRequestRequest { CustomerId = "demo-jane", Kind = RequestKind.Rectify, Channel = "desk", IdentifiedBy = "in-person-id-document" })).Request;
        var page = await console.PageAsync("en");
        await page.GotoAsync($"/requests/{asked.Id}");
        await page.Locator("#extend-months").SelectOptionAsync("2");
        await page.Locator("#extend-reason").FillAsync("Many systems");
        await page.Locator("#extend button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The answer is now due");
        var extended = (await subjects.GetRequestAsync(new GetRequestRequest { RequestId = asked.Id })).Request;
        Assert.Equal((asked.DueOn, "Many systems"), (extended.ExtendedFrom, extended.ExtensionReason));

        await page.Locator("#refuse-reason").FillAsync("The population register says the same");
        await page.Locator("#refuse button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The request is refused. The certificate is ready.");
        Assert.Equal(RequestState.Refused, (await subjects.GetRequestAsync(new GetRequestRequest { RequestId = asked.Id })).Request.State);
        var certificate = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Certificate of refusal" }).ClickAsync());
        Assert.Contains("The population register says the same", await File.ReadAllTextAsync((await certificate.PathAsync())!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_is_announced_and_ended()
    {
        var outages = new OutageService.OutageServiceClient(console.Register);
        var page = await console.PageAsync("en");
        await page.GotoAsync("/outages");
        await page.Locator("#outage input[value=Unplanned]").CheckAsync();
        await page.Locator("#outage input[name=services][value=EServices]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Announce", Exact = true }).ClickAsync();
        await Expect(page.Locator("#outage-reason-problem")).ToHaveTextAsync("Write why this is done.");
        await page.Locator("#outage-reason").FillAsync("A cut cable");
        await page.GetByRole(AriaRole.Button, new() { Name = "Announce", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The outage is announced.");
        var held = Assert.Single((await outages.ListOutagesAsync(new ListOutagesRequest())).Outages, one => one.Reason == "A cut cable");
        Assert.Equal((OutageKind.Unplanned, LibraryService.EServices), (held.Kind, Assert.Single(held.Services)));

        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "A cut cable" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The outage is over.");
        await Expect(page.GetByText("A cut cable")).ToHaveCountAsync(0);
        Assert.DoesNotContain((await outages.ListOutagesAsync(new ListOutagesRequest())).Outages, one => one.Id == held.Id);
    }

    [Fact]
    public async Task A_viewing_right_is_given_and_ended_with_a_reason()
    {
        await new StaffService.StaffServiceClient(console.Register).CreateAccountAsync(
            new CreateAccountRequest { UserName = "liisa", PersonName = "Liisa Lasi", Roles = { StaffRole.CameraViewer } });
        var page = await console.PageAsync("en");
        await page.GotoAsync("/cameras/rights");
        await page.GetByLabel("User name").FillAsync("liisa");
        await page.GetByLabel("Reference of the undertaking").FillAsync("D/1/2026");
        await page.GetByLabel("Undertaking signed on").FillAsync("2026-11-01");
        await page.GetByLabel("Last day").FillAsync($"{TimeProvider.System.GetUtcNow().AddDays(30):yyyy-MM-dd}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give the right" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The viewing right is given.");
        await page.GetByText("End …").First.ClickAsync();
        await page.Locator("form[id^=revoke] input[name=reason]").First.FillAsync("Tried out");
        await page.GetByRole(AriaRole.Button, new() { Name = "End the right" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The viewing right has ended.");
    }

    [Fact]
    public async Task The_audit_log_shows_who_looked_at_whom_and_proves_itself_whole()
    {
        var page = await console.PageAsync("en");
        await page.SearchAsync("demo-rauha");
        await page.GotoAsync("/audit");
        await Expect(page.GetByText("PatronService/GetPatron").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify the chain" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The chain is whole");
    }

    [Fact]
    public async Task The_audit_log_is_narrowed_to_a_patron_whose_number_stands_in_no_address()
    {
        var page = await console.PageAsync("en");
        await page.SearchAsync("demo-rauha");
        await page.GotoAsync("/nodes");
        await page.GotoAsync("/audit");
        await page.Locator("#filter-customer").FillAsync("demo-rauha");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();

        await Expect(page.GetByText("PatronService/GetPatron").First).ToBeVisibleAsync();
        await Expect(page.GetByText("AuditService/Verify")).ToHaveCountAsync(0);
        await Expect(page.Locator("#filter-customer")).ToHaveValueAsync("demo-rauha");
        Assert.Equal($"{console.Address}/audit", page.Url);

        await page.Locator("#filter-customer").FillAsync("nobody-at-all");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "All rows" }).ClickAsync();
        await Expect(page.Locator("#filter-customer")).ToHaveValueAsync("");
        await Expect(page.Locator("table tbody tr").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_application_s_tag_speaks_of_one_application_in_each_language()
    {
        var applications = new ApplicationService.ApplicationServiceClient(console.Register);
        var sent = await applications.SubmitApplicationAsync(new SubmitApplicationRequest
        {
            Applicant = new Applicant { Surname = "Hakija", FirstNames = "Yksi", DateOfBirth = "1991-02-03", Municipality = "Lahti", Channel = "web", Reference = "hakemus-9" },
        });
        await applications.RejectApplicationAsync(new RejectApplicationRequest { Id = sent.Application.Id, Reason = "sent twice" });
        foreach (var (language, word) in new[] { ("fi", "Hylätty"), ("sv", "Avslagen"), ("en", "Rejected") })
        {
            var page = await console.PageAsync(language);
            await page.GotoAsync("/applications?state=Rejected");
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Yksi Hakija" }).Locator(".tag")).ToHaveTextAsync(word);
            await page.GotoAsync($"/applications/{sent.Application.Id}");
            await Expect(page.Locator("h1 ~ .tag, .tag").First).ToHaveTextAsync(word);
        }
    }

    [Fact]
    public async Task R16_A_responsible_person_who_is_no_patron_has_data_corrected_and_its_processing_restricted()
    {
        var patrons = new PatronService.PatronServiceClient(console.Register);
        var child = new Patron
        {
            CustomerId = "office-child",
            Surname = "Lapsonen",
            FirstNames = "Onni",
            DateOfBirth = "2016-05-01",
            Group = "child",
            Language = Protos.Types.V1.Language.Fi,
            Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Huoltajanen", FirstNames = "Matti", Role = ResponsibleRole.Guardian } } },
        };
        var person = (await patrons.UpsertPatronAsync(new UpsertPatronRequest { Patron = child })).Patron.Responsible.Persons[0].PersonId;
        var page = await console.PageAsync("en");

        await OpenAsync(page, person, "Rectify");
        await page.Locator("#rectify-field").SelectOptionAsync("surname");
        await page.Locator("#rectify-new_value").FillAsync("Huoltaja");
        await page.Locator("#rectify button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await page.GoToPatronAsync("office-child");
        await Expect(page.GetByText($"Matti Huoltaja (responsible person {person})")).ToBeVisibleAsync();

        foreach (var kind in new[] { "Restrict", "Object" })
        {
            await OpenAsync(page, person, kind);
            await page.Locator("#restrict button").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        }

        await page.GoToPatronAsync("office-child");
        await Expect(page.GetByText("Huoltaja")).ToHaveCountAsync(0);
    }

    private static async Task OpenAsync(IPage page, string person, string kind)
    {
        await page.GotoAsync("/requests");
        await page.Locator("#request-person_id").FillAsync(person);
        await page.Locator("#request-kind").SelectOptionAsync(kind);
        await page.Locator("#request button").ClickAsync();
        var opened = await page.GetByRole(AriaRole.Status).InnerTextAsync();
        await page.GotoAsync($"/requests/{opened.Split(' ').First(word => word.All(char.IsDigit))}");
        await page.Locator("#prove-identified_by").SelectOptionAsync("in-person-id-document");
        await page.Locator("#prove button").ClickAsync();
        await Expect(page.Locator("#prove")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_account_is_made_with_a_secret_that_is_shown_once()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/staff");
        await page.Locator("#account-user_name").FillAsync("ville");
        await page.Locator("#account-person_name").FillAsync("Ville Virkailija");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Expect(page.Locator(".secret")).Not.ToBeEmptyAsync();
        await page.GotoAsync("/staff");
        await Expect(page.Locator(".secret")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Ville Virkailija").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_alarm_is_taken_with_a_note_and_is_over_when_its_cause_is()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/alarms");
        await Expect(page.GetByText("Device front-reader does not answer")).ToHaveCountAsync(0);
        await console.StepAsync("reader unplug");
        try
        {
            await Patience.Until(async () =>
            {
                await page.GotoAsync("/alarms");
                return await page.GetByText("Device front-reader does not answer").CountAsync() > 0;
            }, "the alarm is listed");
            var row = page.Locator("tr").Filter(new() { HasText = "Device front-reader does not answer" });
            await row.GetByText("Acknowledge …").ClickAsync();
            await row.GetByLabel("What is being done").FillAsync("I go and look");
            await row.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The alarm is acknowledged.");
            await page.GetByRole(AriaRole.Link, new() { Name = "Acknowledged", Exact = true }).ClickAsync();
            await Expect(page.GetByText("I go and look")).ToBeVisibleAsync();
            // Who looks after the doors reads of it in the page's language.
            var finnish = await console.PageAsync("fi");
            await finnish.GotoAsync("/doors");
            await Expect(finnish.Locator(".alarms")).ToContainTextAsync("Laite front-reader ei vastaa");
        }
        finally
        {
            await console.StepAsync("reader replug");
        }

        await Patience.Until(async () =>
        {
            await page.GotoAsync("/alarms?show=over");
            return await page.GetByText("I go and look").CountAsync() > 0;
        }, "the alarm is over");
    }

    [Fact]
    public async Task Self_service_is_suspended_with_a_reason_and_goes_on()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/outages");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await Expect(page.Locator("#suspend-reason-problem")).ToHaveTextAsync("Write why this is done.");
        await page.Locator("#suspend-reason").FillAsync("Water damage");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Self-service is suspended.");
        await page.GetByText("Resume …").ClickAsync();
        await page.Locator("form[id^=resume] input[name=reason]").FillAsync("Dry again");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume self-service" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Self-service goes on.");
    }

    [Fact]
    public async Task R82_Staff_reads_on_the_outages_page_that_the_contacts_are_still_examples()
    {
        var page = await console.PageAsync("en");
        await page.GotoAsync("/outages");
        await Expect(page.GetByRole(AriaRole.Note).Filter(new() { HasText = "The contacts are examples" })).ToContainTextAsync("000 000 0000, kirjasto@lastu.example");
    }

    [Fact]
    public async Task A_patron_is_found_by_name_and_by_birthday()
    {
        var page = await console.PageAsync();
        foreach (var text in new[] { "esim ai", "17.3.1977" })
        {
            await page.GotoAsync("/doors");
            await page.Locator("#search").FillAsync(text);
            await page.Locator("#search").PressAsync("Enter");
            await page.GetByRole(AriaRole.Link, new() { Name = "Esimerkki, Aino" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Aino Esimerkki");
        }
    }
}
