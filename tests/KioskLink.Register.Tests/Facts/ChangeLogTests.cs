using KioskLink.Register.Facts;
using KioskLink.Rules.Access;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Facts;

public sealed class ChangeLogTests
{
    [Fact]
    public async Task Many_writers_at_once_leave_versions_without_gaps_in_commit_order()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var start = register.Core.Log.Head.Version;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < 25; n++)
            {
                var day = register.Now + Duration.FromDays((writer * 25) + n);
                await register.BanAsync("10001", Wire.BanKind.Loan, ban => (ban.StartTime, ban.EndTime) = (day.ToProto(), (day + Duration.FromDays(1)).ToProto()));
            }
        })));

        var versions = Stored(register).Select(row => row.Version).ToList();
        Assert.Equal(start + 200, register.Core.Log.Head.Version);
        Assert.Equal(Enumerable.Range(1, versions.Count).Select(n => (long)n), versions);
        Assert.Equal(Stored(register).Select(row => row.CommitTime).Order(), Stored(register).Select(row => row.CommitTime));
    }

    [Fact]
    public async Task Work_that_fails_leaves_no_row_and_no_gap_and_does_not_hurt_its_neighbours()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var start = register.Core.Log.Head.Version;

        var failing = register.Core.Lane.WriteAsync(scope =>
        {
            scope.Touch(EntityId.Branch(TestRegister.Main));
            throw new InvalidOperationException("half done");
        });
        var working = register.Core.Lane.WriteAsync(scope => scope.Touch(EntityId.Branch(TestRegister.Other)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal(start + 1, (await working).Version);
        Assert.Equal(start + 1, register.Core.Log.Head.Version);
    }

    [Fact]
    public async Task A_stream_reads_on_from_any_position_and_wakes_when_the_head_moves()
    {
        await using var register = await TestRegister.StartAsync();
        var log = register.Core.Log;
        var waiting = log.WaitBeyondAsync(log.Head.Version, CancellationToken.None);

        await register.PatronAsync("10001", 1);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([1, 2, 3], log.ReadAfter(0, 10)!.Select(change => change.Version));
        Assert.Equal(log.ReadAfter(1, 2), log.ReadAfter(1, 10)!.Take(2));
        Assert.Empty(log.ReadAfter(log.Head.Version, 10)!);
        Assert.Equal(EntityKind.Branch, log.ReadAfter(0, 1)![0].Entity.Kind);
    }

    [Fact]
    public async Task What_was_read_from_memory_is_read_the_same_from_the_disk_after_a_restart()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.Loan);
        var before = register.Core.Log.ReadAfter(1, 100);

        await register.RestartAsync();

        Assert.Equal(before, register.Core.Log.ReadAfter(1, 100));
    }

    [Fact]
    public async Task Bans_and_pin_changes_go_ahead_of_bulk_and_new_cards_do_not()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, pin: "");
        var issued = register.Core.Log.ReadAfter(register.Core.Log.Head.Version - 1, 1)![0];
        await register.BanAsync("10001", Wire.BanKind.SelfService);
        var banned = register.Core.Log.ReadAfter(register.Core.Log.Head.Version - 1, 1)![0];

        Assert.False(issued.Priority);
        Assert.True(banned.Priority);
        Assert.Equal(issued.Entity, banned.Entity);
    }

    [Fact]
    public async Task After_thirty_days_old_changes_are_forgotten_but_what_held_at_the_new_beginning_is_known()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.Loan);
        register.Time.Advance(TimeSpan.FromDays(20));
        await register.BanAsync("10001", Wire.BanKind.SelfService, ban => ban.EndTime = (register.Now + Duration.FromDays(100)).ToProto());
        register.Time.Advance(TimeSpan.FromDays(20));

        await register.Service<LogRetention>().PruneAsync();
        await register.RestartAsync();

        var past = register.Service<PastFacts>();
        var cardId = register.Card(card).CardId;
        Assert.Null(register.Core.Log.ReadAfter(1, 10));
        Assert.False(past.Reaches(register.Now - Duration.FromDays(31)));
        Assert.Equal(BanKind.Loan, Assert.Single(((CardFacts)past.Card(cardId, null, register.Now - Duration.FromDays(25))).Bans).Kind);
        Assert.Equal(2, ((CardFacts)past.Card(cardId, null, register.Now - Duration.FromDays(19))).Bans.Count);
        Assert.Equal(1, Stored(register).Count(row => row.Kind == (int)EntityKind.Card && row.CommitTime < register.Core.Log.Floor.Time.ToUnixTimeMilliseconds()));
    }

    private static List<ChangeRow> Stored(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<ChangeRow>().OrderBy(row => row.Version)];
    }
}
