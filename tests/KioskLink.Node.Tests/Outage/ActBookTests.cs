using KioskLink.Node.Hosting;
using KioskLink.Node.Outage;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Access;
using KioskLink.Testing;
using NodaTime;

namespace KioskLink.Node.Tests.Outage;

/// <summary>What was answered is kept, whatever ends the node; what was not kept was not answered.</summary>
public sealed class ActBookTests : IDisposable
{
    private const int Room = 100;
    private readonly TempFolder _folder = new();

    private string Path => _folder["acts.db"];

    [Fact]
    public async Task An_act_that_was_kept_is_there_after_a_restart_as_it_was()
    {
        var act = SampleActs.Loan("301") with { Pin = PinResult.Right, MayRenew = true, NotedBy = "staff-3", PickUpBranch = "B", CardEnd = "0018" };
        using (var book = new ActBook(Path))
            Assert.True((await book.KeepAsync(act, Room)).IsKept);

        using var again = new ActBook(Path);

        var kept = Assert.Single(again.All);
        Assert.Equal(act.Token, kept.Token);
        Assert.Equal(act.Envelope, kept.Envelope);
        Assert.Equal(act with { Sequence = 1, State = ActState.Waiting, Token = kept.Token, Envelope = kept.Envelope }, kept);
    }

    [Fact]
    public async Task A_file_from_before_the_end_of_a_card_was_kept_is_read_and_written_on()
    {
        using (var book = new ActBook(Path))
            await book.KeepAsync(SampleActs.Loan("301", "one"), Room);
        using (var file = SqliteFiles.Open(Path, ""))
            SqliteFiles.Run(file, "ALTER TABLE act DROP COLUMN card_end;");

        using var again = new ActBook(Path);

        Assert.Null(again.SetAside);
        await again.KeepAsync(SampleActs.Loan("302") with { CardEnd = "0018" }, Room);
        Assert.Equal([("301", ""), ("302", "0018")], again.All.Select(act => (act.Item, act.CardEnd)));
    }

    [Fact]
    public async Task Whatever_is_torn_off_the_end_of_the_file_every_answered_act_before_it_is_there()
    {
        var answered = new List<(long LogBytes, int Acts)>();
        using (var book = new ActBook(Path))
        {
            for (var act = 1; act <= 12; act++)
            {
                await book.KeepAsync(SampleActs.Loan($"30{act}"), Room);
                answered.Add((new FileInfo(Path + "-wal").Length, act));
            }
            File.Copy(Path, _folder["whole.db"]);
            File.Copy(Path + "-wal", _folder["whole.db-wal"]);
        }

        var log = File.ReadAllBytes(_folder["whole.db-wal"]);
        for (var length = log.Length; length > 0; length -= 2011)
        {
            using var torn = new TempFolder();
            File.Copy(_folder["whole.db"], torn["acts.db"]);
            File.WriteAllBytes(torn["acts.db-wal"], log[..length]);
            using var book = new ActBook(torn["acts.db"]);

            Assert.Null(book.SetAside);
            var promised = answered.Where(moment => moment.LogBytes <= length).Select(moment => moment.Acts).LastOrDefault();
            Assert.InRange(book.All.Count, promised, 12);
            Assert.Equal(Enumerable.Range(1, book.All.Count).Select(place => $"30{place}"), book.All.Select(act => act.Item));
        }
    }

    [Fact]
    public async Task A_full_disk_keeps_nothing_and_says_so_and_what_was_kept_stays()
    {
        var said = new Inbox<string?>();
        using var book = new ActBook(Path, maxBytes: 32 * 1024);
        book.DiskSaid += said.Post;
        var kept = 0;
        KeepResult last;
        do
        {
            last = await book.KeepAsync(SampleActs.Loan($"{kept}"), int.MaxValue);
            kept += last.IsKept ? 1 : 0;
        }
        while (last.IsKept);

        Assert.Equal(KeepOutcome.NotWritten, last.Outcome);
        Assert.NotNull(await said.NextWhere(problem => problem is not null, "the disk's word"));
        Assert.Equal((kept, kept), (book.Waiting, book.All.Count));
        Assert.Null(book.LastWaiting($"item {kept}"));
    }

    [Fact]
    public async Task As_many_wait_as_the_branch_allows_and_no_more()
    {
        using var book = new ActBook(Path);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(item => book.KeepAsync(SampleActs.Return($"{item}"), limit: 7)));

        Assert.Equal(7, results.Count(result => result.IsKept));
        Assert.Equal(13, results.Count(result => result.Outcome == KeepOutcome.Full));
    }

    [Fact]
    public async Task The_same_id_is_kept_once_also_while_it_is_being_written()
    {
        using var book = new ActBook(Path);
        var act = SampleActs.Loan("301", "one");

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => book.KeepAsync(act, Room)));

        Assert.All(results, result => Assert.Equal((KeepOutcome.Kept, 1L), (result.Outcome, result.Act!.Sequence)));
        Assert.Single(book.All);
    }

    [Fact]
    public async Task Once_the_register_has_an_act_no_file_tells_whose_it_was()
    {
        var act = SampleActs.Loan("301");
        using (var book = new ActBook(Path))
        {
            await book.KeepAsync(act, Room);
            Assert.True(Holds(act.Envelope) && Holds(act.Token));
            await book.SettleAsync(1, ActState.Taken, LoanReason.Done, SampleActs.Noon);
            await book.CompactAsync();
            Assert.Equal((ActState.Taken, LoanReason.Done, 0), (book.All[0].State, book.All[0].Reason, book.Waiting));
        }

        Assert.False(Holds(act.Envelope) || Holds(act.Token));
    }

    [Fact]
    public async Task R75_A_card_that_was_erased_leaves_no_trace_and_its_loan_is_listed_as_refused()
    {
        var (erased, other) = (SampleActs.Loan("301"), SampleActs.Of(ActKind.CheckOut, "302", token: [.. Enumerable.Repeat((byte)9, 16)]));
        using (var book = new ActBook(Path))
        {
            await book.KeepAsync(erased, Room);
            await book.KeepAsync(other, Room);

            Assert.True(await book.ForgetCardAsync(erased.Token, SampleActs.Noon));

            Assert.Equal([ActState.Refused, ActState.Waiting], book.All.Select(act => act.State));
            Assert.Equal((0, 1), (book.CountOf(erased.Token), book.CountOf(other.Token)));
        }

        Assert.False(Holds(erased.Token));
        Assert.True(Holds(other.Token));
    }

    [Fact]
    public async Task What_became_of_an_act_is_forgotten_after_a_time_and_what_waits_never()
    {
        using var book = new ActBook(Path);
        await book.KeepAsync(SampleActs.Loan("301"), Room);
        await book.KeepAsync(SampleActs.Loan("302"), Room);
        await book.KeepAsync(SampleActs.Loan("303"), Room);
        await book.SettleAsync(1, ActState.Taken, LoanReason.Done, SampleActs.Noon);
        await book.SettleAsync(2, ActState.Conflict, LoanReason.ItemOnLoan, SampleActs.Noon + Duration.FromDays(1));

        Assert.True(await book.ForgetBeforeAsync(SampleActs.Noon + Duration.FromHours(1)));

        Assert.Equal(["302", "303"], book.All.Select(act => act.Item));
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_whole_and_a_new_one_begun()
    {
        File.WriteAllBytes(Path, [.. Enumerable.Repeat((byte)0x55, 8192)]);

        using var book = new ActBook(Path);

        Assert.Equal(_folder["acts.set-aside-1.db"], book.SetAside);
        Assert.Equal(8192, new FileInfo(book.SetAside!).Length);
        Assert.True((await book.KeepAsync(SampleActs.Return("301"), Room)).IsKept);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void R63_A_file_that_was_set_aside_is_deleted_when_it_was_kept_as_long_as_is_allowed(int seconds, bool there)
    {
        File.WriteAllBytes(Path, [.. Enumerable.Repeat((byte)0x55, 8192)]);
        File.SetLastWriteTimeUtc(Path, SampleActs.Noon.ToDateTimeUtc().AddYears(-5));
        using var book = new ActBook(Path);
        var setAside = Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(book.SetAside!));

        Assert.True(book.ForgetAsideBefore(setAside + Duration.FromSeconds(seconds)));

        Assert.True(setAside > SampleActs.Noon - Duration.FromDays(365));
        Assert.Equal(there, File.Exists(book.SetAside));
        Assert.True(File.Exists(Path));
    }

    public void Dispose() => _folder.Dispose();

    private bool Holds(byte[] secret) => Directory.EnumerateFiles(_folder.Path, "acts*").Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(secret) >= 0);
}
