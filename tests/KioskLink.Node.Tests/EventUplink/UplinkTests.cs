using Grpc.Core;
using KioskLink.Node.EventUplink;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace KioskLink.Node.Tests.EventUplink;

public class UplinkTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<JournalRecord> _kept = [];
    private readonly Inbox<long> _arrived = new();
    private ScriptedRegister _register = null!;
    private NodeRig _rig = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _register = await ScriptedRegister.StartAsync(_authority);
        _rig = new NodeRig(_folder, _authority, _register.Address).Holding(Samples.Branch(), Samples.Adult()).Online();
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _register.DisposeAsync();
        _rig.Dispose();
        _stopping.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Records_arrive_once_and_in_order_though_the_stream_is_cut_again_and_again()
    {
        _register.Publish = (requests, responses, cancel) => KeepAsync(requests, responses, cutAfter: 7, cancel);
        for (var number = 0; number < 30; number++)
            await _rig.Parts.Journal.AppendAsync(new RecordOpen { Kind = RecordKind.Alarm, Detail = $"{number}" });

        Start();
        await _arrived.NextWhere(sequence => sequence == 31, "the last record");

        Assert.Equal(Enumerable.Range(1, 31).Select(sequence => (long)sequence), _kept.Select(record => record.Sequence));
        Assert.True(Rules.Journal.EventChain.Verify(_kept.Select(Node.Journal.SealedRecord.ToChain)).IsWhole);
        await Patience.Until(() => _rig.Parts.Journal.Acknowledged == 31, "the last acknowledgement arrived");
    }

    [Fact]
    public async Task A_record_follows_as_soon_as_it_is_durable()
    {
        _register.Publish = (requests, responses, cancel) => KeepAsync(requests, responses, cutAfter: int.MaxValue, cancel);
        Start();
        await _arrived.NextWhere(sequence => sequence == 1, "the first record");

        await _rig.Parts.Journal.AppendAsync(new RecordOpen { Kind = RecordKind.Alarm });

        await _arrived.NextWhere(sequence => sequence == 2, "the next record");
    }

    [Fact]
    public async Task A_register_with_another_history_is_a_fork_and_a_new_journal_begins()
    {
        var old = _rig.Parts.Journal.Id;
        _register.Publish = async (requests, responses, cancel) =>
        {
            await requests.MoveNext(cancel);
            var foreign = requests.Current.Hello.JournalId == old ? new EventsHeld { Sequence = 99 } : new EventsHeld();
            await responses.WriteAsync(new PublishEventsResponse { Held = foreign }, cancel);
            while (await requests.MoveNext(cancel))
                _arrived.Post(requests.Current.Record.Sequence);
        };

        Start();
        await _arrived.Next("a record of the new journal");

        Assert.NotEqual(old, _rig.Parts.Journal.Id);
        Assert.Contains(old, _rig.Journal()[0].Detail, StringComparison.Ordinal);
        Assert.Contains(_rig.Parts.Alarms.Standing, alarm => alarm.Contains("another history", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_journal_that_was_begun_anew_while_the_stream_was_up_is_delivered_from_its_first_record()
    {
        var journals = new Inbox<string>();
        _register.Publish = async (requests, responses, cancel) =>
        {
            await requests.MoveNext(cancel);
            journals.Post(requests.Current.Hello.JournalId);
            await responses.WriteAsync(new PublishEventsResponse { Held = new EventsHeld() }, cancel);
            while (await requests.MoveNext(cancel))
                _arrived.Post(requests.Current.Record.Sequence);
        };
        await _rig.Parts.Journal.AppendAsync(new RecordOpen { Kind = RecordKind.Alarm });
        Start();
        await _arrived.NextWhere(sequence => sequence == 2, "the old journal's last record");

        await _rig.Parts.Journal.StartAnewAsync("a test");

        await journals.NextWhere(id => id == _rig.Parts.Journal.Id, "the new journal's hello");
        Assert.Equal(1, await _arrived.Next("the new journal's first record"));
    }

    private void Start()
    {
        var parts = _rig.Parts;
        var uplink = new Uplink(
            parts.Channels, parts.Journal, parts.Link, parts.Alarms, parts.Steps, TimeProvider.System, new RetryDelay(() => 0), NullLogger<Uplink>.Instance);
        _running = uplink.RunAsync(_stopping.Token);
    }

    // Keeps records and acknowledges each; ends the stream after some, the last one of them kept but not acknowledged.
    private async Task KeepAsync(
        IAsyncStreamReader<PublishEventsRequest> requests, IServerStreamWriter<PublishEventsResponse> responses, int cutAfter, CancellationToken cancel)
    {
        await requests.MoveNext(cancel);
        var held = _kept.Count == 0 ? new EventsHeld() : new EventsHeld { Sequence = _kept[^1].Sequence, Hash = _kept[^1].Hash };
        await responses.WriteAsync(new PublishEventsResponse { Held = held }, cancel);
        for (var taken = 1; await requests.MoveNext(cancel); taken++)
        {
            _kept.Add(requests.Current.Record);
            _arrived.Post(_kept[^1].Sequence);
            if (taken == cutAfter)
                throw new RpcException(new Status(StatusCode.Unavailable, "cut"));
            await responses.WriteAsync(new PublishEventsResponse { Ack = new EventsAck { Sequence = _kept[^1].Sequence } }, cancel);
        }
    }
}
