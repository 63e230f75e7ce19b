using KioskLink.Protos.Register.V1;
using KioskLink.Register.Circulation;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using NodaTime;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>Whatever machines do, in whatever order they tell it, the books balance.</summary>
public sealed class BooksTests
{
    private const int Steps = 250;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_item_is_in_one_open_loan_at_most_and_what_is_owed_is_what_was_charged_less_what_was_paid(int seed)
    {
        await using var desk = await LoanDesk.OpenAsync();
        var random = new Random(seed);
        foreach (var copy in new[] { "c1", "c2", "c3" })
        {
            await desk.ItemAsync(copy, record => (record.TitleId, record.HomeBranch) = ("t1", TestRegister.Other));
        }

        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(desk, random);
            if (step % 25 == 0)
            {
                Check(desk, $"seed {seed}, step {step}");
            }
        }

        Check(desk, $"seed {seed}, the end");
    }

    private static async Task StepAsync(LoanDesk desk, Random random)
    {
        string[] items = ["i1", "i2", "c1", "c2", "c3", "unknown"];
        var (item, card) = (items[random.Next(items.Length)], random.Next(2) == 0 ? desk.AinosCard : desk.VillesCard);
        var act = random.Next(3) == 0 ? desk.Told(Duration.FromHours(random.Next(1, 72))) : desk.Act();
        var call = random.Next(2) == 0 ? TestCall.Node() : TestCall.Node("other", TestRegister.Other);
        var borrower = new Borrower { CardEnvelope = TestRegister.Envelope(card) };
        switch (random.Next(8))
        {
            case 0 or 1:
                await desk.Register.Loans.CheckOut(new CheckOutRequest { Act = act, Borrower = Told(act, borrower), ItemId = item, MayRenew = random.Next(2) == 0 }, Caller(act, call));
                break;
            case 2 or 3:
                await desk.ReturnAsync(item, act, request => request.Cancels = random.Next(10) == 0, call);
                break;
            case 4:
                await desk.Register.Loans.RenewAll(new RenewAllRequest { Act = act, Borrower = Told(act, borrower) }, Caller(act, call));
                break;
            case 5:
                await desk.Register.Loans.PlaceHold(
                    new PlaceHoldRequest { Act = act, Borrower = Told(act, borrower), ItemId = item, PickUpBranch = TestRegister.Main, Action = random.Next(3) == 0 ? HoldAction.Cancel : HoldAction.Place }, Caller(act, call));
                break;
            case 6:
                await desk.PayAsync(card, random.Next(1, 500), act);
                break;
            default:
                await desk.PassAsync(random.Next(1, 20));
                break;
        }

        // What is told needs no PIN; the rest is staff's here, so that no slow hash is spent.
        Borrower Told(Act of, Borrower sealedCard) => of.NoBlock ? sealedCard : new Borrower { CustomerId = card == desk.AinosCard ? LoanDesk.Aino : LoanDesk.Ville };
        static Grpc.Core.ServerCallContext Caller(Act of, Grpc.Core.ServerCallContext node) => of.NoBlock ? node : TestCall.Admin();
    }

    private static void Check(LoanDesk desk, string where)
    {
        using var db = desk.Register.Core.Store.Read();
        var loans = db.Set<LoanRow>().ToList();
        Assert.True(loans.Count == loans.Select(loan => loan.ItemId).Distinct().Count(), $"{where}: an item is in two open loans");
        var history = db.Set<ItemHistoryRow>().ToList();
        Assert.True(!loans.Select(loan => loan.LoanId).Intersect(history.Select(past => past.LoanId)).Any(), $"{where}: a loan is open and over");
        Assert.True(history.All(past => past.ReturnedAt >= past.LoanedAt), $"{where}: a loan ended before it began");
        foreach (var patron in db.Set<PatronRow>().ToList())
        {
            var (charged, paid) = (db.Set<FeeRow>().Where(fee => fee.PatronId == patron.PatronId).Sum(fee => fee.ChargedCents), db.Set<PaymentRow>().Where(row => row.PatronId == patron.PatronId).Sum(row => row.Cents));
            Assert.True(patron.FeesCents == charged - paid, $"{where}: owes {patron.FeesCents}, was charged {charged} and paid {paid}");
        }

        var holds = db.Set<HoldRow>().ToList();
        var aside = holds.Where(hold => hold.ItemId.Length > 0).Select(hold => hold.ItemId).ToList();
        Assert.True(aside.Count == aside.Distinct().Count(), $"{where}: a copy is set aside twice");
        Assert.True(!aside.Intersect(loans.Select(loan => loan.ItemId)).Any(), $"{where}: a copy is set aside and on loan");
    }
}
