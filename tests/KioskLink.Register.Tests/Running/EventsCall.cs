using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Running;

/// <summary>A node's event stream as a test drives it.</summary>
internal sealed class EventsCall(AsyncDuplexStreamingCall<PublishEventsRequest, PublishEventsResponse> call) : IDisposable
{
    public Task HelloAsync(TestJournal journal) => SendAsync(new PublishEventsRequest
    {
        Hello = new EventsHello { JournalId = journal.Id, FirstSequence = 1, LastSequence = journal.Records.Count },
    });

    public Task SendAsync(JournalRecord record) => SendAsync(new PublishEventsRequest { Record = record });

    public async Task<EventsHeld> HeldAsync() => (await NextAsync()).Held;

    /// <summary>Waits until the register has acknowledged a sequence.</summary>
    public async Task AcknowledgedAsync(long sequence)
    {
        while ((await NextAsync()).Ack.Sequence < sequence)
        {
        }
    }

    /// <summary>The error with which the register ends the stream.</summary>
    public async Task<RpcException> EndAsync()
    {
        try
        {
            while (true) await NextAsync();
        }
        catch (RpcException error)
        {
            return error;
        }
    }

    public void Dispose() => call.Dispose();

    private async Task<PublishEventsResponse> NextAsync() =>
        await Patience.For(call.ResponseStream.MoveNext(CancellationToken.None), "the register's next message")
            ? call.ResponseStream.Current
            : throw new InvalidOperationException("The register ended the stream without a status of its own.");

    private Task SendAsync(PublishEventsRequest request) => Patience.For(call.RequestStream.WriteAsync(request), "the stream to take a message");
}
