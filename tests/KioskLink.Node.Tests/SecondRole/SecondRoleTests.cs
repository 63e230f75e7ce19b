using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Node.SecondRole;
using KioskLink.Node.Tests.Hosting;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using static KioskLink.Protos.Node.V1.DiagnosticsService;
using static KioskLink.Protos.Node.V1.SecondRoleService;
using Approval = KioskLink.Protos.Node.V1.Approval;
using ApprovalAct = KioskLink.Protos.Node.V1.ApprovalAct;
using ApprovalState = KioskLink.Protos.Node.V1.ApprovalState;

namespace KioskLink.Node.Tests.SecondRole;

/// <summary>A technician and a second person at the two sockets of a whole node, whose reader speaks in clear.</summary>
public sealed class SecondRoleTests : IAsyncLifetime
{
    private static readonly string CardInHex = Samples.KnownCard;

    private readonly WholeNode _node = new(clear: true);
    private GrpcChannel _technicians = null!;
    private GrpcChannel _seconds = null!;

    private DiagnosticsServiceClient Technician => new(_technicians);

    private SecondRoleServiceClient Second => new(_seconds);

    public async Task InitializeAsync()
    {
        await _node.StartRegisterAsync();
        await _node.StartAsync();
        (_technicians, _seconds) = (_node.OpenSocket(), _node.OpenSecondSocket());
    }

    public async Task DisposeAsync()
    {
        _technicians.Dispose();
        _seconds.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task Without_approval_a_technician_sees_nobodys_card()
    {
        var frames = await WatchCardAsync("");

        Assert.DoesNotContain(frames, frame => Hex(frame).Contains(CardInHex, StringComparison.Ordinal));
        Assert.Contains(frames, frame => frame.Masked);
    }

    [Fact]
    public async Task An_approved_trace_shows_the_line_as_it_is_and_the_node_keeps_it()
    {
        var approval = await ApprovedAsync(ApprovalAct.UnmaskedTrace, "bus0");

        var frames = await WatchCardAsync(approval.ApprovalId);

        Assert.Contains(frames, frame => Hex(frame).Contains(CardInHex, StringComparison.Ordinal));
        await Second.AnswerRequestAsync(new AnswerRequestRequest { ApprovalId = approval.ApprovalId, Reason = "enough" });
        await Patience.Until(() => Kept(approval).Contains(CardInHex, StringComparison.Ordinal), "the kept trace");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(approval.File));
    }

    [Fact]
    public async Task A_withdrawn_approval_ends_the_trace_that_runs()
    {
        var approval = await ApprovedAsync(ApprovalAct.UnmaskedTrace, "bus0");
        using var watch = Technician.WatchTrace(new WatchTraceRequest { BusId = "bus0", ApprovalId = approval.ApprovalId });
        await Patience.For(watch.ResponseStream.MoveNext(CancellationToken.None), "a frame");

        await Second.AnswerRequestAsync(new AnswerRequestRequest { ApprovalId = approval.ApprovalId, Reason = "enough" });

        while (await Patience.For(watch.ResponseStream.MoveNext(CancellationToken.None), "the end of the trace"))
        {
        }
        var refused = await Assert.ThrowsAsync<RpcException>(() => FirstFrameAsync(approval.ApprovalId));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.StartsWith("NOT_APPROVED: ", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asked_cannot_approve_at_the_second_socket_either()
    {
        _node.SecondPerson = WholeNode.Technician;
        var asked = await AskAsync(ApprovalAct.UnmaskedTrace, "bus0");

        var refused = await Assert.ThrowsAsync<RpcException>(() => AnswerAsync(asked.ApprovalId));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        await Assert.ThrowsAsync<RpcException>(() => FirstFrameAsync(asked.ApprovalId));
    }

    [Fact]
    public async Task Neither_socket_serves_the_others_calls()
    {
        var first = await Assert.ThrowsAsync<RpcException>(() => new SecondRoleServiceClient(_technicians).ListRequestsAsync(new ListRequestsRequest()).ResponseAsync);
        var second = await Assert.ThrowsAsync<RpcException>(() => new DiagnosticsServiceClient(_seconds).GetStatusAsync(new GetStatusRequest()).ResponseAsync);

        Assert.All([first, second], refused => Assert.Equal(StatusCode.Unimplemented, refused.StatusCode));
        Assert.Equal(0, (int)File.GetUnixFileMode(_node.SecondSocket) & 7);
    }

    [Fact]
    public async Task The_virtual_card_takes_every_step_and_opens_nothing()
    {
        var tried = await Technician.TryCardAsync(new TryCardRequest { DoorId = Samples.Door });

        Assert.Equal([4, 5, 6], tried.Steps.Select(step => step.Step));
        Assert.Equal((false, DecisionCode.CardUnknown), (tried.Decision.Granted, Offline(tried.Decision.Code)));
        Assert.NotEmpty(tried.Rules);
        Assert.False(tried.Unlocked);
        Assert.DoesNotContain(_node.Relay.Drain(), switched => switched.On);
        var record = (await RecordsAsync()).Single(record => record.Kind == RecordKind.Decision);
        Assert.Equal((VirtualCard.DeviceId, false), (record.DeviceId, record.Granted));
    }

    [Fact]
    public async Task The_virtual_card_opens_once_where_a_second_person_approves_it()
    {
        var approval = await ApprovedAsync(ApprovalAct.VirtualCard, Samples.Door);

        var opened = await Technician.TryCardAsync(new TryCardRequest { DoorId = Samples.Door, ApprovalId = approval.ApprovalId });

        Assert.True(opened.Unlocked, opened.Problem);
        Assert.False(opened.Decision.Granted);
        await _node.Relay.NextWhere(switched => switched == (0, true), "the relay is on");
        var again = await Assert.ThrowsAsync<RpcException>(() => Technician.TryCardAsync(new TryCardRequest { DoorId = Samples.Door, ApprovalId = approval.ApprovalId }).ResponseAsync);
        Assert.Equal(StatusCode.FailedPrecondition, again.StatusCode);
        Assert.Contains(await RecordsAsync(), record => record.Detail == $"user {WholeNode.Technician}: opens once, approved by user 1001: I am here too");
    }

    [Fact]
    public async Task An_unmasked_trace_of_yesterday_is_erased_when_the_node_starts_again()
    {
        await _node.StopAsync();
        var folder = Directory.CreateDirectory(Path.Combine(_node.Data, "traces")).FullName;
        var (old, young) = (Path.Combine(folder, $"{Stamp(TimeSpan.FromHours(25))}-old.unmasked.cap"), Path.Combine(folder, $"{Stamp(TimeSpan.FromHours(23))}-young.unmasked.cap"));
        await File.WriteAllTextAsync(old, "");
        await File.WriteAllTextAsync(young, "");

        await _node.StartAsync();

        await Patience.Until(() => !File.Exists(old), "the old trace is erased");
        Assert.True(File.Exists(young));
        await Patience.Until(async () => (await RecordsAsync()).Any(record => record.Detail.StartsWith($"erased the unmasked trace {Path.GetFileName(old)}", StringComparison.Ordinal)), "its record");
    }

    private static string Stamp(TimeSpan ago) => (TimeProvider.System.GetUtcNow() - ago).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    // The register of these tests decides nothing, and offline an unknown card has a code of its own.
    private static DecisionCode Offline(DecisionCode code) => code == DecisionCode.OfflineNotCached ? DecisionCode.CardUnknown : code;

    private static string Hex(WatchTraceResponse frame) => Convert.ToHexString(frame.Frame.Span);

    private static string Kept(Approval approval) => File.ReadAllText(approval.File).Replace(" ", "", StringComparison.Ordinal);

    private async Task<List<WatchTraceResponse>> WatchCardAsync(string approvalId)
    {
        using var watch = Technician.WatchTrace(new WatchTraceRequest { BusId = "bus0", ApprovalId = approvalId });
        await Patience.For(watch.ResponseStream.MoveNext(CancellationToken.None), "a first frame");
        _node.Reader.PresentCard(Samples.KnownCard);
        var frames = new List<WatchTraceResponse>();
        while (!frames.Exists(frame => Devices.Osdp.FrameSummary.Of(frame.Frame.Span).Name == "RAW") && await Patience.For(watch.ResponseStream.MoveNext(CancellationToken.None), "the card's frame"))
            frames.Add(watch.ResponseStream.Current);
        return frames;
    }

    private async Task FirstFrameAsync(string approvalId)
    {
        using var watch = Technician.WatchTrace(new WatchTraceRequest { BusId = "bus0", ApprovalId = approvalId });
        await Patience.For(watch.ResponseStream.MoveNext(CancellationToken.None), "a first frame");
    }

    private async Task<Approval> AskAsync(ApprovalAct act, string subject) =>
        (await Technician.AskApprovalAsync(new AskApprovalRequest { Act = act, Subject = subject, Reason = "a card is not read" })).Approval;

    private async Task<Approval> AnswerAsync(string id) =>
        (await Second.AnswerRequestAsync(new AnswerRequestRequest { ApprovalId = id, Approved = true, Reason = "I am here too" })).Approval;

    private async Task<Approval> ApprovedAsync(ApprovalAct act, string subject)
    {
        var asked = await AskAsync(act, subject);
        Assert.Equal(asked.ApprovalId, (await Second.ListRequestsAsync(new ListRequestsRequest())).Approvals[0].ApprovalId);
        var approved = await AnswerAsync(asked.ApprovalId);
        Assert.Equal(ApprovalState.Approved, approved.State);
        return approved;
    }

    private async Task<IReadOnlyList<RecordOpen>> RecordsAsync()
    {
        using var channel = _node.OpenSocket();
        using var journal = new DiagnosticsServiceClient(channel).WatchJournal(new WatchJournalRequest { FromSequence = 1, StopAtEnd = true });
        var records = new List<RecordOpen>();
        while (await journal.ResponseStream.MoveNext(CancellationToken.None))
            records.Add(journal.ResponseStream.Current.Open);
        return records;
    }
}
