using Grpc.Core;
using KioskLink.Protos.Register.V1;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Loans;

/// <summary>Loan-control data (R22): whoever proves who they are sees counts and due dates, nobody else does.</summary>
public sealed class LoanTests
{
    [Fact]
    public async Task R22_A_patron_with_card_and_pin_sees_counts_and_due_dates()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await FillAsync(register);

        var status = await OwnAsync(register, card);

        Assert.Equal((true, Granted, 2, 1), (status.Valid, status.Reason, status.Loans, status.Overdue));
        Assert.Equal(["2026-01-02", "2099-12-31"], status.DueOn);
        Assert.Equal((2, 1, "2099-01-10"), (status.Holds, status.HoldsReady, status.PickUpBy));
        Assert.Equal((350L, 1, 4200L), (status.FeesCents, status.Invoices, status.InvoicesCents));
        Assert.Equal((Wire.Source.Register, register.Core.Log.Head.Version, 0L), (status.Source, status.FactsVersion, status.FactsAge.Seconds));
    }

    [Fact]
    public async Task R22_Without_the_right_pin_nothing_of_loans_is_told()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await FillAsync(register);

        var wrong = await OwnAsync(register, card, "0001");
        var unknown = await OwnAsync(register, TestRegister.CardNumber(77));

        Assert.Equal((false, PinWrong, 0, 0, 0L), (wrong.Valid, wrong.Reason, wrong.Loans, wrong.DueOn.Count, wrong.FeesCents));
        Assert.Equal((false, CardUnknown, 0), (unknown.Valid, unknown.Reason, unknown.Loans));
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "PIN_REQUIRED", () =>
            register.Loans.GetLoanStatus(new GetLoanStatusRequest { CustomerId = "10001" }, TestCall.Node()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "customer_id", () =>
            register.Loans.GetLoanStatus(new GetLoanStatusRequest { CustomerId = "10001", CardNumber = card }, TestCall.Admin()));
    }

    [Fact]
    public async Task R22_A_repeated_attempt_gets_the_same_answer_and_counts_once()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        await OwnAsync(register, card, "0001", attempt: "a");
        await OwnAsync(register, card, "0001", attempt: "a");

        Assert.Single(register.Card(card).Facts.Guesses.WrongTimes);
    }

    [Fact]
    public async Task R22_A_machine_that_counts_its_attempts_anew_gets_no_answer_of_the_patron_before()
    {
        await using var register = await TestRegister.StartAsync();
        var (first, second) = (await register.PatronAsync("10001", 1), await register.PatronAsync("10002", 2));
        await StoreAsync(register, Invoice("v1"));

        var before = await OwnAsync(register, first, attempt: "1");
        var after = await OwnAsync(register, second, attempt: "1");

        Assert.Equal((1, 0), (before.Invoices, after.Invoices));
        Assert.False((await OwnAsync(register, TestRegister.CardNumber(3), attempt: "1")).Valid);
    }

    [Fact]
    public async Task R26_An_unpaid_invoice_is_unsettled()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await StoreAsync(register, Invoice("v1"));
        Assert.True(await IsUnsettledAsync());

        var paid = Invoice("v1");
        paid.Done = true;
        await StoreAsync(register, paid);

        Assert.False(await IsUnsettledAsync());

        async Task<bool> IsUnsettledAsync() =>
            (await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = "10001" }, TestCall.Admin())).Patron.HasUnsettled;
    }

    [Fact]
    public async Task R22_Staff_sees_loans_holds_fees_invoices_and_bus_stops()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await FillAsync(register);

        var first = await ListAsync(register, request => request.PageSize = 1);
        var second = await ListAsync(register, request => (request.PageSize, request.PageToken) = (1, first.NextPageToken));

        Assert.Equal(("l2", "Kalevala", true), (first.Loans.Single().Id, first.Loans.Single().Title, first.Loans.Single().Overdue));
        Assert.Equal(("l1", "", 0), (second.Loans.Single().Id, second.NextPageToken, second.Holds.Count));
        Assert.Equal(["h2", "h1"], first.Holds.Select(hold => hold.Id));
        Assert.Equal(("f1", "late", 350L), (first.Fees.Single().Id, first.Fees.Single().Kind, first.Fees.Single().Cents));
        Assert.Equal(("1001", ["i1", "i2"]), (first.Invoices.Single().Number, first.Invoices.Single().ItemIds));
        Assert.Equal("Ala-Vähäkylä", first.BusStops.Single().Stop);
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => ListAsync(register, request => request.CustomerId = "nobody"));
    }

    [Fact]
    public async Task R22_What_the_library_system_tells_again_changes_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var first = await FillAsync(register);
        var version = register.Core.Log.Head.Version;

        var again = await FillAsync(register);

        Assert.Equal((10, 0, 0), (first.Stored, first.Unchanged, first.Problems.Count));
        Assert.Equal((0, 10, version), (again.Stored, again.Unchanged, register.Core.Log.Head.Version));
    }

    [Fact]
    public async Task R26_Unpaid_fees_are_a_fact_of_the_door_until_they_are_settled()
    {
        await using var register = await TestRegister.StartAsync();
        var branch = TestRegister.Branch(TestRegister.Main);
        branch.MaxFeesCents = 1000;
        await register.ApplyAsync(branch);
        var card = await register.PatronAsync("10001", 1);
        await StoreAsync(register, Fee("f1", 700), Fee("f2", 400));

        Assert.Equal(1100, register.Card(card).Facts.FeesCents);
        Assert.Equal(FeesOverLimit, (await register.EnterAsync(card)).Code);
        Assert.Equal(["FEES_UNPAID"], Holds(register));

        await StoreAsync(register, Fee("f1", 0), new LoanRecord { Kind = LoanRecordKind.Fee, Id = "f2", CustomerId = "10001", Done = true });
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        Assert.Empty(Holds(register));
    }

    [Fact]
    public async Task R26_Loans_and_invoices_keep_a_patron_s_matters_open()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await StoreAsync(register, Item("i1"), Loan("l1", "i1"));
        Assert.Equal(["LOANS_OPEN"], Holds(register));

        await StoreAsync(register, new LoanRecord { Kind = LoanRecordKind.Return, Id = "l1" }, Invoice("v1"));
        Assert.Equal(["INVOICES_UNPAID"], Holds(register));

        var paid = Invoice("v1");
        paid.Done = true;
        await StoreAsync(register, paid);
        Assert.Empty(Holds(register));
    }

    [Fact]
    public async Task R22_What_is_held_of_loans_is_exported_and_erased_and_the_item_forgets_whose_it_was()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await FillAsync(register);
        await StoreAsync(register, new LoanRecord { Kind = LoanRecordKind.Return, Id = "l1" });
        var store = new Register.Loans.LoanSubjects();

        Assert.Equal(
            ["fee", "hold", "hold", "invoice", "item that was on loan", "library-bus stop", "loan"],
            Parts(register, store).Select(part => part.Title).Order(StringComparer.Ordinal));
        await register.Core.Lane.WriteAsync(scope => store.Erase(scope, Row(register)));

        Assert.Empty(Parts(register, store));
        using var db = register.Core.Store.Read();
        Assert.Null(Assert.Single(db.Set<Register.Loans.ItemHistoryRow>()).PatronId);
    }

    [Fact]
    public async Task R59_An_item_forgets_its_patron_sixty_days_after_the_return_and_not_a_day_earlier()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await StoreAsync(register, Item("i1"), Item("i2"), Loan("l1", "i1"), Loan("l2", "i2"));
        await StoreAsync(register, Returned("l1", "2026-10-02"), Returned("l2", "2026-10-03"));

        await RunAsync(register, "item-history");

        using var db = register.Core.Store.Read();
        Assert.Equal(["l1"], db.Set<Register.Loans.ItemHistoryRow>().Where(row => row.PatronId == null).Select(row => row.LoanId));
    }

    [Fact]
    public async Task A_returned_loan_is_no_loan_and_may_not_be_lent_under_its_id_again()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await StoreAsync(register, Item("i1"), Loan("l1", "i1"));

        var returned = await StoreAsync(register, new LoanRecord { Kind = LoanRecordKind.Return, Id = "l1" }, new LoanRecord { Kind = LoanRecordKind.Return, Id = "l1" });
        var again = await StoreAsync(register, Loan("l1", "i1"), Loan("l2", "i1"));

        Assert.Equal((1, 1), (returned.Stored, returned.Unchanged));
        Assert.Equal(("id", 0, 1), (Assert.Single(again.Problems).Field, again.Problems[0].Index, again.Stored));
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("id")]
    [InlineData("customer_id")]
    [InlineData("item_id")]
    [InlineData("due_on")]
    [InlineData("renewals")]
    [InlineData("on")]
    public async Task A_bad_record_names_its_field_and_stops_no_other(string field)
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var bad = Loan("l1", "i1");
        Action spoil = field switch
        {
            "kind" => () => bad.Kind = (LoanRecordKind)99,
            "id" => () => bad.Id = "",
            "customer_id" => () => bad.CustomerId = "nobody",
            "item_id" => () => bad.ItemId = "no-item",
            "due_on" => () => bad.DueOn = "tomorrow",
            "renewals" => () => bad.Renewals = -1,
            _ => () => bad.On = "2999-01-01",
        };
        spoil();

        var response = await StoreAsync(register, Item("i1"), bad, Loan("l2", "i1"));

        Assert.Equal((1, field, 2), (Assert.Single(response.Problems).Index, response.Problems[0].Field, response.Stored));
    }

    [Fact]
    public async Task An_item_belongs_to_a_member_and_is_lent_to_one_patron_at_a_time()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var foreign = Item("i2");
        foreign.Owner = "Atlantis";

        var response = await StoreAsync(register, Item("i1"), foreign, Loan("l1", "i1"), Loan("l2", "i1"));

        Assert.Equal([("owner", 1), ("item_id", 3)], response.Problems.Select(problem => (problem.Field, problem.Index)));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "records", () => StoreAsync(register, [.. Enumerable.Range(0, 501).Select(_ => Item("i1"))]));
    }

    private static Register.Patrons.PatronRow Row(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return Register.Patrons.PatronWriter.Find(db, "lastu", "10001")!;
    }

    private static IEnumerable<string> Holds(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return register.Service<Register.Subjects.SubjectHolds>().Of(db, Row(register), register.Now.ToUnixTimeMilliseconds()).Select(hold => hold.Code);
    }

    private static List<Register.Subjects.SubjectPart> Parts(TestRegister register, Register.Loans.LoanSubjects store)
    {
        using var db = register.Core.Store.Read();
        return [.. store.Export(db, Row(register))];
    }

    private static async Task RunAsync(TestRegister register, string rule)
    {
        var service = register.Service<Register.Retention.RetentionService>();
        var plan = await service.DryRun(new DryRunRequest { Rule = rule }, TestCall.Admin());
        await service.RunRetention(new RunRetentionRequest { RunId = plan.Run.Id }, TestCall.Admin());
    }

    [Theory]
    [InlineData("another-register", false)]
    [InlineData("library-system", true)]
    [InlineData("", true)]
    public async Task R27_A_system_that_the_profile_does_not_list_hands_nothing_in(string adapter, bool taken)
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var request = new ImportLoansRequest { Adapter = adapter, Records = { Fee("f1", 100) } };

        if (taken)
        {
            Assert.Equal(1, (await register.Loans.ImportLoans(request, TestCall.Admin())).Stored);
            return;
        }

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`adapter`", () => register.Loans.ImportLoans(request, TestCall.Admin()));
        await using var db = register.Core.Store.Read();
        Assert.Empty(db.Set<Register.Loans.FeeRow>());
    }

    [Fact]
    public async Task R26_What_is_owed_stays_when_staff_stores_the_patron_again()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await StoreAsync(register, Fee("f1", 1100));
        foreach (var claimed in new[] { 0L, 5L, -7L })
        {
            await register.Patrons.UpsertPatron(
                new UpsertPatronRequest { Patron = new Patron { CustomerId = "10001", Surname = "Uusi", FirstNames = "Nimi", DateOfBirth = "1990-05-01", Group = "adult", FeesCents = claimed } },
                TestCall.Admin());
        }

        Assert.Equal(1100, register.Card(card).Facts.FeesCents);
        Assert.Equal(1100, (await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = "10001" }, TestCall.Admin())).Patron.FeesCents);
    }

    // Lent before the day of its return.
    private static LoanRecord Returned(string id, string day) => new() { Kind = LoanRecordKind.Return, Id = id, On = day };

    private static LoanRecord Item(string id, string title = "Kalevala") =>
        new() { Kind = LoanRecordKind.Item, Id = id, Title = title, Owner = "Lahti", Cents = 2500 };

    private static LoanRecord Loan(string id, string item, string due = "2099-12-31") =>
        new() { Kind = LoanRecordKind.Loan, Id = id, CustomerId = "10001", ItemId = item, DueOn = due, On = "2025-12-01" };

    private static LoanRecord Fee(string id, long cents) =>
        new() { Kind = LoanRecordKind.Fee, Id = id, CustomerId = "10001", FeeKind = "late", Cents = cents };

    private static LoanRecord Invoice(string id)
    {
        var invoice = new LoanRecord { Kind = LoanRecordKind.Invoice, Id = id, CustomerId = "10001", Number = "1001", Cents = 4200, DueOn = "2099-01-01" };
        invoice.ItemIds.AddRange(["i1", "i2"]);
        return invoice;
    }

    private static Task<ImportLoansResponse> FillAsync(TestRegister register) => StoreAsync(
        register,
        Item("i1", "Seitsemän veljestä"), Item("i2"), Loan("l1", "i1"), Loan("l2", "i2", "2026-01-02"),
        new LoanRecord { Kind = LoanRecordKind.Hold, Id = "h1", CustomerId = "10001", Title = "Sinuhe", BranchId = TestRegister.Main },
        new LoanRecord { Kind = LoanRecordKind.Hold, Id = "h2", CustomerId = "10001", Title = "Alastalon salissa", BranchId = TestRegister.Main, PickUpBy = "2099-01-10" },
        Fee("f1", 350), Invoice("v1"),
        new LoanRecord { Kind = LoanRecordKind.BusStop, CustomerId = "10001", Stop = "Ala-Vähäkylä" },
        Item("i3"));

    private static Task<ImportLoansResponse> StoreAsync(TestRegister register, params LoanRecord[] records)
    {
        var request = new ImportLoansRequest();
        request.Records.AddRange(records);
        return register.Loans.ImportLoans(request, TestCall.Admin());
    }

    private static Task<ListLoansResponse> ListAsync(TestRegister register, Action<ListLoansRequest> change)
    {
        var request = new ListLoansRequest { CustomerId = "10001" };
        change(request);
        return register.Loans.ListLoans(request, TestCall.Admin());
    }

    private static Task<GetLoanStatusResponse> OwnAsync(TestRegister register, string card, string pin = TestRegister.Pin, string? attempt = null) =>
        register.Loans.GetLoanStatus(
            new GetLoanStatusRequest
            {
                CardNumber = card,
                Pin = TestRegister.Digits(pin),
                AttemptId = attempt ?? Guid.NewGuid().ToString("N"),
                DeviceId = "machine",
                DeviceRole = DeviceRole.SelfCheck,
            },
            TestCall.Node());
}
