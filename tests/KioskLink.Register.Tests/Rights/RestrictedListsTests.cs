using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Tests.Applications;
using KioskLink.Register.Tests.Disclosures;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Rights;

/// <summary>Lists of many: a person whose processing is restricted stands in them for the data-protection officer alone (R76).</summary>
public sealed class RestrictedListsTests
{
    private static readonly TestCall Librarian = TestCall.Of(CallerRole.Librarian, "librarian");
    private static readonly TestCall Officer = TestCall.Of(CallerRole.DataProtectionOfficer, "officer");

    [Fact]
    public async Task R76_A_search_by_name_or_birthday_does_not_find_a_restricted_person_and_one_by_number_tells_no_more_than_that()
    {
        await using var register = await StartAsync();

        foreach (var search in new[] { new SearchPatronsRequest { NamePrefix = "koiv" }, new SearchPatronsRequest { DateOfBirth = "1990-05-01" } })
        {
            Assert.Equal(["20002"], (await register.Patrons.SearchPatrons(search, Librarian)).Patrons.Select(patron => patron.CustomerId));
            Assert.Equal(["10001", "20002"], (await register.Patrons.SearchPatrons(search, Officer)).Patrons.Select(patron => patron.CustomerId).Order());
        }

        var masked = (await register.Patrons.SearchPatrons(new SearchPatronsRequest { CustomerIdPrefix = "1000" }, Librarian)).Patrons.Single();
        Assert.Equal(new PatronSummary { CustomerId = "10001", Restricted = true }, masked);
    }

    [Fact]
    public async Task R76_Bans_of_a_restricted_person_are_in_no_list_of_others_and_refused_by_name()
    {
        await using var register = await StartAsync();

        Assert.Equal(["20002"], (await register.Bans.ListBans(new ListBansRequest(), Librarian)).Bans.Select(ban => ban.CustomerId));
        Assert.Equal(["10001", "20002"], (await register.Bans.ListBans(new ListBansRequest(), Officer)).Bans.Select(ban => ban.CustomerId).Order());
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => register.Bans.ListBans(new ListBansRequest { CustomerId = "10001" }, Librarian));
    }

    [Fact]
    public async Task R76_Requests_are_listed_without_whose_they_are_and_certificates_are_refused()
    {
        await using var register = await StartAsync();
        var rights = register.Service<Register.Rights.DataSubjectService>();
        foreach (var customer in new[] { "10001", "20002" })
        {
            await rights.OpenRequest(new OpenRequestRequest { CustomerId = customer, Kind = RequestKind.Rectify, Channel = "desk", IdentifiedBy = "in-person-id-document" }, Officer);
        }

        var refused = await rights.RefuseRequest(new RefuseRequestRequest { RequestId = 1, Reason = "Koivunen is right" }, Officer);

        Assert.Equal(["", "20002"], (await rights.ListRequests(new ListRequestsRequest { IncludeClosed = true }, Librarian)).Requests.Select(request => request.CustomerId).Order());
        var shown = (await rights.GetRequest(new GetRequestRequest { RequestId = 1 }, Librarian)).Request;
        Assert.Equal((refused.Request.Id, "", "", RequestState.Refused), (shown.Id, shown.CustomerId, shown.RefusalReason, shown.State));
        Assert.Equal("10001", (await rights.GetRequest(new GetRequestRequest { RequestId = 1 }, Officer)).Request.CustomerId);
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => rights.ListRequests(new ListRequestsRequest { CustomerId = "10001" }, Librarian));
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => rights.GetCertificate(new GetCertificateRequest { RequestId = 1 }, Librarian));
    }

    [Fact]
    public async Task R76_An_application_of_a_restricted_person_is_in_no_list_and_refused_by_its_id()
    {
        await using var register = await StartAsync();
        var desk = new ApplicationDesk(register);
        var filed = await desk.SubmitAsync(ApplicationDesk.Adult());
        await register.Core.Lane.WriteAsync(scope => { Sql.Run(scope.Db, "UPDATE applications SET patron_id = (SELECT patron_id FROM patrons WHERE customer_id = '10001')"); });
        var service = register.Service<Register.Applications.ApplicationService>();

        Assert.Empty((await service.ListApplications(new ListApplicationsRequest(), Librarian)).Applications);
        Assert.Single((await service.ListApplications(new ListApplicationsRequest(), Officer)).Applications);
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => service.GetApplication(new GetApplicationRequest { Id = filed.Application.Id }, Librarian));
    }

    [Fact]
    public async Task R76_Attempts_at_doors_do_not_tell_whose_they_were()
    {
        await using var register = await StartAsync();
        await register.EnterAsync(register.Ask(TestRegister.CardNumber(1), request => request.AttemptId = "one"));
        await register.EnterAsync(register.Ask(TestRegister.CardNumber(2), request => request.AttemptId = "two"));
        await register.NotedAsync("two");

        var seen = (await register.Access.ListAttempts(new ListAttemptsRequest(), Librarian)).Attempts;

        Assert.Equal(("", true), (seen.Single(attempt => attempt.AttemptId == "one").CardRef, seen.Single(attempt => attempt.AttemptId == "two").CardRef.Length > 0));
        Assert.All((await register.Access.ListAttempts(new ListAttemptsRequest(), Officer)).Attempts, attempt => Assert.NotEmpty(attempt.CardRef));
    }

    [Fact]
    public async Task R76_The_audit_log_tells_administrators_how_many_restricted_persons_a_row_is_about_and_officers_who_they_are()
    {
        await using var register = await StartAsync();
        var (restricted, other) = (NumberOf(register, "10001"), NumberOf(register, "20002"));
        await register.Service<Register.Audit.AuditLog>().NoteAsync(Register.Audit.AuditEntry.OfJob("test", "test/both", "customer-service") with { Subjects = [restricted, other] });
        var audit = register.Service<Register.Audit.AuditService>();
        var request = new ListEventsRequest { Action = "test/both" };

        var seen = Assert.Single((await audit.ListEvents(request, TestCall.Admin())).Events);
        var whole = Assert.Single((await audit.ListEvents(request, Officer)).Events);

        Assert.Equal(([other], 1), (seen.Subjects.ToList(), seen.HiddenSubjects), SubjectsAre);
        Assert.Equal(([restricted, other], 0), (whole.Subjects.ToList(), whole.HiddenSubjects), SubjectsAre);
        foreach (var asked in new[] { new ListEventsRequest { CustomerId = "10001" }, new ListEventsRequest { Patron = restricted } })
        {
            await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => Task.Run(() => audit.ListEvents(asked, TestCall.Admin())));
            Assert.NotEmpty((await audit.ListEvents(asked, Officer)).Events);
        }
    }

    [Fact]
    public async Task R76_A_responsible_person_is_listed_without_a_restricted_ward()
    {
        await using var register = await TestRegister.StartAsync();
        foreach (var (customer, card) in new[] { ("10001", 1), ("20002", 2) })
        {
            await register.PatronAsync(customer, card, patron =>
            {
                patron.DateOfBirth = "2015-01-01";
                patron.Group = "child";
                patron.Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Huoltaja", FirstNames = "Helmi", DateOfBirth = "1985-01-01", Role = ResponsibleRole.Guardian } } };
            });
        }

        await RestrictAsync(register);

        var seen = (await register.Patrons.FindResponsiblePersons(new FindResponsiblePersonsRequest { NamePrefix = "huolt" }, Librarian)).Persons;
        Assert.DoesNotContain("10001", seen.SelectMany(person => person.WardCustomerIds));
        Assert.Contains("20002", seen.SelectMany(person => person.WardCustomerIds));
        await Refusals.RefusedAsync(
            StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => register.Patrons.FindResponsiblePersons(new FindResponsiblePersonsRequest { WardCustomerId = "10001" }, Librarian));
    }

    [Fact]
    public async Task R76_A_restricted_person_goes_into_no_file_until_the_restriction_ends()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.PersonAsync("20002", 2, "020594X903P", "1994-05-02");
        var loan = await desk.LendAsync("10001", "2026-09-01", title: "Kalevala");
        await desk.LendAsync("20002", "2026-09-01", title: "Kanteletar");
        await desk.InvoiceAsync("10001", "1", "2026-12-20", loan);
        await RestrictAsync(register);

        var collected = (await desk.CollectAsync()).Disclosures.Single();
        Assert.DoesNotContain("Kalevala", string.Concat(desk.Lines(collected)), StringComparison.Ordinal);
        Assert.Null((await desk.InvoicesAsync(DisclosureKind.Invoicing)).Disclosure);

        await RestrictAsync(register, restricted: 0);
        register.Time.Advance(TimeSpan.FromDays(7));
        Assert.Contains("Kalevala", string.Concat(desk.Lines((await desk.CollectAsync()).Disclosures.Single())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R76_Storing_the_patron_again_does_not_end_a_restriction()
    {
        await using var register = await StartAsync();
        var again = new UpsertPatronRequest { Patron = new Patron { CustomerId = "10001", Surname = "Uusi", FirstNames = "Nimi", DateOfBirth = "1990-05-01", Group = "adult" } };

        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PATRON_RESTRICTED", () => register.Patrons.UpsertPatron(again, Librarian));

        await using var db = register.Core.Store.Read();
        Assert.Equal(("Koivunen", true), db.Set<PatronRow>().Where(row => row.CustomerId == "10001").AsEnumerable().Select(row => (row.Surname, row.Restricted)).Single());
    }

    private static bool SubjectsAre((List<long> Subjects, int Hidden) one, (List<long> Subjects, int Hidden) other) =>
        one.Subjects.SequenceEqual(other.Subjects) && one.Hidden == other.Hidden;

    private static long NumberOf(TestRegister register, string customer)
    {
        using var db = register.Core.Store.Read();
        return db.Set<PatronRow>().Single(row => row.CustomerId == customer).PatronId;
    }

    // Two patrons with a ban each, the first of them restricted.
    private static async Task<TestRegister> StartAsync()
    {
        var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await register.PatronAsync("20002", 2);
        await register.BanAsync("10001", Wire.BanKind.Loan);
        await register.BanAsync("20002", Wire.BanKind.Loan);
        await RestrictAsync(register);
        return register;
    }

    private static async Task RestrictAsync(TestRegister register, int restricted = 1) => await register.Core.Lane.WriteAsync(scope =>
    {
        Sql.Run(scope.Db, "UPDATE patrons SET restricted = $restricted WHERE customer_id = '10001'", ("$restricted", restricted));
    });
}
