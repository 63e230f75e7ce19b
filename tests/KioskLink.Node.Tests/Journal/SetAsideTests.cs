using KioskLink.Node.Clock;
using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace KioskLink.Node.Tests.Journal;

/// <summary>Journals that were set aside keep nobody's entries longer than the one in use.</summary>
public sealed class SetAsideTests : IDisposable
{
    private const string Token = "a token of 16 by";

    private static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 10, 0);
    private static readonly NodaTime.Duration Kept = NodaTime.Duration.FromDays(14);

    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly NodeClock _clock;

    public SetAsideTests()
    {
        _clock = new NodeClock(new BootClock("boot-1", () => NodaTime.Duration.FromHours(1)), _time);
        _clock.OnWatermark(Noon);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task R63_A_journal_that_was_set_aside_forgets_whose_entries_were_after_fourteen_days_and_stays(int seconds, bool held)
    {
        using var journal = NodeJournal.Open(_folder.Path, _clock, null);
        await journal.AppendAsync(
            new RecordOpen { Kind = RecordKind.Decision, AttemptId = "a1", Granted = true }, new RecordPersonal { Token = Google.Protobuf.ByteString.CopyFromUtf8(Token) });
        await journal.StartAnewAsync("a fork");

        _clock.OnWatermark(Noon + Kept + NodaTime.Duration.FromSeconds(seconds));
        await journal.ForgetAsync(Kept);

        SqliteConnection.ClearAllPools();
        Assert.Equal(held, Aside().Contains(Token, StringComparison.Ordinal));
        Assert.Contains("a1", Aside(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task R63_A_journal_that_nobody_can_read_is_deleted_when_it_is_as_old(int seconds, bool there)
    {
        using var journal = NodeJournal.Open(_folder.Path, _clock, null);
        var unreadable = _folder["journal.set-aside-7.db"];
        await File.WriteAllTextAsync(unreadable, "this is no database at all, whatever its name says");
        File.SetLastWriteTimeUtc(unreadable, Noon.ToDateTimeUtc());

        _clock.OnWatermark(Noon + Kept + NodaTime.Duration.FromSeconds(seconds));
        await journal.ForgetAsync(Kept);

        Assert.Equal(there, File.Exists(unreadable));
    }

    public void Dispose() => _folder.Dispose();

    private string Aside() => string.Concat(Directory.EnumerateFiles(_folder.Path, "journal.set-aside-1.db*").Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));
}
