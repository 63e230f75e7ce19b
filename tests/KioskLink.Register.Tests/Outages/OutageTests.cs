using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using NodaTime;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Outages;

/// <summary>Planned breaks and unplanned outages of services (R82-R88).</summary>
public sealed class OutageTests
{
    /// <summary>An outage that nobody planned and that leaves the doors alone.</summary>
    public static AddOutageRequest Unplanned(params LibraryService[] services) => new()
    {
        Outage = new Outage
        {
            Kind = OutageKind.Unplanned,
            Scope = OutageScope.Consortium,
            Services = { services.Length > 0 ? services : [LibraryService.Login, LibraryService.Availability] },
            Reason = "the library system does not answer",
        },
    };

    /// <summary>A break from tomorrow for ten hours.</summary>
    public static AddOutageRequest Planned(Instant now, Action<Outage>? change = null)
    {
        var outage = new Outage
        {
            Kind = OutageKind.Planned,
            Scope = OutageScope.Consortium,
            StartTime = (now + Duration.FromDays(1)).ToProto(),
            EndTime = (now + Duration.FromHours(34)).ToProto(),
            Services = { LibraryService.Login },
            Reason = "update",
        };
        change?.Invoke(outage);
        return new AddOutageRequest { Outage = outage };
    }

    [Theory]
    [InlineData(Wire.Language.Fi, "Järjestelmissä on häiriö", "Yhteys: 03 123 4567, 000 000 0000, kirjasto@lastu.example")]
    [InlineData(Wire.Language.Sv, "Det är en störning", "Kontakt: 03 123 4567, 000 000 0000, kirjasto@lastu.example")]
    [InlineData(Wire.Language.En, "The systems are disturbed", "Contact: 03 123 4567, 000 000 0000, kirjasto@lastu.example")]
    public async Task R82_Of_an_unplanned_outage_patrons_read_whom_to_ask_and_no_end(Wire.Language language, string begins, string contact)
    {
        await using var register = await TestRegister.StartAsync();
        var branch = TestRegister.Branch(TestRegister.Main);
        branch.HelpPhone = "03 123 4567";
        await register.ApplyAsync(branch);
        await register.Outages.AddOutage(Unplanned(), TestCall.Admin());

        var notice = Assert.Single((await StatusAsync(register, TestRegister.Main, language)).Notices);

        Assert.StartsWith(begins, notice.Text, StringComparison.Ordinal);
        Assert.EndsWith($"{contact}.", notice.Text, StringComparison.Ordinal);
        Assert.Equal((OutageKind.Unplanned, null, true), (notice.Kind, notice.EndTime, notice.InForce));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "outage.end_time", () =>
        {
            var ended = Unplanned();
            ended.Outage.EndTime = (register.Now + Duration.FromHours(1)).ToProto();
            return register.Outages.AddOutage(ended, TestCall.Admin());
        });
    }

    [Fact]
    public async Task R82_What_staff_wrote_keeps_the_contacts_and_names_none_twice_in_the_register_at_the_nodes_and_when_it_is_stored_again()
    {
        await using var register = await TestRegister.StartAsync();
        var branch = TestRegister.Branch(TestRegister.Main);
        branch.HelpPhone = "03 123 4567";
        await register.ApplyAsync(branch);
        var request = Unplanned();
        request.Outage.Notices.Add(new Wire.Notice { Language = Wire.Language.Fi, Text = "Verkkokirjasto on poissa. Soita 03 123 4567." });
        var added = (await register.Outages.AddOutage(request, TestCall.Admin())).Outage;

        const string told = "Verkkokirjasto on poissa. Soita 03 123 4567. Yhteys: 000 000 0000, kirjasto@lastu.example.";
        Assert.Equal(told, Assert.Single((await StatusAsync(register, TestRegister.Main, Wire.Language.Fi)).Notices).Text);
        var held = register.Core.Index.Branch(TestRegister.Main)!.Facts.Branch.Maintenance.Single();
        Assert.Equal(told, held.Notices.Single(notice => notice.Language == Wire.Language.Fi).Text);
        var again = await register.Outages.ChangeOutage(new ChangeOutageRequest { OutageId = added.Id, Notices = { added.Notices.Where(notice => notice.Language == Wire.Language.Fi) } }, TestCall.Admin());
        Assert.Equal(added.Notices.Single(notice => notice.Language == Wire.Language.Fi), again.Outage.Notices.Single(notice => notice.Language == Wire.Language.Fi));
    }

    [Fact]
    public void R82_A_profile_that_names_nobody_to_ask_does_not_load_and_each_shipped_one_names_examples_that_reach_nobody()
    {
        foreach (var profile in Register.Profiles.ProfileReader.Shipped.Select(Register.Profiles.ProfileReader.Load))
        {
            Assert.All(profile.Outages.Contacts, contact => Assert.True(contact.StartsWith("000 ", StringComparison.Ordinal) || contact.EndsWith(".example", StringComparison.Ordinal)));
            Assert.Contains("outages.contacts", Register.Profiles.ProfileCheck.Problem(profile with { Outages = profile.Outages with { Contacts = [] } }), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("000 000 0000", true)]
    [InlineData("library@lastu.example", true)]
    [InlineData("library@example.org ", true)]
    [InlineData("03 814 000", false)]
    [InlineData("kirjasto@kirjasto.fi", false)]
    [InlineData("Kysy kirjastosta", false)]
    public void R82_A_contact_of_zeros_or_of_a_domain_of_examples_reaches_nobody(string contact, bool example) =>
        Assert.Equal(example ? [contact] : [], Register.Profiles.OutageCheck.Examples(new() { Contacts = [contact] }));

    [Fact]
    public async Task R83_A_planned_break_is_announced_beforehand_with_start_estimated_end_and_services()
    {
        await using var register = await TestRegister.StartAsync();
        var planned = Planned(register.Now, outage =>
        {
            outage.StartTime = Helsinki(2027, 1, 13, 20).ToProto();
            outage.EndTime = Helsinki(2027, 1, 14, 6).ToProto();
        });
        register.Time.SetWallClock(Helsinki(2027, 1, 1, 12).ToDateTimeOffset());
        var added = (await register.Outages.AddOutage(planned, TestCall.Admin())).Outage;

        Assert.Equal(Helsinki(2027, 1, 6, 20), added.AnnounceTime.FromProto());
        Assert.Empty((await StatusAsync(register)).Notices);
        register.Time.SetWallClock(Helsinki(2027, 1, 6, 20).ToDateTimeOffset());
        var notice = Assert.Single((await StatusAsync(register)).Notices);

        Assert.Equal(("Huoltokatko ke 13.1. klo 20.00 – to 14.1. klo 6.00 (arvio).", false), (notice.Text[..(notice.Text.IndexOf(')', StringComparison.Ordinal) + 2)], notice.InForce));
        Assert.Empty((await StatusAsync(register)).Down);
        Assert.Contains(LibraryService.Login, notice.Services);
    }

    [Fact]
    public async Task R83_Nodes_hold_a_break_and_its_texts_before_it_begins_and_what_staff_wrote_goes_first()
    {
        await using var register = await TestRegister.StartAsync();
        var added = (await register.Outages.AddOutage(
            Planned(register.Now, outage => outage.Notices.Add(new Wire.Notice { Language = Wire.Language.En, Text = "Back by breakfast." })), TestCall.Admin())).Outage;

        var held = register.Core.Index.Branch(TestRegister.Main)!.Facts.Branch.Maintenance.Single();

        Assert.Equal((added.Id, false, false), (held.Id, held.DoorsAffected, held.Unplanned));
        Assert.Equal(["Back by breakfast. Contact: 000 000 0000, kirjasto@lastu.example."], held.Notices.Where(notice => notice.Language == Wire.Language.En).Select(notice => notice.Text));
        Assert.Equal(3, held.Notices.Count);
    }

    [Theory]
    [InlineData("e-service", LibraryService.EServices)]
    [InlineData("pc-booking", LibraryService.PcBooking)]
    [InlineData("checkout", LibraryService.Checkout)]
    [InlineData("self-service", LibraryService.Login)]
    public async Task R84_What_is_down_answers_unavailable_with_maintenance_and_answers_again_afterwards(string purpose, LibraryService service)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var outage = (await register.Outages.AddOutage(Unplanned(service), TestCall.Admin())).Outage;

        await Refusals.RefusedAsync(StatusCode.Unavailable, "MAINTENANCE", () => VerifyAsync(register, card, purpose));
        Assert.Empty(register.Card(card).Facts.Guesses.WrongTimes);
        await register.Outages.EndOutage(new EndOutageRequest { OutageId = outage.Id }, TestCall.Admin());

        Assert.True((await VerifyAsync(register, card, purpose)).Valid);
    }

    [Fact]
    public async Task R84_A_patron_s_own_loans_are_down_with_the_login_and_staff_still_sees_them()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.Outages.AddOutage(Unplanned(), TestCall.Admin());
        var own = new GetLoanStatusRequest { CardNumber = card, Pin = TestRegister.Digits(TestRegister.Pin), AttemptId = "1", DeviceId = "machine", DeviceRole = DeviceRole.SelfCheck };

        await Refusals.RefusedAsync(StatusCode.Unavailable, "MAINTENANCE", () => register.Loans.GetLoanStatus(own, TestCall.Node()));

        Assert.True((await register.Loans.GetLoanStatus(new GetLoanStatusRequest { CustomerId = "10001" }, TestCall.Admin())).Valid);
    }

    [Fact]
    public async Task R85_What_depends_on_a_service_is_down_with_it()
    {
        await using var register = await TestRegister.StartAsync();
        var outage = (await register.Outages.AddOutage(Unplanned(LibraryService.Login), TestCall.Admin())).Outage;

        Assert.Equal([LibraryService.Login], outage.Services);
        Assert.Equal(
            [LibraryService.Login, LibraryService.OwnData, LibraryService.Renewals, LibraryService.Holds, LibraryService.EServices, LibraryService.PcBooking],
            outage.AffectedServices);
        Assert.Equal(outage.AffectedServices, (await StatusAsync(register)).Down);
    }

    [Fact]
    public async Task R85_A_window_may_say_itself_what_depends_on_its_services_and_nothing_may()
    {
        await using var register = await TestRegister.StartAsync();
        var request = Unplanned(LibraryService.Login);
        request.Outage.Dependents = new Dependents { Services = { LibraryService.Checkout } };
        var outage = (await register.Outages.AddOutage(request, TestCall.Admin())).Outage;

        Assert.Equal([LibraryService.Checkout], outage.Dependents.Services);
        Assert.Equal([LibraryService.Login, LibraryService.Checkout], outage.AffectedServices);
        await register.RestartAsync();
        Assert.Equal([LibraryService.Login, LibraryService.Checkout], (await StatusAsync(register)).Down);

        var alone = await register.Outages.ChangeOutage(new ChangeOutageRequest { OutageId = outage.Id, Dependents = new Dependents() }, TestCall.Admin());
        Assert.Equal([LibraryService.Login], alone.Outage.AffectedServices);
        Assert.Equal([LibraryService.Login], (await StatusAsync(register)).Down);
        var kept = await register.Outages.ChangeOutage(new ChangeOutageRequest { OutageId = outage.Id, Services = { LibraryService.OwnData } }, TestCall.Admin());
        Assert.Equal([LibraryService.OwnData], kept.Outage.AffectedServices);
    }

    [Fact]
    public async Task R85_The_list_of_one_window_changes_no_other_and_two_that_hold_at_once_add_up()
    {
        await using var register = await TestRegister.StartAsync();
        var own = Unplanned(LibraryService.Holds);
        own.Outage.Dependents = new Dependents { Services = { LibraryService.Availability } };
        await register.Outages.AddOutage(own, TestCall.Admin());
        await register.Outages.AddOutage(Unplanned(LibraryService.OwnData), TestCall.Admin());

        Assert.Equal([LibraryService.OwnData, LibraryService.Renewals, LibraryService.Holds, LibraryService.Availability], (await StatusAsync(register)).Down);
    }

    [Fact]
    public async Task R86_A_break_shuts_the_doors_only_where_it_lists_them()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var quiet = (await register.Outages.AddOutage(Unplanned(), TestCall.Admin())).Outage;
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        await register.Outages.EndOutage(new EndOutageRequest { OutageId = quiet.Id }, TestCall.Admin());

        await register.Outages.AddOutage(Planned(register.Now, outage => outage.Services.Add(LibraryService.Doors)), TestCall.Admin());
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        register.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Maintenance, (await register.EnterAsync(card)).Code);
        register.Time.Advance(TimeSpan.FromHours(10));
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
    }

    [Theory]
    [InlineData(OutageScope.Branch, Maintenance, Granted)]
    [InlineData(OutageScope.Consortium, Maintenance, Maintenance)]
    [InlineData(OutageScope.System, Maintenance, Maintenance)]
    public async Task R88_An_outage_concerns_its_branch_the_consortium_or_the_system(OutageScope scope, Wire.DecisionCode here, Wire.DecisionCode there)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var request = Unplanned(LibraryService.Doors, LibraryService.Login);
        request.Outage.Scope = scope;
        request.Outage.BranchIds.AddRange(scope == OutageScope.Branch ? [TestRegister.Main] : []);
        await register.Outages.AddOutage(request, TestCall.Admin());

        Assert.Equal(here, (await register.EnterAsync(card)).Code);
        Assert.Equal(there, (await register.EnterAsync(card, call: TestCall.Node("other", TestRegister.Other))).Code);
        Assert.Equal(scope != OutageScope.Branch, (await StatusAsync(register)).Down.Contains(LibraryService.Login));
        Assert.Equal(there == Maintenance, (await StatusAsync(register, TestRegister.Other)).Down.Contains(LibraryService.Login));
        Assert.Contains(LibraryService.Login, (await StatusAsync(register, TestRegister.Main)).Down);
    }

    [Theory]
    [InlineData(OutageScope.Consortium)]
    [InlineData(OutageScope.System)]
    public async Task R88_In_one_consortium_s_register_an_outage_of_the_system_reaches_all_that_one_of_the_consortium_does_and_staff_reads_which_it_was(OutageScope scope)
    {
        await using var register = await TestRegister.StartAsync();
        var request = Unplanned(LibraryService.Doors, LibraryService.Holds);
        request.Outage.Scope = scope;
        var added = (await register.Outages.AddOutage(request, TestCall.Admin())).Outage;
        await register.ApplyAsync(TestRegister.Branch("FI-Later"));
        await register.RestartAsync();

        foreach (var place in new[] { "", TestRegister.Main, TestRegister.Other, "FI-Later" })
        {
            Assert.Equal([LibraryService.Holds, LibraryService.Doors], (await StatusAsync(register, place)).Down);
        }

        Assert.All(register.Core.Index.Branches, branch => Assert.Equal([added.Id], branch.Facts.Branch.Maintenance.Select(window => window.Id)));
        Assert.Equal(scope, Assert.Single((await register.Outages.ListOutages(new ListOutagesRequest(), TestCall.Admin())).Outages).Scope);
    }

    [Fact]
    public async Task A_break_that_takes_longer_is_extended_and_one_that_is_over_is_not()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var outage = (await register.Outages.AddOutage(Planned(register.Now, outage => outage.Services.Add(LibraryService.Doors)), TestCall.Admin())).Outage;
        register.Time.Advance(TimeSpan.FromHours(33));
        var later = new ChangeOutageRequest { OutageId = outage.Id, EndTime = (register.Now + Duration.FromHours(5)).ToProto() };
        await register.Outages.ChangeOutage(later, TestCall.Admin());

        register.Time.Advance(TimeSpan.FromHours(4));
        Assert.Equal(Maintenance, (await register.EnterAsync(card)).Code);
        register.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "OUTAGE_OVER", () => register.Outages.ChangeOutage(later, TestCall.Admin()));
    }

    [Fact]
    public async Task Outages_are_still_known_when_the_register_starts_again()
    {
        await using var register = await TestRegister.StartAsync();
        await register.Outages.AddOutage(Unplanned(LibraryService.Holds), TestCall.Admin());

        await register.RestartAsync();

        Assert.Equal([LibraryService.Holds], (await StatusAsync(register)).Down);
        Assert.Single((await register.Outages.ListOutages(new ListOutagesRequest(), TestCall.Admin())).Outages);
    }

    [Fact]
    public async Task Impossible_outages_name_their_field_and_change_nothing()
    {
        await using var register = await TestRegister.StartAsync();

        await WrongAsync(register, "outage.kind", outage => outage.Kind = OutageKind.Unspecified);
        await WrongAsync(register, "outage.scope", outage => outage.Scope = (OutageScope)9);
        await WrongAsync(register, "outage.services", outage => outage.Services.Clear());
        await WrongAsync(register, "outage.services", outage => outage.Services.Add((LibraryService)99));
        await WrongAsync(register, "outage.dependents", outage => outage.Dependents = new Dependents { Services = { (LibraryService)99 } });
        await WrongAsync(register, "outage.dependents", outage => outage.Dependents = new Dependents { Services = { LibraryService.Doors } });
        await WrongAsync(register, "outage.end_time", outage => outage.EndTime = null);
        await WrongAsync(register, "outage.end_time", outage => outage.EndTime = outage.StartTime);
        await WrongAsync(register, "outage.end_time", outage => outage.EndTime = (register.Now + Duration.FromDays(100)).ToProto());
        await WrongAsync(register, "outage.start_time", outage =>
            (outage.StartTime, outage.EndTime) = ((register.Now + Duration.FromDays(500)).ToProto(), (register.Now + Duration.FromDays(501)).ToProto()));
        await WrongAsync(register, "outage.announce_time", outage => outage.AnnounceTime = outage.EndTime);
        await WrongAsync(register, "outage.branch_ids", outage => outage.BranchIds.Add(TestRegister.Main));
        await WrongAsync(register, "outage.branch_ids", outage => outage.Scope = OutageScope.Branch);
        await WrongAsync(register, "outage.reason", outage => outage.Reason = "");
        await WrongAsync(register, "outage.notices.language", outage => outage.Notices.Add(new Wire.Notice { Text = "x" }));
        await Refusals.RefusedAsync(StatusCode.NotFound, "outage", () => register.Outages.EndOutage(new EndOutageRequest { OutageId = "none" }, TestCall.Admin()));
        Assert.Empty((await register.Outages.ListOutages(new ListOutagesRequest { IncludePast = true }, TestCall.Admin())).Outages);
    }

    [Fact]
    public async Task A_node_reads_the_status_of_its_own_branch_only()
    {
        await using var register = await TestRegister.StartAsync();
        await register.Outages.AddOutage(Unplanned(LibraryService.Holds), TestCall.Admin());

        var own = await register.Outages.GetServiceStatus(new GetServiceStatusRequest(), TestCall.Node());

        Assert.Equal([LibraryService.Holds], own.Down);
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "FOREIGN_BRANCH", () =>
            Task.Run(() => register.Outages.GetServiceStatus(new GetServiceStatusRequest { BranchId = TestRegister.Other }, TestCall.Node())));
    }

    private static Instant Helsinki(int year, int month, int day, int hour) =>
        new LocalDateTime(year, month, day, hour, 0).InZoneStrictly(Rules.Branches.OpeningCalendar.Zone).ToInstant();

    private static Task WrongAsync(TestRegister register, string field, Action<Outage> spoil) => Refusals.RefusedAsync(
        StatusCode.InvalidArgument, field, () => register.Outages.AddOutage(Planned(register.Now, spoil), TestCall.Admin()));

    private static Task<GetServiceStatusResponse> StatusAsync(TestRegister register, string branch = "", Wire.Language language = Wire.Language.Unspecified) =>
        register.Outages.GetServiceStatus(new GetServiceStatusRequest { BranchId = branch, Language = language }, TestCall.Admin());

    private static Task<VerifyCredentialsResponse> VerifyAsync(TestRegister register, string card, string purpose) => register.Access.VerifyCredentials(
        new VerifyCredentialsRequest
        {
            CardNumber = card,
            Pin = TestRegister.Digits(TestRegister.Pin),
            Purpose = purpose,
            AttemptId = Guid.NewGuid().ToString("N"),
            DeviceId = "machine",
            DeviceRole = purpose switch
            {
                "pc-booking" => DeviceRole.PcBooking,
                "e-service" => DeviceRole.Unspecified,
                _ => DeviceRole.SelfCheck,
            },
        },
        purpose == "e-service" ? TestCall.Admin() : TestCall.Node());
}
