using KioskLink.Node.Clock;
using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace KioskLink.Node.Tests.Journal;

public class NodeJournalTests : IDisposable
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 10, 0);
    private readonly TempFolder _folder = new();
    private readonly NodeClock _clock = new(new BootClock("boot-1", () => NodaTime.Duration.FromHours(1)), new VirtualTime());

    public NodeJournalTests() => _clock.OnWatermark(Noon);

    [Fact]
    public async Task A_record_is_there_after_a_restart_and_the_chain_holds()
    {
        string id;
        using (var journal = Open())
        {
            id = journal.Id;
            var appended = await journal.AppendAsync(Decision("a1"), Personal());
            Assert.Equal(2, appended.Sequence);
        }

        using var again = Open();

        Assert.Equal(id, again.Id);
        Assert.Equal(2, again.LastSequence);
        Assert.True(again.Verify().IsWhole);
        Assert.Equal("a1", RecordOpen.Parser.ParseFrom(again.Read(2, 1)[0].Open).AttemptId);
    }

    [Fact]
    public async Task Records_of_many_doors_come_out_in_one_chain()
    {
        using var journal = Open();

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => journal.AppendAsync(Decision($"a{number}"))));

        Assert.Equal(Enumerable.Range(2, 200).Select(sequence => (long)sequence), results.Select(result => result.Sequence).Order());
        Assert.True(journal.Verify().IsWhole);
    }

    [Fact]
    public async Task Records_carry_boot_id_boot_time_and_clock_trust()
    {
        using var journal = Open();
        await journal.AppendAsync(Decision("a1"));

        var open = RecordOpen.Parser.ParseFrom(journal.Read(2, 1)[0].Open);

        Assert.Equal("boot-1", open.BootId);
        Assert.True(open.ClockTrusted);
        Assert.Equal(Noon, open.Time.FromProto());
        Assert.Equal(NodaTime.Duration.FromHours(1), open.BootTime.FromProto());
    }

    [Fact]
    public async Task An_altered_record_is_found()
    {
        using (var journal = Open())
        {
            await journal.AppendAsync(Decision("a1"));
            await journal.AppendAsync(Decision("a2"));
        }
        Sql("UPDATE record SET open = x'00' || open WHERE sequence = 2");

        using var again = Open();

        Assert.Equal(2, again.Verify().BrokenSequence);
    }

    [Fact]
    public async Task A_removed_record_is_found()
    {
        using (var journal = Open())
        {
            await journal.AppendAsync(Decision("a1"));
            await journal.AppendAsync(Decision("a2"));
        }
        Sql("DELETE FROM record WHERE sequence = 2");

        using var again = Open();

        Assert.Equal(2, again.Verify().BrokenSequence);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public async Task A_damaged_journal_is_set_aside_whole_and_the_new_one_names_it(int offset)
    {
        using (var journal = Open())
            await journal.AppendAsync(Decision("a1"));
        SqliteConnection.ClearAllPools();
        var damaged = Damage(_folder["journal.db"], offset);

        using var again = Open();

        Assert.Equal(damaged, await File.ReadAllBytesAsync(again.SetAside!));
        var first = RecordOpen.Parser.ParseFrom(again.Read(1, 1)[0].Open);
        Assert.Equal(RecordKind.JournalOpened, first.Kind);
        Assert.Contains("journal.set-aside-1.db", first.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_torn_file_is_set_aside_too()
    {
        using (var journal = Open())
            await Task.WhenAll(Enumerable.Range(0, 100).Select(number => journal.AppendAsync(Decision($"a{number}"), Personal())));
        await using (var file = File.Open(_folder["journal.db"], FileMode.Open))
            file.SetLength((file.Length / 2) + 100);

        using var again = Open();

        Assert.NotNull(again.SetAside);
        Assert.True((await again.AppendAsync(Decision("b1"))).Durable);
    }

    [Fact]
    public async Task A_full_disk_is_an_answer_and_nothing_is_lost()
    {
        using var journal = Open(new JournalOptions { MaxBytes = 64 * 1024 });
        var big = new string('x', 4000);
        AppendResult result;
        do
            result = await journal.AppendAsync(new RecordOpen { Kind = RecordKind.Alarm, Detail = big });
        while (result.Durable);

        Assert.Contains("cannot be written", result.Problem, StringComparison.Ordinal);
        Assert.True(journal.Verify().IsWhole);
        Assert.Equal(journal.LastSequence, journal.Verify().Count);
    }

    [Fact]
    public async Task A_decision_without_outcome_is_recorded_as_interrupted_once()
    {
        using (var journal = Open())
        {
            await journal.AppendAsync(Decision("finished"));
            await journal.AppendAsync(new RecordOpen { Kind = RecordKind.Outcome, AttemptId = "finished", Outcome = Outcome.Unlocked });
            await journal.AppendAsync(Decision("open"));
        }

        using var again = Open();

        Assert.Equal(1, await again.RecordInterruptionsAsync());
        Assert.Equal(0, await again.RecordInterruptionsAsync());
        var last = RecordOpen.Parser.ParseFrom(again.Read(again.LastSequence, 1)[0].Open);
        Assert.Equal((RecordKind.Interrupted, "open"), (last.Kind, last.AttemptId));
    }

    [Fact]
    public async Task Old_records_lose_their_personal_part_and_what_the_register_holds_of_them_goes()
    {
        NodaTime.Duration boot = NodaTime.Duration.FromHours(1);
        var clock = new NodeClock(new BootClock("boot-1", () => boot), new VirtualTime());
        clock.OnWatermark(Noon);
        using var journal = NodeJournal.Open(_folder.Path, clock);
        for (var number = 0; number < 10; number++)
            await journal.AppendAsync(Decision($"a{number}"), Personal());
        boot += NodaTime.Duration.FromDays(20);
        await journal.AppendAsync(Decision("today"), Personal());
        journal.Acknowledge(journal.Id, 6);

        await journal.ForgetAsync(NodaTime.Duration.FromDays(14));

        var records = journal.Read(1, 100);
        Assert.True(journal.Verify().IsWhole);
        Assert.Equal(7, records[0].Sequence);
        Assert.All(records.SkipLast(1), record => Assert.Empty(record.Personal));
        Assert.NotEmpty(records[^1].Personal);
    }

    [Fact]
    public async Task A_record_whose_time_nobody_vouched_for_is_as_old_as_the_next_one()
    {
        var boot = NodaTime.Duration.FromHours(1);
        var clock = new NodeClock(new BootClock("boot-1", () => boot), new VirtualTime(DateTimeOffset.UnixEpoch));
        using var journal = NodeJournal.Open(_folder.Path, clock);
        await journal.AppendAsync(Decision("untrusted"), Personal());
        clock.OnWatermark(Noon);
        await journal.AppendAsync(Decision("trusted"), Personal());

        boot += NodaTime.Duration.FromDays(13);
        await journal.ForgetAsync(NodaTime.Duration.FromDays(14));
        Assert.All(journal.Read(2, 2), record => Assert.NotEmpty(record.Personal));

        boot += NodaTime.Duration.FromDays(2);
        await journal.ForgetAsync(NodaTime.Duration.FromDays(14));
        Assert.All(journal.Read(2, 2), record => Assert.Empty(record.Personal));
    }

    [Fact]
    public async Task A_journal_that_breaks_while_the_node_runs_is_set_aside_and_the_record_goes_into_a_new_one()
    {
        using var journal = Open();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => journal.AppendAsync(Decision($"a{number}"), Personal())));
        var (old, told) = (journal.Id, new Inbox<string>());
        journal.WasSetAside += told.Post;
        Sql("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'nonsense' WHERE name = 'record'; PRAGMA schema_version=99");

        var appended = await journal.AppendAsync(Decision("b1"));

        Assert.Equal((true, 2L), (appended.Durable, appended.Sequence));
        Assert.NotEqual(old, journal.Id);
        Assert.True(File.Exists(await told.Next("the path of the old journal")));
        Assert.False(await journal.WaitBeyondAsync(old, 100, CancellationToken.None));
    }

    [Fact]
    public async Task A_new_journal_that_cannot_be_begun_is_begun_once_the_disk_allows_it()
    {
        using var journal = Open();
        await journal.AppendAsync(Decision("a1"));
        Directory.CreateDirectory(_folder["journal.set-aside-1.db"]);

        await journal.StartAnewAsync("record 2 differs");
        Assert.False((await journal.AppendAsync(Decision("b1"))).Durable);
        Directory.Delete(_folder["journal.set-aside-1.db"]);

        Assert.True((await journal.AppendAsync(Decision("b2"))).Durable);
        Assert.Equal(RecordKind.JournalOpened, RecordOpen.Parser.ParseFrom(journal.Read(1, 1)[0].Open).Kind);
    }

    [Fact]
    public async Task A_record_that_the_disk_has_spoilt_stops_no_start()
    {
        using (var journal = Open())
            await journal.AppendAsync(Decision("a1"));
        Sql("UPDATE record SET open = x'FFFFFF' WHERE sequence = 2");

        using var again = Open();

        Assert.Equal(0, await again.RecordInterruptionsAsync());
        Assert.Equal(2, again.Verify().BrokenSequence);
    }

    [Fact]
    public async Task A_long_write_ahead_log_is_moved_into_the_file()
    {
        using var journal = Open();

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => journal.AppendAsync(Decision($"a{number}"), Personal())));
        await journal.AppendAsync(Decision("last"));

        Assert.InRange(new FileInfo(_folder["journal.db"]).Length, 100_000, long.MaxValue);
        Assert.True(journal.Verify().IsWhole);
    }

    [Fact]
    public async Task A_new_journal_after_a_fork_names_the_old_one_and_drops_nothing()
    {
        using var journal = Open();
        await journal.AppendAsync(Decision("a1"));
        var old = journal.Id;

        await journal.StartAnewAsync("record 2 differs");
        await journal.AppendAsync(Decision("b1"));

        Assert.NotEqual(old, journal.Id);
        Assert.Contains(old, RecordOpen.Parser.ParseFrom(journal.Read(1, 1)[0].Open).Detail, StringComparison.Ordinal);
        Assert.Equal(2, journal.LastSequence);
        Assert.True(File.Exists(_folder["journal.set-aside-1.db"]));
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private NodeJournal Open(JournalOptions? options = null) => NodeJournal.Open(_folder.Path, _clock, options);

    private static RecordOpen Decision(string attempt) =>
        new() { Kind = RecordKind.Decision, AttemptId = attempt, Code = DecisionCode.Granted, Granted = true };

    private static RecordPersonal Personal() => new() { Token = Google.Protobuf.ByteString.CopyFromUtf8("a token of 16 by"), Envelope = Google.Protobuf.ByteString.CopyFrom(new byte[140]) };

    private static byte[] Damage(string path, int offset)
    {
        var bytes = File.ReadAllBytes(path);
        for (var i = offset; i < Math.Min(offset + 512, bytes.Length); i++)
            bytes[i] = 0xA5;
        File.WriteAllBytes(path, bytes);
        return bytes;
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["journal.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
