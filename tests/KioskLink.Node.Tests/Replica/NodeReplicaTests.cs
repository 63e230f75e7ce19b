using KioskLink.Node.Replica;
using KioskLink.Node.Tests.Rig;
using KioskLink.Rules.Access;
using KioskLink.Testing;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace KioskLink.Node.Tests.Replica;

public class NodeReplicaTests : IDisposable
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 10, 0);
    private readonly TempFolder _folder = new();

    [Fact]
    public void What_was_completed_is_there_after_a_restart()
    {
        using (var replica = Snapshot(Samples.KnownCard))
            replica.OnWatermark(Samples.At(1), Noon);

        using var again = Open();

        Assert.IsType<CardFacts>(again.Find(Samples.TokenOf(Samples.KnownCard)).Facts);
        Assert.Equal(TestAuthority.Branch, again.Branch!.Id);
        Assert.Equal(("e1", 1L), (again.Mark.Epoch, again.Mark.Version));
        Assert.Equal(Duration.FromMinutes(5), again.AgeAt(Noon + Duration.FromMinutes(5)));
    }

    [Fact]
    public void A_snapshot_drops_at_its_end_what_it_did_not_name()
    {
        using (var replica = Snapshot(Samples.KnownCard, Samples.UnknownCard))
        {
            replica.Begin(snapshot: true, Samples.Keys.KeyId);
            replica.Apply(Samples.State(Samples.Branch(), 2));
            replica.Apply(Samples.State(Samples.Adult(), 2));
            Assert.IsType<CardFacts>(replica.Find(Samples.TokenOf(Samples.UnknownCard)).Facts);

            replica.Complete(Samples.At(2));

            Assert.IsType<UnknownCard>(replica.Find(Samples.TokenOf(Samples.UnknownCard)).Facts);
        }
        using var again = Open();
        Assert.Equal(2, again.Count);
    }

    [Fact]
    public void The_newer_state_of_an_entity_stays()
    {
        using var replica = Snapshot(Samples.KnownCard);
        var lost = Samples.Adult();
        lost.Lost = true;

        replica.Apply(Samples.State(lost, 5, priority: true));
        replica.Apply(Samples.State(Samples.Adult(), 4));

        Assert.True(Assert.IsType<CardFacts>(replica.Find(lost.Token.Span).Facts).Lost);
    }

    [Fact]
    public void An_older_state_does_not_bring_back_an_entity_that_is_gone()
    {
        using var replica = Snapshot(Samples.KnownCard);

        replica.Apply(Samples.Gone(Samples.KnownCard, 5));
        replica.Apply(Samples.State(Samples.Adult(), 4));

        Assert.IsType<UnknownCard>(replica.Find(Samples.TokenOf(Samples.KnownCard)).Facts);
        replica.Complete(Samples.At(6));
        Assert.Equal(1, replica.Count);
    }

    [Fact]
    public void Facts_are_not_complete_during_a_snapshot()
    {
        using var replica = Open();
        replica.Begin(snapshot: true, Samples.Keys.KeyId);
        replica.Apply(Samples.State(Samples.Branch()));

        replica.OnWatermark(Samples.At(1), Noon);

        Assert.Null(replica.AsOf);
        Assert.False(replica.Mark.IsComplete);
    }

    [Fact]
    public void Another_node_key_makes_everything_worthless()
    {
        using var replica = Snapshot(Samples.KnownCard);

        replica.Begin(snapshot: true, [8, 7, 6, 5, 4, 3, 2, 1]);

        Assert.Equal(0, replica.Count);
        Assert.False(replica.Mark.IsComplete);
    }

    [Fact]
    public async Task A_damaged_file_is_fetched_anew()
    {
        using (Snapshot(Samples.KnownCard))
        {
        }
        await File.WriteAllBytesAsync(_folder["replica.db"], new byte[10_000]);

        using var again = Open();

        Assert.True(again.WasDamaged);
        Assert.Equal(0, again.Count);
    }

    [Fact]
    public void A_file_that_only_cannot_be_opened_is_left_as_it_is()
    {
        using (Snapshot(Samples.KnownCard))
        {
        }
        Directory.CreateDirectory(_folder["replica.db-wal"]);
        Assert.Throws<SqliteException>(Open);
        Directory.Delete(_folder["replica.db-wal"]);

        using var again = Open();

        Assert.False(again.WasDamaged);
        Assert.IsType<CardFacts>(again.Find(Samples.TokenOf(Samples.KnownCard)).Facts);
    }

    [Fact]
    public void A_card_whose_state_the_disk_has_spoilt_is_held_as_nothing()
    {
        using (Snapshot(Samples.KnownCard))
        {
        }
        Sql("UPDATE entity SET state = x'FFFFFF' WHERE kind = 1");

        using var again = Open();

        Assert.IsType<UnknownCard>(again.Find(Samples.TokenOf(Samples.KnownCard)).Facts);
    }

    [Fact]
    public void A_branch_that_the_disk_has_spoilt_is_fetched_anew_with_everything()
    {
        using (Snapshot(Samples.KnownCard))
        {
        }
        Sql("UPDATE entity SET state = x'FFFFFF' WHERE kind = 3");

        using var again = Open();

        Assert.True(again.WasDamaged);
        Assert.Equal(0, again.Count);
    }

    [Fact]
    public void No_card_number_lies_in_the_file()
    {
        using (Snapshot(Samples.KnownCard))
        {
        }

        Assert.All(Directory.GetFiles(_folder.Path), file => Assert.DoesNotContain(Samples.KnownCard, File.ReadAllText(file, System.Text.Encoding.Latin1), StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["replica.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private NodeReplica Open() => new(_folder["replica.db"]);

    private NodeReplica Snapshot(params string[] cards)
    {
        var replica = Open();
        replica.Begin(snapshot: true, Samples.Keys.KeyId);
        replica.Apply(Samples.State(Samples.Branch()));
        foreach (var card in cards)
            replica.Apply(Samples.State(Samples.Adult(card)));
        replica.Complete(Samples.At(1));
        return replica;
    }
}
