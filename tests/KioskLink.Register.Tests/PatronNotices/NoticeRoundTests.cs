using KioskLink.Protos.Register.V1;
using KioskLink.Register.Jobs;
using KioskLink.Register.Profiles;
using KioskLink.Register.Retention;
using KioskLink.Register.Tests.Retention;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.PatronNotices;

/// <summary>The daily round tells each patron of each hold, due date and invoice once; today is 1.12.2026.</summary>
public sealed class NoticeRoundTests
{
    [Fact]
    public async Task R20_The_round_sends_one_notice_a_kind_for_all_that_is_due_and_each_once()
    {
        await using var room = await StartAsync();
        await ImportAsync(
            room,
            Item("i1"), Item("i2"), Item("i3"), Loan("l1", "i1", "2026-12-04"), Loan("l2", "i2", "2026-12-02"), Loan("l3", "i3", "2026-12-05"),
            new LoanRecord { Kind = LoanRecordKind.Hold, Id = "h1", CustomerId = NoticeRoom.Customer, Title = "Varattu", BranchId = TestRegister.Main, PickUpBy = "2026-12-08" });

        Assert.Equal("2 notices sent, 0 not wanted or without an address", await RunAsync(room));
        Assert.Equal("0 notices sent, 0 not wanted or without an address", await RunAsync(room));

        Assert.Equal(2, room.Spooled().Count);
        var due = Assert.Single(room.Messages(), message => message.StartsWith("2 lainasi", StringComparison.Ordinal));
        Assert.Contains("Teos i2, eräpäivä 2.12.2026\n- Teos i1, eräpäivä 4.12.2026", due, StringComparison.Ordinal);
        Assert.Contains(room.Messages(), message => message.Contains("- Varattu", StringComparison.Ordinal));

        room.Register.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("1 notices sent, 0 not wanted or without an address", await RunAsync(room));
    }

    [Fact]
    public async Task R20_A_renewed_loan_is_told_of_again_and_a_returned_one_no_more()
    {
        await using var room = await StartAsync();
        await ImportAsync(room, Item("i1"), Item("i2"), Loan("l1", "i1", "2026-12-02"), Loan("l2", "i2", "2026-12-20"));
        await RunAsync(room);
        await ImportAsync(room, Loan("l1", "i1", "2026-12-19"), new LoanRecord { Kind = LoanRecordKind.Return, Id = "l2" });

        room.Register.Time.Advance(TimeSpan.FromDays(16));

        Assert.Equal("1 notices sent, 0 not wanted or without an address", await RunAsync(room));
        Assert.DoesNotContain("i2", room.Messages()[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-25", 0)]
    [InlineData("2026-11-24", 1)]
    [InlineData("2026-11-01", 1)]
    public async Task R20_A_late_loan_is_told_of_on_the_profile_s_days_and_once_where_several_have_passed(string dueOn, int notices)
    {
        await using var room = await StartAsync();
        await ImportAsync(room, Item("i1"), Loan("l1", "i1", dueOn));

        Assert.Equal($"{notices} notices sent, 0 not wanted or without an address", await RunAsync(room));

        Assert.Equal("0 notices sent, 0 not wanted or without an address", await RunAsync(room));
    }

    [Fact]
    public async Task R20_An_open_invoice_is_sent_with_its_sum_and_a_settled_one_is_not()
    {
        await using var room = await StartAsync();
        await ImportAsync(
            room,
            Item("i1", cents: 2000), Loan("l1", "i1", "2026-11-30"), Invoice("v1", "L-1", 2500, "i1"), Invoice("v2", "L-2", 100, "i1"),
            new LoanRecord { Kind = LoanRecordKind.Invoice, Id = "v2", CustomerId = NoticeRoom.Customer, Number = "L-2", Done = true, DueOn = "2026-12-31", ItemIds = { "i1" } });

        await RunAsync(room);

        var invoice = Assert.Single(room.Messages());
        Assert.StartsWith("Lasku L-1", invoice, StringComparison.Ordinal);
        Assert.Contains("Yhteensä: 25,00\u00A0€", invoice, StringComparison.Ordinal);
        Assert.Contains("Maksut: 5,00\u00A0€", invoice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Wire.Language.Fi, "Sinulla on maksamaton lasku kirjastolle.\n\nYhteensä: 25,00\u00A0€\nLaskun eräpäivä: 31.12.2026")]
    [InlineData(Wire.Language.Sv, "Du har en obetald faktura från biblioteket.\n\nSammanlagt: 25,00\u00A0€\nFakturan förfaller: 31.12.2026")]
    [InlineData(Wire.Language.En, "You have an unpaid invoice from the library.\n\nTotal: €25.00\nInvoice due on: 31 December 2026")]
    public async Task R20_An_invoice_without_known_items_is_sent_with_its_sum(Wire.Language language, string told)
    {
        await using var room = await NoticeRoom.StartAsync(language);
        await ImportAsync(room, Invoice("v1", "L-1", 2500), Invoice("v2", "L-2", 2500, "gone"));

        Assert.Equal("2 notices sent, 0 not wanted or without an address", await RunAsync(room));

        Assert.Equal(2, room.Messages().Count(message => message.Contains(told, StringComparison.Ordinal)));
        Assert.All(["L-1", "L-2"], number => Assert.Single(room.Messages(), message => message.Contains(number, StringComparison.Ordinal)));
        Assert.Equal("0 notices sent, 0 not wanted or without an address", await RunAsync(room));
    }

    [Fact]
    public async Task R20_Who_wants_no_notice_gets_none_and_the_round_goes_on()
    {
        await using var room = await StartAsync(patron => patron.Notices = NoticeRoom.Prefer(NoticeKind.DueDate, NoticeChannel.None));
        await ImportAsync(room, Item("i1"), Item("i2"), Loan("l1", "i1", "2026-12-02"), Loan("l2", "i2", "2026-11-20"));

        Assert.Equal("1 notices sent, 1 not wanted or without an address", await RunAsync(room));
    }

    [Theory]
    [InlineData("lastu", "Lahti")]
    [InlineData("heili", "Imatra")]
    [InlineData("helmet", "Espoo")]
    public async Task R20_A_register_with_a_shipped_profile_sends_each_morning_by_the_clock(string shipped, string owner)
    {
        await using var room = await NoticeRoom.StartAsync(profile: _ => ProfileReader.Load(shipped));
        await ImportAsync(room, Item("i1", owner: owner), Item("i2", owner: owner), Loan("l1", "i1", "2026-12-04"), Loan("l2", "i2", "2026-11-24"));
        var runner = room.Register.Service<JobRunner>();
        await runner.RunDueAsync(CancellationToken.None);
        Assert.Empty(room.Spooled());

        // From Tuesday noon to Wednesday 7:59, and to 8:00.
        room.Register.Time.Advance(TimeSpan.FromHours(20) - TimeSpan.FromMinutes(1));
        await runner.RunDueAsync(CancellationToken.None);
        Assert.Empty(room.Spooled());
        room.Register.Time.Advance(TimeSpan.FromMinutes(1));
        await runner.RunDueAsync(CancellationToken.None);

        Assert.Equal(2, room.Spooled().Count);
    }

    [Fact]
    public async Task Without_the_profile_s_word_the_register_sends_nothing_by_itself()
    {
        await using var room = await NoticeRoom.StartAsync(profile: profile => profile with { NoticeRound = new NoticeRoundProfile() });
        await ImportAsync(room, Item("i1"), Loan("l1", "i1", "2026-12-02"));

        Assert.Contains("noticeRound.sends", await RunAsync(room), StringComparison.Ordinal);
        Assert.Empty(room.Spooled());
    }

    [Fact]
    public void Days_of_the_round_that_cannot_be_are_told_by_their_key()
    {
        var profile = ProfileReader.Load("lastu");

        Assert.Contains("dueSoonDays", ProfileCheck.Problem(profile with { NoticeRound = new NoticeRoundProfile { DueSoonDays = 31 } }), StringComparison.Ordinal);
        Assert.Contains("overdueDays", ProfileCheck.Problem(profile with { NoticeRound = new NoticeRoundProfile { OverdueDays = [7, 7] } }), StringComparison.Ordinal);
        Assert.Contains("overdueDays", ProfileCheck.Problem(profile with { NoticeRound = new NoticeRoundProfile { OverdueDays = [0] } }), StringComparison.Ordinal);
        Assert.Equal("daily at 08:00", JobSchedule.Daily(new LocalTime(8, 0)).InWords);
    }

    [Fact]
    public async Task R23_R59_Nothing_that_was_told_of_a_loan_leads_to_its_title_sixty_days_later()
    {
        await using var room = await StartAsync();
        await ImportAsync(room, Item("i1"), Item("i2"), Loan("l1", "i1", "2026-12-04"), Loan("l2", "i2", "2026-11-20"));
        await RunAsync(room);
        Assert.Equal(2, Marks(room));
        await ImportAsync(room, new LoanRecord { Kind = LoanRecordKind.Return, Id = "l1" });

        Assert.Equal(1, Marks(room));
        await OtherRulesTests.RunAsync(room.Register, RetentionRules.ItemHistory, "2027-01-29T12:00:00Z");
        Assert.Contains(room.Messages(), message => message.Contains("Teos i1", StringComparison.Ordinal));
        await OtherRulesTests.RunAsync(room.Register, RetentionRules.ItemHistory, "2027-02-01T12:00:00Z");

        Assert.Equal(2, room.Messages().Count);
        Assert.All(room.Messages(), message => Assert.DoesNotContain("Teos", message, StringComparison.Ordinal));
        Assert.All(room.Messages(), Assert.NotEmpty);
    }

    [Fact]
    public async Task R22_R59_A_settled_invoice_forgets_its_items_sixty_days_later_and_an_open_one_does_not()
    {
        await using var room = await StartAsync();
        var settled = Invoice("v2", "L-2", 100, "i1");
        settled.Done = true;
        await ImportAsync(room, Item("i1", cents: 2000), Invoice("v1", "L-1", 2500, "i1"), Invoice("v2", "L-2", 100, "i1"));
        await ImportAsync(room, settled);

        await OtherRulesTests.RunAsync(room.Register, RetentionRules.ItemHistory, "2027-01-29T12:00:00Z");
        Assert.Equal(["i1", "i1"], Items(room));
        await OtherRulesTests.RunAsync(room.Register, RetentionRules.ItemHistory, "2027-02-01T12:00:00Z");

        Assert.Equal(["i1", ""], Items(room));
    }

    private static int Marks(NoticeRoom room)
    {
        using var db = room.Register.Core.Store.Read();
        return db.Set<Register.PatronNotices.NoticeMarkRow>().Count();
    }

    private static List<string> Items(NoticeRoom room)
    {
        using var db = room.Register.Core.Store.Read();
        return [.. db.Set<Register.Loans.InvoiceRow>().OrderBy(row => row.Number).Select(row => row.ItemIds)];
    }

    private static Task<NoticeRoom> StartAsync(Action<Patron>? change = null) =>
        NoticeRoom.StartAsync(change: change);

    private static async Task<string> RunAsync(NoticeRoom room) =>
        (await room.Register.Service<JobRunner>().RunAsync("patron-notices", "operator", CancellationToken.None)).Summary;

    private static LoanRecord Item(string id, long cents = 0, string owner = "Lahti") =>
        new() { Kind = LoanRecordKind.Item, Id = id, Title = $"Teos {id}", Owner = owner, Cents = cents };

    private static LoanRecord Loan(string id, string item, string dueOn) =>
        new() { Kind = LoanRecordKind.Loan, Id = id, CustomerId = NoticeRoom.Customer, ItemId = item, BranchId = TestRegister.Main, DueOn = dueOn, On = "2026-10-01" };

    private static LoanRecord Invoice(string id, string number, long cents, params string[] items) => new()
    {
        Kind = LoanRecordKind.Invoice,
        Id = id,
        CustomerId = NoticeRoom.Customer,
        Number = number,
        Cents = cents,
        On = "2026-11-30",
        DueOn = "2026-12-31",
        ItemIds = { items },
    };

    private static async Task ImportAsync(NoticeRoom room, params LoanRecord[] records)
    {
        var response = await room.Register.Service<Register.Loans.LoanService>().ImportLoans(new ImportLoansRequest { Records = { records } }, TestCall.Admin());
        Assert.Empty(response.Problems);
    }
}
