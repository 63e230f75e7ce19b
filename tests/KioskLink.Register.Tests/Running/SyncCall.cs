using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Running;

/// <summary>A node's sync stream as a test reads it.</summary>
internal sealed class SyncCall(AsyncDuplexStreamingCall<SyncEntitlementsRequest, SyncEntitlementsResponse> call) : IDisposable
{
    public Task SendAsync(SyncEntitlementsRequest request) => Patience.For(call.RequestStream.WriteAsync(request), "the stream to take a message");

    public Task GrantAsync(long bytes) => SendAsync(new SyncEntitlementsRequest { Credit = new SyncCredit { Bytes = bytes } });

    public Task ConfirmAsync(SyncConfirm confirm) => SendAsync(new SyncEntitlementsRequest { Confirm = confirm });

    public async Task<SyncEntitlementsResponse> NextAsync() =>
        await Patience.For(call.ResponseStream.MoveNext(CancellationToken.None), "the register's next message")
            ? call.ResponseStream.Current
            : throw new InvalidOperationException("The register ended the stream without a status of its own.");

    public async Task<SyncWelcome> WelcomeAsync() => (await NextAsync()).Welcome;

    /// <summary>The next message that is no watermark.</summary>
    public async Task<SyncEntitlementsResponse> NextFactAsync()
    {
        while (true)
        {
            var next = await NextAsync();
            if (next.Watermark is null) return next;
        }
    }

    /// <summary>The states up to the next complete, and its position.</summary>
    public async Task<(IReadOnlyList<EntityState> States, Position Position)> UntilCompleteAsync()
    {
        var states = new List<EntityState>();
        while (true)
        {
            var next = await NextFactAsync();
            if (next.Complete is { } complete) return (states, complete.Position);
            states.Add(next.State);
        }
    }

    /// <summary>Reads on until a complete or a watermark covers a version; fails when a state comes first.</summary>
    public async Task PositionAsync(long version)
    {
        while (true)
        {
            var next = await NextAsync();
            Assert.Null(next.State);
            if ((next.Complete?.Position ?? next.Watermark?.Position)?.Version >= version) return;
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
}
