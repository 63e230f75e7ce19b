using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Node.Tests.Hosting;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using static KioskLink.Protos.Node.V1.DiagnosticsService;

namespace KioskLink.Node.Tests.Diagnostics;

/// <summary>Whatever a technician does at the node's socket is on record before it is done; what only looks moves and asks nothing.</summary>
public sealed class ActRecordTests : IAsyncLifetime
{
    private static readonly string[] Looks = ["GetStatus", "WatchJournal", "VerifyJournal", "WatchSteps", "ListDevices", "ListApprovals"];

    private static readonly Dictionary<string, (string Record, Func<DiagnosticsServiceClient, Task> Call)> Acts = new()
    {
        ["ProbeDevice"] = ("probes Inputs", client => client.ProbeDeviceAsync(new ProbeDeviceRequest { DeviceId = "io", Question = Question.Inputs }).ResponseAsync),
        ["SearchDevices"] = ("searches the line", client => FirstAsync(client.SearchDevices(new SearchDevicesRequest { BusId = "bus0" }))),
        ["WatchTrace"] = ("watches the line, masked", client => FirstAsync(client.WatchTrace(new WatchTraceRequest { BusId = "bus0" }))),
        ["TestReader"] = ("tests the reader", client => FirstAsync(client.TestReader(new TestReaderRequest { DeviceId = "reader", KeysFor = new Duration() }))),
        ["RotateKey"] = ("gives it a new key", client => client.RotateKeyAsync(new RotateKeyRequest { DeviceId = "io" }).ResponseAsync),
        ["SendFile"] = ("sends a file of 3 bytes", SendFileAsync),
        ["TestRelay"] = ("tests the lock", client => client.TestRelayAsync(new TestRelayRequest { DoorId = Samples.Door, DoorMayOpen = true }).ResponseAsync),
        ["TestReplug"] = ("tests pulling it", client => FirstAsync(client.TestReplug(new TestReplugRequest { DeviceId = "reader" }))),
        ["RunDoctor"] = ("asks the doctor", client => FirstAsync(client.RunDoctor(new RunDoctorRequest()))),
        ["AskApproval"] = ("asks a second person", client => client.AskApprovalAsync(new AskApprovalRequest { Act = ApprovalAct.UnmaskedTrace, Subject = "bus0", Reason = "a test" }).ResponseAsync),
        ["TryCard"] = ("presents the virtual technician card", client => client.TryCardAsync(new TryCardRequest { DoorId = Samples.Door }).ResponseAsync),
    };

    private readonly WholeNode _node = new();
    private GrpcChannel _channel = null!;

    private DiagnosticsServiceClient Client => new(_channel);

    public async Task InitializeAsync() => _channel = await _node.OpenAsync();

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public void Every_call_is_an_act_or_only_looks() =>
        Assert.Equal(Descriptor.Methods.Select(method => method.Name).Order(), Acts.Keys.Concat(Looks).Order());

    [Fact]
    public async Task Every_act_is_on_record_with_who_does_it()
    {
        foreach (var (record, call) in Acts.Values)
        {
            await call(Client);
            var details = (await ActsAsync()).Select(act => act.Detail).ToList();
            Assert.Contains(details, detail => detail.StartsWith($"user {WholeNode.Technician}: {record}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task No_act_is_done_that_the_journal_cannot_take()
    {
        _node.FillJournal();
        var keys = (_node.Reader.Key, _node.Module.Key);

        foreach (var (act, (_, call)) in Acts)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => call(Client));
            Assert.Equal((act, StatusCode.FailedPrecondition, "NOT_RECORDED"), (act, refused.StatusCode, refused.Status.Detail.Split(':')[0]));
        }

        Assert.DoesNotContain(_node.Relay.Drain(), switched => switched.On);
        Assert.Equal(keys, (_node.Reader.Key, _node.Module.Key));
        Assert.Empty(_node.Reader.Files.Taken);
    }

    private static async Task FirstAsync<T>(AsyncServerStreamingCall<T> call)
    {
        using (call)
            await Patience.For(call.ResponseStream.MoveNext(CancellationToken.None), "an answer");
    }

    private static async Task SendFileAsync(DiagnosticsServiceClient client)
    {
        byte[] content = [1, 2, 3];
        var call = client.SendFile();
        await call.RequestStream.WriteAsync(new SendFileRequest { Start = new FileStart { DeviceId = "reader", Size = content.Length, Sha256 = ByteString.CopyFrom(SHA256.HashData(content)) } });
        await call.RequestStream.WriteAsync(new SendFileRequest { Chunk = ByteString.CopyFrom(content) });
        await call.RequestStream.CompleteAsync();
        using (call)
            while (await Patience.For(call.ResponseStream.MoveNext(CancellationToken.None), "the end of the file"))
            {
            }
    }

    private async Task<IReadOnlyList<RecordOpen>> ActsAsync()
    {
        using var journal = Client.WatchJournal(new WatchJournalRequest { FromSequence = 1, StopAtEnd = true });
        var acts = new List<RecordOpen>();
        while (await journal.ResponseStream.MoveNext(CancellationToken.None))
            if (journal.ResponseStream.Current.Open is { Kind: RecordKind.Technician } act)
                acts.Add(act);
        return acts;
    }
}
