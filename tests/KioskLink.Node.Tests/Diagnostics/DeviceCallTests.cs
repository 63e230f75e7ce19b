using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Devices.Osdp;
using KioskLink.Node.Tests.Hosting;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using static KioskLink.Protos.Node.V1.DiagnosticsService;

namespace KioskLink.Node.Tests.Diagnostics;

/// <summary>A technician at the socket of a whole node, with real devices on a real line.</summary>
public sealed class DeviceCallTests : IAsyncLifetime
{
    private readonly WholeNode _node = new();
    private GrpcChannel _channel = null!;
    private DiagnosticsServiceClient _diagnostics = null!;

    public async Task InitializeAsync()
    {
        _channel = await _node.OpenAsync();
        _diagnostics = new DiagnosticsServiceClient(_channel);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task Devices_are_listed_with_their_counters_reply_times_and_keys()
    {
        var listed = await _diagnostics.ListDevicesAsync(new ListDevicesRequest());

        Assert.Equal(["reader", "io"], listed.Devices.Select(device => device.DeviceId));
        Assert.All(listed.Devices, device =>
        {
            Assert.True(device is { Online: true, KeyState: KeyState.Own, Sessions: 1, Vendor: "C0B0A0", Exchanges: > 0 });
            Assert.InRange(device.MedianReply.ToTimeSpan(), TimeSpan.FromTicks(1), device.LongestReply.ToTimeSpan());
        });
        Assert.Equal(("bus0", 115200, "osdp"), listed.Buses.Select(bus => (bus.BusId, bus.Baud, bus.Protocol)).Single());
    }

    [Fact]
    public async Task A_probe_answers_and_is_journaled_with_the_user_who_asked()
    {
        var inputs = await _diagnostics.ProbeDeviceAsync(new ProbeDeviceRequest { DeviceId = "io", Question = Protos.Node.V1.Question.Inputs });
        var identity = await _diagnostics.ProbeDeviceAsync(new ProbeDeviceRequest { DeviceId = "reader", Question = Protos.Node.V1.Question.Identity });

        Assert.Equal((0x49, 4), (inputs.ReplyCode, inputs.Content.Length));
        Assert.Contains("product: Virtual reader", identity.Details);
        var acts = await ActsAsync();
        Assert.Equal(["io", "io", "reader", "reader"], acts.Select(act => act.DeviceId));
        Assert.All(acts, act => Assert.Matches("^user [0-9]+: (probes [A-Z][a-z]+|probed .*: Acknowledged)$", act.Detail));
        Assert.Equal(["probes Inputs", "probed Inputs: Acknowledged", "probes Identity", "probed Identity: Acknowledged"], acts.Select(act => act.Detail.Split(": ", 2)[1]));
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_not_probed()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => _diagnostics.ProbeDeviceAsync(new ProbeDeviceRequest { DeviceId = "attic", Question = Protos.Node.V1.Question.Inputs }).ResponseAsync);

        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        Assert.StartsWith("DEVICE_UNKNOWN: ", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watched_line_shows_whole_frames_of_both_ends()
    {
        using var watch = _diagnostics.WatchTrace(new WatchTraceRequest { BusId = "bus0" });
        var frames = new List<WatchTraceResponse>();
        while (frames.Count < 20 && await Patience.For(watch.ResponseStream.MoveNext(CancellationToken.None), "a frame"))
            frames.Add(watch.ResponseStream.Current);

        Assert.All(frames, frame => Assert.True(FrameSummary.Of(frame.Frame.Span).IsWhole));
        Assert.Contains(frames, frame => frame.Sent && FrameSummary.Of(frame.Frame.Span).Name == "POLL");
        Assert.Contains(frames, frame => !frame.Sent);
        Assert.Contains(await ActsAsync(), act => act.DeviceId == "bus0" && act.Detail.EndsWith("watches the line, masked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_is_replaced_and_the_device_goes_on_under_the_new_one()
    {
        var before = _node.Reader.Key!;

        var rotated = await _diagnostics.RotateKeyAsync(new RotateKeyRequest { DeviceId = "reader" });

        Assert.True(rotated.Changed, rotated.Problem);
        Assert.NotEqual(before, _node.Reader.Key);
        await Patience.Until(() => _node.Reader.Secured, "the session with the new key");
        Assert.Equal(["gives it a new key", "it has the new key"], (await ActsAsync()).Select(act => act.Detail.Split(": ")[1]));
    }

    [Fact]
    public async Task A_file_arrives_whole_with_progress()
    {
        var content = RandomNumberGenerator.GetBytes(3000);

        var responses = await SendAsync(content, SHA256.HashData(content));

        Assert.Equal(content, _node.Reader.Files.Taken);
        Assert.Equal(("Taken", 3000L), (responses[^1].Result, responses[^1].Taken));
        Assert.Equal(responses.Select(response => response.Taken).Order(), responses.Select(response => response.Taken));
    }

    [Fact]
    public async Task A_file_that_was_changed_on_its_way_is_not_sent()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => SendAsync([1, 2, 3], SHA256.HashData([1, 2, 4])));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Fact]
    public async Task A_reader_that_is_at_another_address_is_found_while_its_neighbour_goes_on()
    {
        _node.Reader.MoveTo(5);
        await Patience.Until(async () => !(await _diagnostics.ListDevicesAsync(new ListDevicesRequest())).Devices[0].Online, "the reader is silent at its old address");

        using var search = _diagnostics.SearchDevices(new SearchDevicesRequest { BusId = "bus0" });
        var last = new SearchDevicesResponse();
        while (!last.Done && await Patience.For(search.ResponseStream.MoveNext(CancellationToken.None), "progress of the search"))
            last = search.ResponseStream.Current;

        Assert.Equal((5, 115200, true), last.Found.Select(found => (found.Address, found.Baud, found.WantsKey)).Single());
        Assert.True((await _diagnostics.ListDevicesAsync(new ListDevicesRequest())).Devices.Single(device => device.DeviceId == "io").Online);
    }

    [Fact]
    public async Task A_reader_test_shows_sounds_and_counts_keys_without_telling_which()
    {
        var tones = _node.Reader.Tones;
        using var test = _diagnostics.TestReader(new TestReaderRequest { DeviceId = "reader", KeysFor = Duration.FromTimeSpan(TimeSpan.FromSeconds(2)) });
        var steps = new List<TestReaderResponse>();
        while (await Patience.For(test.ResponseStream.MoveNext(CancellationToken.None), "a step"))
        {
            steps.Add(test.ResponseStream.Current);
            if (steps[^1] is { Step: "keys", Keys: 0 })
                _node.Reader.TypeKeys("123");
        }

        Assert.Equal(["red light", "green light", "amber light", "one tone", "text"], steps.Take(5).Select(step => step.Step));
        Assert.All(steps, step => Assert.True(step.Sent));
        Assert.Equal(3, steps[^1].Keys);
        Assert.Equal(tones + 1, _node.Reader.Tones);
    }

    [Fact]
    public async Task A_lock_is_tested_only_where_somebody_says_that_the_door_may_open_and_is_on_record_before_it_moves()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => _diagnostics.TestRelayAsync(new TestRelayRequest { DoorId = Rig.Samples.Door }).ResponseAsync);
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Empty(await ActsAsync());

        var tested = await _diagnostics.TestRelayAsync(new TestRelayRequest { DoorId = Rig.Samples.Door, DoorMayOpen = true });

        Assert.True(tested.Unlocked, tested.Problem);
        await _node.Relay.NextWhere(switched => switched == (0, true), "the relay is on");
        var acts = await ActsAsync();
        Assert.Equal(["tests the lock, and says that the door may open", "the lock: Unlocked"], acts.Select(act => act.Detail.Split(": ", 2)[1]));
        Assert.Equal(acts[0].AttemptId, acts[1].AttemptId);
    }

    [Fact]
    public async Task A_replug_is_guided_and_timed()
    {
        using var test = _diagnostics.TestReplug(new TestReplugRequest { DeviceId = "reader" });
        var last = new TestReplugResponse();
        while (await Patience.For(test.ResponseStream.MoveNext(CancellationToken.None), "a step"))
        {
            last = test.ResponseStream.Current;
            if (last.Step.StartsWith("pull", StringComparison.Ordinal))
                _node.Line.Unplug();
            else if (last.Step.StartsWith("it is gone", StringComparison.Ordinal))
                _node.Line.Replug();
        }

        Assert.True(last is { Done: true, Passed: true }, last.Step);
        Assert.InRange(last.UsableAfter.ToTimeSpan(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private async Task<IReadOnlyList<SendFileResponse>> SendAsync(byte[] content, byte[] hash)
    {
        using var call = _diagnostics.SendFile();
        await call.RequestStream.WriteAsync(new SendFileRequest { Start = new FileStart { DeviceId = "reader", Size = content.Length, Sha256 = ByteString.CopyFrom(hash) } });
        await call.RequestStream.WriteAsync(new SendFileRequest { Chunk = ByteString.CopyFrom(content) });
        await call.RequestStream.CompleteAsync();
        var responses = new List<SendFileResponse>();
        while (await Patience.For(call.ResponseStream.MoveNext(CancellationToken.None), "progress"))
            responses.Add(call.ResponseStream.Current);
        return responses;
    }

    private async Task<IReadOnlyList<RecordOpen>> ActsAsync()
    {
        using var journal = _diagnostics.WatchJournal(new WatchJournalRequest { FromSequence = 1, StopAtEnd = true });
        var acts = new List<RecordOpen>();
        while (await journal.ResponseStream.MoveNext(CancellationToken.None))
            if (journal.ResponseStream.Current.Open is { Kind: RecordKind.Technician } act)
                acts.Add(act);
        return acts;
    }
}
