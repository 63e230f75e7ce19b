using Grpc.Core;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Hosting;
using KioskLink.Node.Journal;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Register.V1;
using Microsoft.Data.Sqlite;

namespace KioskLink.Node.EventUplink;

/// <summary>Carries the journal to the register: from what it holds, in order, at most a window ahead of its acknowledgement. Never on a door's path.</summary>
internal sealed class Uplink(
    RegisterChannels channels, NodeJournal journal, Link link, Alarms alarms, Steps steps, TimeProvider time, RetryDelay retry, ILogger<Uplink> log)
{
    /// <summary>Records that may be sent and not acknowledged.</summary>
    public const int Window = 256;

    private const int ReadBatch = 64;
    private const string ForkAlarm = "journal-fork";
    private static readonly TimeSpan HeldLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AckLimit = TimeSpan.FromSeconds(10);

    /// <summary>Runs until the node stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await link.WhenOnlineAsync(stopping);
                await PublishAsync(stopping);
            }
            catch (RpcException error) when (Refusal.IsFork(error))
            {
                await ForkedAsync(error.Status.Detail);
            }
            catch (RpcException error)
            {
                log.EventStreamEnded($"{error.StatusCode} {error.Status.Detail}");
            }
            catch (Exception error) when (error is SqliteException || StreamEnds.IsOrdinary(error))
            {
                log.EventStreamEnded(error.Message);
            }
            await Task.Delay(retry.Next(), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PublishAsync(CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var call = channels.Node.PublishEvents(cancellationToken: ended.Token);
        var hello = Hello();
        await call.RequestStream.WriteAsync(new PublishEventsRequest { Hello = hello }, stopping);
        if (!await call.ResponseStream.MoveNext(stopping).WaitAsync(HeldLimit, stopping) || call.ResponseStream.Current.Held is not { } held)
            throw new RpcException(new Status(StatusCode.Unavailable, "the register did not say what it holds"));
        if (Fork.Find(journal, held) is { } fork)
        {
            await ForkedAsync(fork);
            return;
        }
        journal.Acknowledge(hello.JournalId, held.Sequence);
        retry.Reset();
        await CarryAsync(call, hello.JournalId, ended);
    }

    // The two halves run side by side; the first to end ends the other.
    private async Task CarryAsync(
        AsyncDuplexStreamingCall<PublishEventsRequest, PublishEventsResponse> call, string journalId, CancellationTokenSource ended)
    {
        var window = new AckWindow(journal.Acknowledged);
        var sending = SendAsync(call.RequestStream, journalId, window, ended.Token);
        var acknowledging = AcknowledgeAsync(call.ResponseStream, journalId, window, ended.Token);
        var first = await Task.WhenAny(sending, acknowledging);
        await ended.CancelAsync();
        await Task.WhenAny(Task.WhenAll(sending, acknowledging), Task.Delay(AckLimit, time));
        await first;
    }

    // Ends when another journal was begun: that one needs a hello of its own.
    private async Task SendAsync(IClientStreamWriter<PublishEventsRequest> requests, string journalId, AckWindow window, CancellationToken ended)
    {
        var sent = journal.Acknowledged;
        while (await journal.WaitBeyondAsync(journalId, sent, ended))
        {
            foreach (var record in journal.Read(sent + 1, ReadBatch))
            {
                await window.RoomAsync(record.Sequence - Window, AckLimit, ended);
                await requests.WriteAsync(new PublishEventsRequest { Record = record }, ended);
                sent = record.Sequence;
            }
        }
    }

    private async Task AcknowledgeAsync(
        IAsyncStreamReader<PublishEventsResponse> responses, string journalId, AckWindow window, CancellationToken ended)
    {
        while (await responses.MoveNext(ended))
        {
            var acknowledged = responses.Current.Ack.Sequence;
            var before = journal.Acknowledged;
            journal.Acknowledge(journalId, acknowledged);
            window.Acknowledge(acknowledged);
            UplinkSteps.Tell(steps, journal, before, acknowledged);
        }
        throw new RpcException(new Status(StatusCode.Unavailable, "the register ended the stream"));
    }

    private async Task ForkedAsync(string reason)
    {
        alarms.Raise(ForkAlarm, $"The register holds another history of journal {journal.Id} ({reason}): it was set aside whole and a new one begun. Was a disk copied or a backup restored?");
        await journal.StartAnewAsync(reason);
    }

    private EventsHello Hello() => new()
    {
        JournalId = journal.Id,
        FirstSequence = journal.FirstSequence,
        LastSequence = journal.LastSequence,
    };
}
