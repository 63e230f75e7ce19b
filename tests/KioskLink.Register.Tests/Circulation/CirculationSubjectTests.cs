using KioskLink.Protos.Register.V1;
using KioskLink.Register.Circulation;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using NodaTime;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>What circulation keeps of patrons is exported, erased and forgotten (R59, R74, R75).</summary>
public sealed class CirculationSubjectTests
{
    [Fact]
    public async Task R74_R75_Payments_and_conflicts_are_exported_and_erased_and_the_other_patron_is_not_named()
    {
        await using var desk = await QuarrelAsync();
        var store = new CirculationSubjects();

        var parts = desk.Rows(db => store.Export(db, Row(db)).ToList());
        Assert.Equal(["loan that staff looks at", "payment"], parts.Select(part => part.Title).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(parts, part => part.Values.Any(value => value.Value.Contains(LoanDesk.Ville, StringComparison.Ordinal)));

        await desk.Register.Core.Lane.WriteAsync(scope => store.Erase(scope, Row(scope.Db)));

        Assert.Empty(desk.Rows(db => store.Export(db, Row(db)).ToList()));
        var conflict = Assert.Single(await desk.ConflictsAsync());
        Assert.Equal((LoanDesk.Ville, ""), (conflict.CustomerId, conflict.OtherCustomerId));
    }

    [Fact]
    public async Task R74_A_hold_that_ended_with_a_loan_is_told_field_by_field_with_the_loan_that_ended_it()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.HoldAsync(desk.AinosCard, "i1");
        var held = Assert.Single(desk.Rows(db => db.Set<HoldRow>().ToList()));
        await desk.LendAsync(desk.AinosCard, "i1");

        var parts = desk.Rows(db => new LoanSubjects().Export(db, Row(db)).ToList());

        var loan = Assert.Single(parts, part => part.Title == "loan");
        var ended = Assert.Single(parts, part => part.Title == "hold that ended with a loan");
        Assert.Equal(
            [("id", held.HoldId), ("title", "Title i1"), ("loan", loan.Values[0].Value), ("placed", Register.Subjects.SubjectPart.Time(held.PlacedAt)), ("expires_on", held.ExpiresOn)],
            new[] { "id", "title", "loan", "placed", "expires_on" }.Select(name => (name, ended.Values.Single(value => value.Name == name).Value)));
        Assert.DoesNotContain(parts.SelectMany(part => part.Values), value => value.Value.Contains('{', StringComparison.Ordinal));
    }

    [Fact]
    public async Task R59_A_settled_conflict_forgets_its_patrons_and_a_paid_fee_its_item_sixty_days_later()
    {
        await using var desk = await QuarrelAsync();
        var open = Assert.Single(await desk.ConflictsAsync());
        await desk.Register.Loans.SettleLoanConflict(new SettleLoanConflictRequest { Id = open.Id, Note = "found on the shelf" }, TestCall.Admin());

        await desk.PassAsync(59);
        await RunAsync(desk);
        Assert.Equal(LoanDesk.Aino, (await desk.ConflictsAsync(settled: true))[0].OtherCustomerId);
        await desk.PassAsync(3);
        await RunAsync(desk);

        var settled = (await desk.ConflictsAsync(settled: true))[0];
        Assert.Equal(("", "", "found on the shelf"), (settled.CustomerId, settled.OtherCustomerId, settled.Note));
        Assert.Equal([("", 0L)], desk.Rows(db => db.Set<FeeRow>().ToList()).Select(fee => (fee.ItemId, fee.Cents)));
    }

    [Fact]
    public async Task R76_A_restricted_patron_is_named_in_no_conflict()
    {
        await using var desk = await QuarrelAsync();
        await desk.Register.RestrictAsync(LoanDesk.Aino);

        var conflict = Assert.Single(await desk.ConflictsAsync());

        Assert.Equal((LoanDesk.Ville, ""), (conflict.CustomerId, conflict.OtherCustomerId));
    }

    // Aino paid for a late return; later she and Ville had the same item.
    private static async Task<LoanDesk> QuarrelAsync()
    {
        var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i2");
        await desk.PassAsync(30);
        await desk.ReturnAsync("i2");
        await desk.PayAsync(desk.AinosCard, 40);
        await desk.LendAsync(desk.AinosCard, "i1");
        desk.Register.Time.Advance(TimeSpan.FromHours(5));
        await desk.LendAsync("", "i1", desk.Told(Duration.FromHours(2)), request => request.Borrower = new Borrower { CardEnvelope = TestRegister.Envelope(desk.VillesCard) });
        return desk;
    }

    private static PatronRow Row(Register.Store.RegisterDb db) => PatronWriter.Find(db, "lastu", LoanDesk.Aino)!;

    private static async Task RunAsync(LoanDesk desk)
    {
        var service = desk.Register.Service<Register.Retention.RetentionService>();
        var plan = await service.DryRun(new DryRunRequest { Rule = "item-history" }, TestCall.Admin());
        await service.RunRetention(new RunRetentionRequest { RunId = plan.Run.Id }, TestCall.Admin());
    }
}
