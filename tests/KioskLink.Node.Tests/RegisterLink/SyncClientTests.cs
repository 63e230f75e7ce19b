using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Node.Enrolment;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Access;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.RegisterLink;

public class SyncClientTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Inbox<SyncEntitlementsRequest> _heard = new();
    private readonly System.Threading.Channels.Channel<SyncEntitlementsResponse> _said = System.Threading.Channels.Channel.CreateUnbounded<SyncEntitlementsResponse>();
    private ScriptedRegister _register = null!;
    private NodeRig _rig = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _register = await ScriptedRegister.StartAsync(_authority);
        _register.Sync = ServeAsync;
        _rig = new NodeRig(_folder, _authority, _register.Address);
        var client = new SyncClient(_rig.Parts.Replica, _rig.Parts.Traces, _rig.Parts.Secrets, _rig.Clock, _rig.Parts.Link);
        _running = client.RunAsync(_rig.Parts.Channels.Node, _stopping.Token);
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAny(_running);
        await _register.DisposeAsync();
        _rig.Dispose();
        _stopping.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_empty_node_says_hello_without_a_position_and_takes_a_snapshot()
    {
        var hello = (await _heard.Next("hello")).Hello;
        Assert.Null(hello.Position);
        Assert.Equal(Samples.Keys.KeyId, hello.KeyId.ToByteArray());

        SaySnapshot();

        var confirm = await _heard.NextWhere(request => request.Confirm is not null, "a confirmation");
        Assert.Equal(Samples.At(1), confirm.Confirm.Position);
        Assert.IsType<CardFacts>(_rig.Parts.Replica.Find(Samples.TokenOf(Samples.KnownCard)).Facts);
    }

    [Fact]
    public async Task A_priority_change_is_confirmed_once_it_is_in_force()
    {
        SaySnapshot();
        await _heard.NextWhere(request => request.Confirm?.Position is not null, "the snapshot's confirmation");
        var lost = Samples.Adult();
        lost.Lost = true;

        Say(new SyncEntitlementsResponse { State = Samples.State(lost, 2, priority: true) });

        var confirm = await _heard.NextWhere(request => request.Confirm?.PriorityVersions.Count > 0, "the change's confirmation");
        Assert.Equal([2L], confirm.Confirm.PriorityVersions);
        Assert.True(((CardFacts)_rig.Parts.Replica.Find(Samples.TokenOf(Samples.KnownCard)).Facts).Lost);
    }

    [Fact]
    public async Task R75_An_erased_card_is_confirmed_only_when_the_journal_has_forgotten_it_too()
    {
        SaySnapshot();
        await _heard.NextWhere(request => request.Confirm?.Position is not null, "the snapshot's confirmation");
        await _rig.Present(Samples.KnownCard);
        var token = Samples.TokenOf(Samples.KnownCard);
        Assert.Equal(1, _rig.Parts.Traces.Of(token).JournalRecords);

        var gone = new EntityState { Entity = Google.Protobuf.ByteString.CopyFrom(token), Version = 2, Priority = true, Tombstone = new Tombstone { Erased = true } };
        Say(new SyncEntitlementsResponse { State = gone });
        var confirm = await _heard.NextWhere(request => request.Confirm?.PriorityVersions.Count > 0, "the erasure's confirmation");

        Assert.Equal([2L], confirm.Confirm.PriorityVersions);
        Assert.Equal(0, _rig.Parts.Traces.Of(token).JournalRecords);
        Assert.IsType<UnknownCard>(_rig.Parts.Replica.Find(token).Facts);
    }

    [Fact]
    public async Task A_watermark_sets_the_clock_and_the_age_of_the_facts()
    {
        SaySnapshot();
        var asOf = Timestamp.FromDateTimeOffset(VirtualTime.Noon);

        Say(new SyncEntitlementsResponse { Watermark = new SyncWatermark { Position = Samples.At(1), AsOf = asOf } });

        await Patience.Until(() => _rig.Clock.Trusted && _rig.Parts.Replica.AsOf is not null, "the watermark was taken");
    }

    [Fact]
    public async Task Bulk_is_credited_back_when_it_is_stored()
    {
        Say(Welcome());
        var card = Samples.Adult();
        for (var number = 0; number < 500; number++)
        {
            card.Token = Google.Protobuf.ByteString.CopyFrom(Samples.TokenOf(Samples.Card(number)));
            Say(new SyncEntitlementsResponse { State = Samples.State(card.Clone()) });
        }

        var credit = await _heard.NextWhere(request => request.Credit is not null, "credit");

        Assert.True(credit.Credit.Bytes > 0);
    }

    [Fact]
    public async Task A_node_that_has_lost_its_key_names_the_one_that_its_replica_was_made_with()
    {
        await _heard.Next("the first hello");
        SaySnapshot();
        await _heard.NextWhere(request => request.Confirm?.Position is not null, "the snapshot's confirmation");
        using var secrets = new NodeSecrets();
        secrets.UseBadgeKey(Samples.Keys.KBadge);

        var second = new SyncClient(_rig.Parts.Replica, _rig.Parts.Traces, secrets, _rig.Clock, _rig.Parts.Link).RunAsync(_rig.Parts.Channels.Node, _stopping.Token);

        var hello = (await _heard.NextWhere(request => request.Hello is not null, "the second hello")).Hello;
        Assert.Equal(Samples.At(1), hello.Position);
        Assert.Equal(Samples.Keys.KeyId, hello.KeyId.ToByteArray());
        await _stopping.CancelAsync();
        await Task.WhenAny(second);
    }

    private void SaySnapshot()
    {
        Say(Welcome());
        Say(new SyncEntitlementsResponse { State = Samples.State(Samples.Branch()) });
        Say(new SyncEntitlementsResponse { State = Samples.State(Samples.Adult()) });
        Say(new SyncEntitlementsResponse { Complete = new SyncComplete { Position = Samples.At(1) } });
    }

    private static SyncEntitlementsResponse Welcome() => new() { Welcome = new SyncWelcome { Epoch = "e1", Version = 1, Snapshot = true } };

    private void Say(SyncEntitlementsResponse response) => _said.Writer.TryWrite(response);

    private async Task ServeAsync(
        IAsyncStreamReader<SyncEntitlementsRequest> requests, IServerStreamWriter<SyncEntitlementsResponse> responses, CancellationToken cancel)
    {
        var hearing = HearAsync(requests, cancel);
        await foreach (var response in _said.Reader.ReadAllAsync(cancel))
            await responses.WriteAsync(response, cancel);
        await hearing;
    }

    private async Task HearAsync(IAsyncStreamReader<SyncEntitlementsRequest> requests, CancellationToken cancel)
    {
        while (await requests.MoveNext(cancel))
            _heard.Post(requests.Current);
    }
}
