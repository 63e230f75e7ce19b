using Grpc.Core;
using KioskLink.Node.Tests.Hosting;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Node.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Outage;

/// <summary>Staff at a branch whose register is away notes by hand and sees what waits, on the node's real socket.</summary>
public sealed class LendingApiTests
{
    [Fact]
    public async Task What_staff_notes_is_kept_over_a_restart_listed_and_told_once_the_register_is_back()
    {
        await using var node = new WholeNode();
        var loans = new FakeLoans();
        await node.StartRegisterAsync(loans);
        await node.StartAsync();
        await node.StopRegisterAsync();
        using (var channel = node.OpenSocket())
        {
            var lending = new LendingService.LendingServiceClient(channel);
            var noted = await lending.NoteActAsync(Note("one"));
            var again = await lending.NoteActAsync(Note("one"));
            await lending.NoteActAsync(new NoteActRequest { Kind = KeptActKind.CheckIn, ItemId = "302", NotedBy = "staff-3", TransactionId = "two" });
            await WrongAsync(lending, "card_number", note => note.CardNumber = "no card");
            await WrongAsync(lending, "item_id", note => note.ItemId = "");
            await WrongAsync(lending, "noted_by", note => note.NotedBy = "");
            await WrongAsync(lending, "due_on", note => note.DueOn = "2020-01-01");
            await WrongAsync(lending, "kind", note => note.Kind = KeptActKind.Unspecified);

            Assert.Equal((KeptActState.Waiting, "desk", "staff-3"), (noted.Act.State, noted.Act.DeviceId, noted.Act.NotedBy));
            Assert.Equal(noted.Act, again.Act);
        }
        await node.StopAsync();

        await node.StartRegisterAsync(loans);
        await node.StartAsync();
        await Patience.Until(async () => (await node.StatusAsync()).ActsWaiting == 0, "the register has everything");

        Assert.Equal([("one", "301"), ("two", "302")], loans.Done.Select(done => (done.Act.TransactionId, done.Item)));
        using var socket = node.OpenSocket();
        var listed = new LendingService.LendingServiceClient(socket);
        Assert.Empty((await listed.ListKeptActsAsync(new ListKeptActsRequest())).Acts);
        var first = await listed.ListKeptActsAsync(new ListKeptActsRequest { Settled = true, PageSize = 1 });
        var second = await listed.ListKeptActsAsync(new ListKeptActsRequest { Settled = true, PageSize = 1, PageToken = first.NextPageToken });
        Assert.Equal(["one", "two"], first.Acts.Concat(second.Acts).Select(act => act.TransactionId));
        Assert.Equal((KeptActState.Taken, ""), (second.Acts[0].State, second.NextPageToken));
    }

    private static NoteActRequest Note(string id) =>
        new() { Kind = KeptActKind.CheckOut, CardNumber = Samples.KnownCard, ItemId = "301", NotedBy = "staff-3", TransactionId = id };

    private static async Task WrongAsync(LendingService.LendingServiceClient lending, string field, Action<NoteActRequest> spoil)
    {
        var note = Note(Guid.NewGuid().ToString("N"));
        spoil(note);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await lending.NoteActAsync(note));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith($"FIELD_INVALID: {field}:", refused.Status.Detail, StringComparison.Ordinal);
    }
}
