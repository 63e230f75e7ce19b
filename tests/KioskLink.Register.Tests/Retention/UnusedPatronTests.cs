using KioskLink.Protos.Register.V1;
using KioskLink.Register.Cards;
using KioskLink.Register.Patrons;
using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using KioskLink.Register.Tests.Patrons;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Tests.Retention;

/// <summary>What counts as use of the library: whoever used it on day D is unused three years later, on that day and not the day before.</summary>
public sealed class UnusedPatronTests
{
    private const string Customer = "10001";
    private const string Day = "2026-12-10";
    private const string Long = "2020-01-01";

    private static readonly DateTimeOffset OnTheDay = Helsinki("2026-12-10T12:00:00+02:00");
    private static readonly DateTimeOffset DayBefore = Helsinki("2029-12-09T23:59:59+02:00");
    private static readonly DateTimeOffset DueDay = Helsinki("2029-12-10T00:00:00+02:00");

    [Theory]
    [InlineData("return")]
    [InlineData("renewal")]
    [InlineData("hold placed")]
    [InlineData("hold picked up")]
    [InlineData("fee paid")]
    [InlineData("fee paid in part")]
    [InlineData("invoice paid")]
    [InlineData("library bus")]
    [InlineData("sign-in")]
    [InlineData("machine")]
    [InlineData("door")]
    public async Task R57_Each_use_keeps_a_patron_until_its_day_three_years_later(string use)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await UnusedAsync(register);
        await StoreAsync(register, Before());
        register.Time.SetWallClock(OnTheDay);

        await UseAsync(register, card, use);
        await EndAllAsync(register);

        Assert.Equal(0, await DueAsync(register, DayBefore));
        Assert.Equal(1, await DueAsync(register, DueDay));
    }

    [Fact]
    public async Task R57_The_day_of_a_loan_is_a_use_whenever_the_library_system_tells_of_it()
    {
        await using var register = await TestRegister.StartAsync();
        await UnusedAsync(register);
        register.Time.SetWallClock(OnTheDay.AddDays(3));

        await StoreAsync(register, Item("i1"), Loan("l1", "i1", Day));
        await StoreAsync(register, Item("i2"), Loan("l2", "i2", "2026-12-01"));

        Assert.Equal(Helsinki("2026-12-10T00:00:00+02:00"), (await register.GetAsync(Customer)).LastUsedTime.ToDateTimeOffset());
    }

    [Fact]
    public async Task R57_What_happens_to_a_patron_without_the_patron_is_no_use()
    {
        await using var register = await TestRegister.StartAsync();
        await UnusedAsync(register);
        await StoreAsync(register, Before());
        await StoreAsync(register, With(Hold("h2", Long), record => record.PickUpBy = "2020-02-01"), With(Hold("h3", Long), record => record.ExpiresOn = "2020-03-01"));
        register.Time.SetWallClock(OnTheDay);

        // Charges, an invoice, due dates moved during a closure, holds that ran out.
        await StoreAsync(
            register, Fee("f2", 200), Fee("f1", 500), Invoice("v2"), With(Loan("l1", "i1", Long), record => record.DueOn = "2027-01-31"), Hold("h2", Day, done: true), Hold("h3", Day, done: true));

        Assert.Equal(Helsinki("2020-01-01T00:00:00+02:00"), (await register.GetAsync(Customer)).LastUsedTime.ToDateTimeOffset());
    }

    [Theory]
    [InlineData("loan", "loans have not been returned")]
    [InlineData("hold", "holds are open")]
    [InlineData("fee", "fees are unpaid")]
    [InlineData("invoice", "invoices are unpaid")]
    public async Task R57_Whoever_has_a_loan_hold_or_debt_is_kept_however_long_ago_the_last_use_is(string open, string why)
    {
        await using var register = await TestRegister.StartAsync();
        await UnusedAsync(register);
        LoanRecord[] records = open switch
        {
            "loan" => [Item("i1"), Loan("l1", "i1", Long)],
            "hold" => [Hold("h1", Long)],
            "fee" => [Fee("f1", 100)],
            _ => [Invoice("v1")],
        };
        await StoreAsync(register, records);

        var plan = await PlanAsync(register, DueDay);

        Assert.Equal(0, plan.Counts[0].Number);
        Assert.Equal([$"kept: {why}"], plan.Counts.Where(count => count.Number > 0).Select(count => count.What));
    }

    [Fact]
    public async Task R57_An_older_database_tells_the_last_use_of_what_it_still_holds()
    {
        await using var register = await TestRegister.StartAsync();
        await UnusedAsync(register);
        await StoreAsync(register, Item("i1"), Loan("l1", "i1", Long), Told("return", "2026-11-03"), Told("library bus", "2026-11-02"));

        await register.WithoutRunningAsync(() =>
        {
            using var database = new SqliteConnection($"Data Source={Path.Combine(register.Folder, RegisterStore.FileName)}");
            database.Open();
            using var older = database.CreateCommand();
            older.CommandText = "ALTER TABLE patrons DROP COLUMN last_used_at; DELETE FROM migrations WHERE number = 80";
            older.ExecuteNonQuery();
        });

        Assert.Equal(Helsinki("2026-11-03T00:00:00+02:00"), (await register.GetAsync(Customer)).LastUsedTime.ToDateTimeOffset());
    }

    private static async Task<string> UnusedAsync(TestRegister register)
    {
        var card = await register.PatronAsync(Customer, 1);
        var old = Helsinki("2020-01-01T00:00:00+02:00").ToUnixTimeMilliseconds();
        await register.Core.Lane.WriteAsync(scope =>
        {
            scope.Db.Set<CardRow>().ExecuteUpdate(set => set.SetProperty(row => row.CreatedAt, old).SetProperty(row => row.LastUsedAt, old));
            scope.Db.Set<PatronRow>().ExecuteUpdate(set => set.SetProperty(row => row.CreatedAt, old));
        });
        return card;
    }

    private static async Task UseAsync(TestRegister register, string card, string use)
    {
        switch (use)
        {
            case "sign-in":
                await register.OwnData.BeginMySession(
                    new BeginMySessionRequest { CardNumber = card, Pin = TestRegister.Digits(TestRegister.Pin), AttemptId = "a", DeviceId = "page" }, TestCall.Patron());
                break;
            case "machine":
                await register.Access.VerifyCredentials(
                    new VerifyCredentialsRequest
                    {
                        CardNumber = card,
                        Pin = TestRegister.Digits(TestRegister.Pin),
                        Purpose = "checkout",
                        AttemptId = "a",
                        DeviceId = "machine",
                        DeviceRole = DeviceRole.SelfCheck,
                    },
                    TestCall.Node());
                break;
            case "door":
                await register.EnterAsync(card, attempt: "a");
                await register.NotedAsync("a");
                break;
            default:
                await StoreAsync(register, Told(use));
                break;
        }
    }

    private static LoanRecord Told(string use, string on = Day) => use switch
    {
        "return" => new LoanRecord { Kind = LoanRecordKind.Return, Id = "l1", On = on },
        "renewal" => With(Loan("l1", "i1", Long), record => record.Renewals = 1),
        "hold placed" => With(Hold("h2", Day), record => record.PickUpBy = "2026-12-11"),
        "hold picked up" => Hold("h1", Day, done: true),
        "fee paid" => Fee("f1", 0),
        "fee paid in part" => Fee("f1", 100),
        "invoice paid" => With(Invoice("v1"), record => record.Done = true),
        _ => new LoanRecord { Kind = LoanRecordKind.BusStop, CustomerId = Customer, Stop = "Ala-Vähäkylä", On = on },
    };

    private static LoanRecord[] Before() => [Item("i1"), Loan("l1", "i1", Long), With(Hold("h1", Long), record => record.PickUpBy = Day), Fee("f1", 300), Invoice("v1")];

    // What would keep the patron goes without being a use of a later day.
    private static async Task EndAllAsync(TestRegister register) => await register.Core.Lane.WriteAsync(scope =>
    {
        foreach (var table in new[] { "loans", "holds", "fees", "invoices" })
        {
            Sql.Run(scope.Db, $"DELETE FROM {table}");
        }

        scope.Db.Set<PatronRow>().ExecuteUpdate(set => set.SetProperty(row => row.FeesCents, 0));
    });

    private static async Task<long> DueAsync(TestRegister register, DateTimeOffset at) => (await PlanAsync(register, at)).Counts[0].Number;

    private static async Task<RetentionRun> PlanAsync(TestRegister register, DateTimeOffset at)
    {
        register.Time.SetWallClock(at);
        return (await register.Service<Register.Retention.RetentionService>().DryRun(new DryRunRequest { Rule = RetentionRules.InactivePatrons }, TestCall.Admin())).Run;
    }

    private static async Task StoreAsync(TestRegister register, params LoanRecord[] records)
    {
        var answer = await register.Loans.ImportLoans(new ImportLoansRequest { Records = { records } }, TestCall.Admin());
        Assert.Empty(answer.Problems);
    }

    private static LoanRecord With(LoanRecord record, Action<LoanRecord> change)
    {
        change(record);
        return record;
    }

    private static LoanRecord Item(string id) => new() { Kind = LoanRecordKind.Item, Id = id, Title = "Kalevala", Owner = "Lahti" };

    private static LoanRecord Loan(string id, string item, string on) =>
        new() { Kind = LoanRecordKind.Loan, Id = id, ItemId = item, CustomerId = Customer, On = on, DueOn = "2026-12-31" };

    private static LoanRecord Hold(string id, string on, bool done = false) =>
        new() { Kind = LoanRecordKind.Hold, Id = id, CustomerId = Customer, Title = "Sinuhe", BranchId = TestRegister.Main, On = on, Done = done };

    private static LoanRecord Fee(string id, long cents) =>
        new() { Kind = LoanRecordKind.Fee, Id = id, CustomerId = Customer, FeeKind = "late", Cents = cents, On = Long };

    private static LoanRecord Invoice(string id) =>
        new() { Kind = LoanRecordKind.Invoice, Id = id, CustomerId = Customer, Number = id, Cents = 1000, On = Long, DueOn = "2020-02-01" };

    private static DateTimeOffset Helsinki(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
