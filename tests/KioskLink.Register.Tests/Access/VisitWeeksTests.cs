using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Retention;
using NodaTime;

namespace KioskLink.Register.Tests.Access;

/// <summary>What is left of a card's last grants once the door log forgets the entries.</summary>
public sealed class VisitWeeksTests
{
    private const string Third = "FI-Third";

    [Fact]
    public async Task R63_After_the_period_of_the_door_log_only_the_week_of_a_last_visit_is_left_and_nodes_hold_the_card_on()
    {
        await using var register = await TestRegister.StartAsync();
        await register.ApplyAsync(TestRegister.Branch(Third));
        var card = await register.PatronAsync("10001", 1);
        foreach (var branch in new[] { Third, TestRegister.Main, TestRegister.Other })
        {
            await EnterAsync(register, card, branch);
            register.Time.SetWallClock(register.Time.GetUtcNow().AddHours(1));
        }

        await ForgetAsync(register, Duration.FromDays(13));
        Assert.All(Rows(register), row => Assert.False(row.ByWeek));
        await ForgetAsync(register, Duration.FromDays(1));

        var monday = Instant.FromUtc(2026, 11, 29, 22, 0);
        Assert.All(Rows(register), row => Assert.True(row.ByWeek && row.GrantedAt - monday.ToUnixTimeMilliseconds() is >= 0 and < 3));
        Assert.Equal([TestRegister.Other, TestRegister.Main, Third], register.Card(card).Visits.Select(visit => visit.BranchId));
        Assert.All(register.Card(card).Visits, visit => Assert.InRange(visit.At, monday, monday + Duration.FromMilliseconds(2)));
        Assert.DoesNotContain("2026-12-01", await ExportedVisitsAsync(register), StringComparison.Ordinal);
        var scoped = register.Core.Index.Branch(Third)!.Policy;
        Assert.True(Register.Facts.ReplicaScopes.Holds(scoped, register.Card(card), monday + Duration.FromDays(59)));
        Assert.False(Register.Facts.ReplicaScopes.Holds(scoped, register.Card(card), monday + Duration.FromDays(60) + Duration.FromMilliseconds(2)));
    }

    [Fact]
    public async Task R63_A_new_visit_is_known_by_its_time_again_until_the_door_log_forgets_it()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await EnterAsync(register, card, TestRegister.Main);
        await ForgetAsync(register, Duration.FromDays(15));
        Assert.True(Assert.Single(Rows(register)).ByWeek);

        await EnterAsync(register, card, TestRegister.Main);

        var row = Assert.Single(Rows(register));
        Assert.False(row.ByWeek);
        Assert.InRange(register.Now.ToUnixTimeMilliseconds() - row.GrantedAt, 0, 60_000);
    }

    private static async Task EnterAsync(TestRegister register, string card, string branch)
    {
        var attempt = Guid.NewGuid().ToString("N");
        await register.EnterAsync(card, attempt: attempt, call: TestCall.Node($"{branch}-front", branch));
        await register.NotedAsync(attempt);
    }

    private static async Task ForgetAsync(TestRegister register, Duration after)
    {
        register.Time.SetWallClock((register.Now + after).ToDateTimeOffset());
        var service = register.Service<Register.Retention.RetentionService>();
        var plan = (await service.DryRun(new DryRunRequest { Rule = RetentionRules.DoorLog }, TestCall.Admin())).Run;
        await service.RunRetention(new RunRetentionRequest { RunId = plan.Id }, TestCall.Admin());
    }

    private static Task<string> ExportedVisitsAsync(TestRegister register) => Task.Run(() =>
    {
        using var db = register.Core.Store.Read();
        var patron = db.Set<Register.Patrons.PatronRow>().Single();
        var parts = register.Service<IEnumerable<Register.Subjects.ISubjectStore>>().SelectMany(store => store.Export(db, patron));
        var visits = parts.Where(part => part.Title == "last-visit").SelectMany(part => part.Values).ToList();
        Assert.Equal(3, visits.Count(value => value.Name == "week_from"));
        return string.Join(' ', visits.Select(value => value.Value));
    });

    private static List<VisitRow> Rows(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<VisitRow>()];
    }
}
