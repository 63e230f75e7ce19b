using System.Text.Json.Nodes;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Disclosures;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;

namespace KioskLink.Register.Tests.Disclosures;

/// <summary>Invoices, the population register, permitted disclosures, and what the subject is shown of all of them.</summary>
public sealed class OtherDisclosureTests
{
    [Fact]
    public async Task R50_The_invoicing_unit_is_told_person_and_material_and_the_agency_the_invoice_and_how_to_reach_them()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        var loan = await desk.LendAsync("10001", "2026-09-01");
        await desk.InvoiceAsync("10001", "L-1", "2026-11-30", loan);
        await desk.InvoiceAsync("10001", "L-2", "2026-12-01", loan);

        var unit = (await desk.InvoicesAsync(DisclosureKind.Invoicing)).Disclosure;
        var agency = (await desk.InvoicesAsync(DisclosureKind.InvoiceCollection)).Disclosure;

        Assert.Equal(
            ["name,address,identity_code,material,sum", "Koivunen Aino Testi,\"Koetie 1, 02100 Espoo\",010594Y9032,Kalevala,40.00", "Koivunen Aino Testi,\"Koetie 1, 02100 Espoo\",010594Y9032,Kalevala,40.00"],
            desk.Lines(unit));
        Assert.Equal(
            ["name,address,phone,email,identity_code,invoice_number,invoice_date,due_date,material,sum", "Koivunen Aino Testi,\"Koetie 1, 02100 Espoo\",+358401234567,koe@example.org,010594Y9032,L-1,2026-10-01,2026-11-30,Kalevala,40.00"],
            desk.Lines(agency));
        Assert.Equal(("Unit", "Agency"), (unit.Recipient, agency.Recipient));
    }

    [Fact]
    public async Task R50_An_invoice_goes_to_each_recipient_once()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        var loan = await desk.LendAsync("10001", "2026-09-01");
        await desk.InvoiceAsync("10001", "L-1", "2026-11-30", loan);
        var first = await desk.InvoicesAsync(DisclosureKind.Invoicing);

        var again = await desk.InvoicesAsync(DisclosureKind.Invoicing);
        register.Time.Advance(TimeSpan.FromDays(1));
        var tomorrow = await desk.InvoicesAsync(DisclosureKind.Invoicing);

        Assert.Equal((true, first.Disclosure), (again.AlreadyRun, again.Disclosure));
        Assert.Equal((false, null), (tomorrow.AlreadyRun, tomorrow.Disclosure));
        Assert.Single(desk.Files());
    }

    [Fact]
    public async Task R51_Who_is_not_in_the_profile_receives_nothing_without_the_patrons_recorded_permission()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NO_PERMISSION", () => DiscloseAsync(desk));
        Assert.True(await PermitAsync(desk, true));
        Assert.False(await PermitAsync(desk, true));
        var disclosure = await DiscloseAsync(desk);
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NO_PERMISSION", () => DiscloseAsync(desk, request => request.Recipient = "Another"));
        Assert.True(await PermitAsync(desk, false));
        Assert.False(await PermitAsync(desk, false));
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NO_PERMISSION", () => DiscloseAsync(desk));

        var told = JsonNode.Parse(await File.ReadAllTextAsync(desk.PathOf(disclosure)))!;
        Assert.Equal("""{"name":"Koivunen Aino Testi","date_of_birth":"1994-05-01"}""", told["person"]!.ToJsonString());
        Assert.StartsWith("salassa pidettävä", (string)told["confidentiality"]!, StringComparison.Ordinal);
        Assert.Single(desk.Files());
    }

    [Fact]
    public async Task R52_A_profile_that_asks_nothing_of_the_population_register_gets_neither_file_nor_answer()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NOT_IN_PROFILE", desk.AskAsync);
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "NOT_IN_PROFILE", () => desk.AnswerAsync());
    }

    [Fact]
    public async Task R52_In_billing_only_the_question_is_about_people_in_invoicing_and_collection()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.BillingOnly);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.PersonAsync("10002", 2, "010594Y9021");
        await desk.PersonAsync("10003", 3, "020594X903P", "1994-05-02");
        await desk.InvoiceAsync("10001", "L-1", "2026-11-30", await desk.LendAsync("10001", "2026-11-30"));
        await desk.LendAsync("10002", "2026-09-01");

        var asked = await desk.AskAsync();

        Assert.Equal(["identity_code", "010594Y9032", "010594Y9021"], desk.Lines(asked!));
        Assert.Empty(await desk.OfAsync("10003"));
    }

    [Fact]
    public async Task R52_R55_The_basis_of_a_question_to_the_population_register_is_the_profile_s_and_the_subject_sees_it()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);

        var asked = await desk.AskAsync();

        Assert.Equal(DisclosureDesk.AskedOn, asked!.Basis);
        Assert.Equal(DisclosureDesk.AskedOn, Assert.Single(await desk.OfAsync("10001")).Basis);
    }

    [Fact]
    public async Task R52_In_billing_only_an_answer_changes_no_address_of_anybody_who_is_not_billed_any_more()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.BillingOnly);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        var loan = await desk.LendAsync("10001", "2026-09-01");
        await desk.AskAsync();

        var billed = await desk.AnswerAsync("010594Y9032,Uusikatu 2,00100,Helsinki,ok");
        await desk.ReturnAsync(loan);
        var settled = await desk.AnswerAsync("010594Y9032,Vanhatie 3,00200,Helsinki,ok");

        Assert.Equal((1, 0), (billed.Updated, settled.Updated));
        Assert.Single(settled.Problems);
        Assert.Equal("Uusikatu 2", (await ContactAsync(register)).Address.Street);
    }

    [Fact]
    public async Task R52_R75_An_address_of_the_population_register_keeps_the_old_one_until_the_person_is_erased()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.AskAsync();
        await desk.AnswerAsync("010594Y9032,Uusikatu 2,00100,Helsinki,ok");

        var corrections = register.Service<Register.Rights.Rectifications>();
        await using var db = register.Core.Store.Read();
        var kept = db.Set<Register.Rights.RectificationRow>().Single();
        Assert.Equal(
            ("address", "Koetie 1, 02100 Espoo", "Uusikatu 2, 00100 Helsinki", (int)RectifyOrigin.PopulationRegister),
            (kept.Field, corrections.Open(kept.OldValue, kept), corrections.Open(kept.NewValue, kept), kept.Origin));
    }

    [Fact]
    public async Task R52_In_check_and_update_the_answer_updates_the_address_alone_and_the_same_again_nothing()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.AskAsync();

        var first = await desk.AnswerAsync("010594Y9032,Uusikatu 2,00100,Helsinki,ok");
        var again = await desk.AnswerAsync("010594Y9032,Uusikatu 2,00100,Helsinki,ok");

        Assert.Equal((1, 1, 0), (first.Rows, first.Updated, first.Unchanged));
        Assert.Equal((1, 0, 1), (again.Rows, again.Updated, again.Unchanged));
        var contact = await ContactAsync(register);
        Assert.Equal(("Uusikatu 2", "00100", "Helsinki", "koe@example.org"), (contact.Address.Street, contact.Address.PostalCode, contact.Address.City, contact.Email));
        Assert.Equal(["+358401234567", "0501234567"], contact.Phones);
    }

    [Fact]
    public async Task R52_Rows_of_people_who_were_not_asked_for_or_that_are_broken_are_told_by_their_line_and_stop_nothing_else()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.AskAsync();
        await desk.PersonAsync("10002", 2, "010594Y9021");

        var answer = await desk.AnswerAsync(
            "010594Y9021,Uusikatu 2,00100,Helsinki,ok", "010594Y9033,Uusikatu 2,00100,Helsinki,ok", "010594Y9032,Uusikatu 2", "010594Y9032,,,,ok",
            "010594Y9032,,,,maybe", "010594Y9032,,,,withheld", "010594Y9032,Uusikatu 2,00100,Helsinki,ok");

        Assert.Equal([2, 3, 4, 5, 6], answer.Problems.Select(problem => problem.Line));
        Assert.Equal((7, 1, 1), (answer.Rows, answer.Withheld, answer.Updated));
        Assert.All(answer.Problems, problem => Assert.DoesNotContain("010594", problem.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task R52_An_address_that_the_population_register_withholds_stays_as_it_is()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.AskAsync();

        Assert.Equal(1, (await desk.AnswerAsync("010594Y9032,,,,withheld")).Withheld);
        Assert.Equal("Koetie 1", (await ContactAsync(register)).Address.Street);
    }

    [Fact]
    public async Task R55_Every_disclosure_is_recorded_and_shown_to_whom_it_was_about()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await desk.PersonAsync("10002", 2, "010594Y9021");
        await desk.LendAsync("10001", "2026-09-01");
        await desk.CollectAsync();
        register.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.AskAsync();

        var first = await desk.OfAsync("10001");
        var second = await desk.OfAsync("10002");

        Assert.Equal([DisclosureKind.PopulationRegister, DisclosureKind.Collection], first.Select(one => one.Kind));
        Assert.Equal(("Agency", "Act", 1, 1, "admin"), (first[1].Recipient, first[1].Basis, first[1].RecordCount, first[1].SubjectCount, first[1].CreatedBy));
        Assert.Equal(register.Now, Register.Facts.WireTime.FromProto(first[0].CreateTime));
        Assert.Equal((1, 2), (second.Count, second[0].SubjectCount));
        var all = await desk.Service.ListDisclosures(new ListDisclosuresRequest { Kind = DisclosureKind.Collection }, TestCall.Admin());
        Assert.Equal([first[1]], all.Disclosures);
    }

    [Fact]
    public async Task R55_A_subjects_export_shows_each_disclosure_and_an_erasure_forgets_whom_it_was_about()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await PermitAsync(desk, true);
        await DiscloseAsync(desk);
        await desk.AskAsync();
        var store = new DisclosureSubjects();
        await using var db = register.Core.Store.Read();
        var patron = PatronWriter.Find(db, "lastu", "10001")!;

        Assert.Equal(["disclosure", "disclosure", "disclosure-permission", "address-query"], store.Export(db, patron).Select(part => part.Title));
        await register.Core.Lane.WriteAsync(scope => store.Erase(scope, patron));

        Assert.Empty(store.Export(db, patron));
        Assert.Equal([1, 1], (await desk.Service.ListDisclosures(new ListDisclosuresRequest(), TestCall.Admin())).Disclosures.Select(one => one.SubjectCount));
    }

    [Fact]
    public async Task Lists_page()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        for (var n = 0; n < 3; n++)
        {
            await desk.AskAsync();
        }

        var first = await desk.Service.ListDisclosuresOf(new ListDisclosuresOfRequest { CustomerId = "10001", PageSize = 2 }, TestCall.Admin());
        var second = await desk.Service.ListDisclosuresOf(new ListDisclosuresOfRequest { CustomerId = "10001", PageSize = 2, PageToken = first.NextPageToken }, TestCall.Admin());

        Assert.Equal((2, 1, ""), (first.Disclosures.Count, second.Disclosures.Count, second.NextPageToken));
        Assert.Equal(3, first.Disclosures.Concat(second.Disclosures).Select(one => one.Id).Distinct().Count());
    }

    [Fact]
    public async Task Each_impossible_value_names_its_field_and_discloses_nothing()
    {
        await using var register = await DisclosureDesk.StartAsync(PopulationRegisterMode.CheckAndUpdate);
        var desk = new DisclosureDesk(register);
        await desk.PersonAsync("10001", 1);
        await PermitAsync(desk, true);

        await WrongAsync("kind", () => desk.InvoicesAsync(DisclosureKind.Collection));
        await WrongAsync("fields", () => DiscloseAsync(desk, request => request.Fields.Clear()));
        await WrongAsync("fields", () => DiscloseAsync(desk, request => request.Fields.Add("pin")));
        await WrongAsync("reason", () => DiscloseAsync(desk, request => request.Reason = ""));
        await WrongAsync("recipient", () => DiscloseAsync(desk, request => request.Recipient = " "));
        await WrongAsync("customer_id", () => DiscloseAsync(desk, request => request.CustomerId = ""));
        await WrongAsync("channel", () => desk.Service.SetDisclosurePermission(new SetDisclosurePermissionRequest { CustomerId = "10001", Recipient = "R" }, TestCall.Admin()));
        await WrongAsync("kind", () => Task.Run(() => desk.Service.ListDisclosures(new ListDisclosuresRequest { Kind = (DisclosureKind)77 }, TestCall.Admin())));
        await WrongAsync("page_token", () => Task.Run(() => desk.Service.ListDisclosures(new ListDisclosuresRequest { PageToken = "x" }, TestCall.Admin())));
        await WrongAsync("chunk", () => desk.Service.ImportAddressAnswer(new ImportAddressAnswerRequest(), TestCall.Admin()));
        await WrongAsync("chunk", () => desk.Service.ImportAddressAnswer(
            new ImportAddressAnswerRequest { Chunk = Google.Protobuf.ByteString.CopyFrom(0xC3, 0x28) }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => DiscloseAsync(desk, request => request.CustomerId = "nobody"));
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => Task.Run(() => desk.OfAsync("nobody")));

        Assert.Empty(desk.Files());
    }

    private static async Task<Contact> ContactAsync(TestRegister register) =>
        (await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = "10001" }, TestCall.Admin())).Patron.Contact;

    private static Task WrongAsync(string field, Func<Task> call) => Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{field}`", call);

    private static async Task<bool> PermitAsync(DisclosureDesk desk, bool permitted)
    {
        var request = new SetDisclosurePermissionRequest { CustomerId = "10001", Recipient = "Researcher", Permitted = permitted, Channel = "letter" };
        return (await desk.Service.SetDisclosurePermission(request, TestCall.Admin())).Changed;
    }

    private static async Task<Disclosure> DiscloseAsync(DisclosureDesk desk, Action<DisclosePatronRequest>? change = null)
    {
        var request = new DisclosePatronRequest { CustomerId = "10001", Recipient = "Researcher", Reason = "study", Fields = { "name", "date_of_birth" } };
        change?.Invoke(request);
        return (await desk.Service.DisclosePatron(request, TestCall.Admin())).Disclosure;
    }
}
