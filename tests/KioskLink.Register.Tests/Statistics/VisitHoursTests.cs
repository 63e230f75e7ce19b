using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Retention;
using KioskLink.Register.Statistics;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Statistics;

/// <summary>Visits by branch and hour are the same before and after the door log forgets whose they were.</summary>
public sealed class VisitHoursTests
{
    private static readonly DateInterval Days = new(new LocalDate(2026, 11, 1), new LocalDate(2026, 12, 31));

    [Fact]
    public async Task R53_Visits_of_any_span_are_told_from_the_door_log_and_from_what_became_of_it()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await EnterAsync(register, card, "first");
        await EnterAsync(register, card, "second");
        register.Time.SetWallClock(register.Time.GetUtcNow().AddDays(10));
        await EnterAsync(register, card, "third");
        var before = Told(register);

        register.Time.SetWallClock(register.Time.GetUtcNow().AddDays(5));
        await ForgetAsync(register);

        Assert.Equal([("2026-12-01", 12, 2L), ("2026-12-11", 12, 1L)], before);
        Assert.Equal(before, Told(register));
        await ForgetAsync(register);
        Assert.Equal(before, Told(register));
        register.Time.SetWallClock(register.Time.GetUtcNow().AddDays(10));
        await ForgetAsync(register);
        Assert.Equal(before, Told(register));
    }

    [Fact]
    public async Task R63_An_entry_whose_node_tells_of_it_after_it_became_a_count_is_counted_once()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await EnterAsync(register, card, "late");
        var at = register.Now;
        register.Time.SetWallClock(register.Time.GetUtcNow().AddDays(15));
        await ForgetAsync(register);

        // The record of a node that was cut off for a fortnight: it had the register's answer.
        await register.Core.Lane.WriteAsync(scope =>
        {
            scope.Db.Add(Record(scope.NowMs, at, "late", Wire.Source.Register));
            scope.Db.Add(Record(scope.NowMs, at, "alone", Wire.Source.Replica));
        });

        Assert.Equal([("2026-12-01", 12, 2L)], Told(register));
        await ForgetAsync(register);
        Assert.Equal([("2026-12-01", 12, 2L)], Told(register));
    }

    private static AttemptRow Record(long receivedAt, Instant at, string attempt, Wire.Source source) => new()
    {
        Consortium = "lastu",
        NodeId = "main-front",
        AttemptId = attempt,
        BranchId = TestRegister.Main,
        Code = (int)Wire.DecisionCode.Granted,
        Source = (int)source,
        PresentedAt = at.ToUnixTimeMilliseconds(),
        ReceivedAt = receivedAt,
        JournalSequence = 1,
    };

    private static async Task EnterAsync(TestRegister register, string card, string attempt)
    {
        await register.EnterAsync(card, attempt: attempt);
        await register.NotedAsync(attempt);
    }

    private static async Task ForgetAsync(TestRegister register)
    {
        var service = register.Service<Register.Retention.RetentionService>();
        var plan = (await service.DryRun(new DryRunRequest { Rule = RetentionRules.DoorLog }, TestCall.Admin())).Run;
        await service.RunRetention(new RunRetentionRequest { RunId = plan.Id }, TestCall.Admin());
    }

    private static List<(string Day, int Hour, long Visits)> Told(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. register.Service<VisitHours>().Of(db, Days).Select(count => (count.Date, count.Hour, count.Visits))];
    }
}
