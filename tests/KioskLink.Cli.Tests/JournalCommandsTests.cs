using Google.Protobuf;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli;

public sealed class JournalCommandsTests : FakeServerTest
{
    [Fact]
    public async Task An_intact_journal_is_0()
    {
        Script.On<VerifyJournalRequest>(_ => new VerifyJournalResponse { Intact = true, JournalId = "j", FirstSequence = 1, LastSequence = 42 });

        var printed = await Server.RunAtNode("journal", "verify");

        Assert.Equal(0, printed.Code);
        Assert.Equal("Journal j is intact from record 1 to 42.\n", printed.Output);
    }

    [Fact]
    public async Task A_broken_journal_is_1_and_says_where()
    {
        Script.On<VerifyJournalRequest>(_ => new VerifyJournalResponse { JournalId = "j", BrokenAt = 17, Problem = "the record was altered" });

        var printed = await Server.RunAtNode("journal", "verify");

        Assert.Equal(1, printed.Code);
        Assert.Contains("breaks at record 17: the record was altered", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tail_prints_records_in_order()
    {
        Script.Journal = request => new[] { 5L, 6L }.Where(sequence => request.StopAtEnd && sequence >= request.FromSequence).Select(Record);

        var text = await Server.RunAtNode("journal", "tail", "--from", "5", "--once");
        var json = await Server.RunAtNode("journal", "tail", "--from", "6", "--once", "--json");

        Assert.Equal(0, text.Code);
        Assert.Equal(["5", "6"], text.Output.TrimEnd('\n').Split('\n').Select(line => line.Trim().Split(' ')[0]));
        Assert.Contains("DECISION  front  GRANTED  REPLICA", text.Output, StringComparison.Ordinal);
        var record = Assert.Single(json.JsonLines);
        Assert.Equal((6, "GRANTED", "0102"), ((long)record["sequence"]!, (string?)record["code"], (string?)record["hash"]));
    }

    private static WatchJournalResponse Record(long sequence) => new()
    {
        Sequence = sequence,
        Open = new RecordOpen { Kind = RecordKind.Decision, DoorId = "front", Code = DecisionCode.Granted, Source = Source.Replica },
        Hash = ByteString.CopyFrom(1, 2),
    };
}
