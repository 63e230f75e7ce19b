using KioskLink.Node.Journal;
using KioskLink.Node.SecondRole;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.SecondRole;

/// <summary>Questions and answers on record, and what ends by itself.</summary>
public class ApprovalDeskTests
{
    private readonly VirtualTime _time = new();
    private readonly List<string> _records = [];
    private readonly ApprovalDesk _desk;
    private string? _fault;

    public ApprovalDeskTests() => _desk = new ApprovalDesk(Record, _time);

    [Fact]
    public async Task Question_answer_and_end_are_on_record_with_who_and_why()
    {
        var id = await AskAsync();
        await _desk.AnswerAsync(id, approved: true, "1001", "the installer is here");
        var ended = _desk.Running(id, ApprovalAct.UnmaskedTrace, "bus0")!.Value.Ended;

        _time.Advance(ApprovalBook.ApprovedFor);

        Assert.True(ended.IsCancellationRequested);
        Assert.Null(_desk.Running(id, ApprovalAct.UnmaskedTrace, "bus0"));
        Assert.Equal(
        [
            "user 1000: asks a second person for an unmasked trace of bus0: no card is read",
            "second role, user 1001: approves an unmasked trace of bus0 for user 1000: the installer is here",
            "an unmasked trace of bus0, asked by user 1000 and approved by user 1001, is over",
        ], _records);
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_approved()
    {
        var id = await AskAsync();
        _fault = "the disk is full";

        var (_, _, problem) = await _desk.AnswerAsync(id, approved: true, "1001", "why not");

        Assert.Equal("the disk is full", problem);
        Assert.Null(_desk.Running(id, ApprovalAct.UnmaskedTrace, "bus0"));
    }

    [Fact]
    public async Task An_approved_opening_serves_once()
    {
        var (asked, _) = await _desk.AskAsync(ApprovalAct.VirtualCard, "front", "does it open?", "1000");
        await _desk.AnswerAsync(asked!.Id, approved: true, "1001", "I stand there");

        Assert.NotNull(_desk.Use(asked.Id, ApprovalAct.VirtualCard, "front"));
        Assert.Null(_desk.Use(asked.Id, ApprovalAct.VirtualCard, "front"));
    }

    private async Task<string> AskAsync() => (await _desk.AskAsync(ApprovalAct.UnmaskedTrace, "bus0", "no card is read", "1000")).Asked!.Id;

    private Task<AppendResult> Record(RecordOpen open)
    {
        _records.Add(open.Detail);
        return Task.FromResult(new AppendResult(_records.Count, _fault));
    }
}
