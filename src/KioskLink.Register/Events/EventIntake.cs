using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Alarms;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Store;

namespace KioskLink.Register.Events;

/// <summary>
/// Serves PublishEvents: says what it holds of the journal, takes records in order in batches, and acknowledges what is
/// durable. A journal that does not continue what is held is a fork: an alarm, and nothing is dropped.
/// </summary>
internal sealed class EventIntake(
    RegisterCore core, NodeSessions sessions, NodeAlarms alarms, AlarmBook book, JournalHeads heads, RecordReading reading, LateDating dating)
{
    /// <summary>Records of one durable batch.</summary>
    public const int BatchMax = 64;

    /// <summary>Records that may wait; a node that sends faster waits.</summary>
    public const int QueueMax = 256;

    private const int JournalIdMax = 64;

    /// <summary>Serves one stream.</summary>
    public Task ServeAsync(
        IAsyncStreamReader<PublishEventsRequest> requests, IServerStreamWriter<PublishEventsResponse> responses, CallerIdentity caller, CancellationToken call) =>
        sessions.ServeAsync(caller.Name, SessionKind.Events, async ended =>
        {
            var hello = await HelloAsync(requests, ended);
            var head = heads.Of(caller.Name, hello.JournalId);
            CheckHello(caller.Name, hello, head);
            await responses.WriteAsync(
                new PublishEventsResponse { Held = new EventsHeld { Sequence = head.Sequence, Hash = ByteString.CopyFrom(head.Hash) } }, ended);
            await TakeAsync(requests, responses, new DeliveredJournal(caller.Name, caller.BranchId!, hello.JournalId, hello.FirstSequence), ended);
        }, call);

    private async Task TakeAsync(
        IAsyncStreamReader<PublishEventsRequest> requests, IServerStreamWriter<PublishEventsResponse> responses, DeliveredJournal journal, CancellationToken ended)
    {
        var queue = Channel.CreateBounded<JournalRecord>(new BoundedChannelOptions(QueueMax) { SingleReader = true, SingleWriter = true });
        var filling = FillAsync(requests, queue.Writer, ended);
        var dates = new BootDates();
        while (await queue.Reader.WaitToReadAsync(ended))
        {
            var batch = new List<JournalRecord>(BatchMax);
            while (batch.Count < BatchMax && queue.Reader.TryRead(out var record))
                batch.Add(record);
            await dating.LearnAsync(journal, batch, dates);
            var head = await KeepAsync(journal, [.. batch.Select(record => reading.Read(record, journal.BranchId, dates))]);
            await responses.WriteAsync(new PublishEventsResponse { Ack = new EventsAck { Sequence = head.Sequence } }, ended);
        }

        await filling;
    }

    private static async Task FillAsync(IAsyncStreamReader<PublishEventsRequest> requests, ChannelWriter<JournalRecord> queue, CancellationToken ended)
    {
        try
        {
            while (await requests.MoveNext(ended))
            {
                if (requests.Current.MessageCase != PublishEventsRequest.MessageOneofCase.Record)
                    throw Refused.With(StatusCode.InvalidArgument, "MESSAGE", "After hello only records follow.");
                await queue.WriteAsync(requests.Current.Record, ended);
            }

            queue.TryComplete();
        }
        catch (Exception failure)
        {
            queue.TryComplete(failure);
            throw;
        }
    }

    private async Task<JournalHead> KeepAsync(DeliveredJournal journal, List<DeliveredRecord> batch)
    {
        try
        {
            var committed = await core.Lane.WriteAsync(scope => JournalWriter.Write(scope, journal, batch, book));
            heads.Move(journal.NodeId, committed.Value);
        }
        catch (JournalFork fork)
        {
            throw Fork(journal.NodeId, journal.JournalId, fork.Message);
        }

        foreach (var alarm in batch.Where(record => record.Open is { Kind: RecordKind.Alarm, Alarm: null or { Cleared: false } }))
            alarms.Note(journal.NodeId, alarm.Open.Detail);
        return heads.Of(journal.NodeId, journal.JournalId);
    }

    private void CheckHello(string nodeId, EventsHello hello, JournalHead head)
    {
        if (head.Sequence > hello.LastSequence)
            throw Fork(nodeId, hello.JournalId, $"the register holds records up to {head.Sequence}, the node only up to {hello.LastSequence}");
        if (head.Sequence + 1 < hello.FirstSequence)
            alarms.Raise(nodeId, Rules.Alarms.AlarmKind.Journal, "records", $"Records {head.Sequence + 1} to {hello.FirstSequence - 1} of journal {hello.JournalId} are neither in the register nor on the node any more.");
    }

    private RpcException Fork(string nodeId, string journalId, string problem)
    {
        alarms.Raise(nodeId, Rules.Alarms.AlarmKind.Journal, "journal", $"Journal {journalId} is a fork: {problem}. The node opens a new journal; look at both.");
        return Refused.With(StatusCode.FailedPrecondition, "JOURNAL_FORK", $"Journal {journalId} does not continue what the register holds: {problem}; open a new journal.");
    }

    private static async Task<EventsHello> HelloAsync(IAsyncStreamReader<PublishEventsRequest> requests, CancellationToken ended)
    {
        if (!await requests.MoveNext(ended) || requests.Current.MessageCase != PublishEventsRequest.MessageOneofCase.Hello)
            throw Refused.With(StatusCode.InvalidArgument, "HELLO_MISSING", "The first message must be hello.");
        var hello = requests.Current.Hello;
        return hello.JournalId.Length is > 0 and <= JournalIdMax
            ? hello
            : throw Refused.With(StatusCode.InvalidArgument, "JOURNAL_ID", $"journal_id must have 1 to {JournalIdMax} characters.");
    }
}
