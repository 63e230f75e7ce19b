using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Cli.FakeRegister;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Cli;

public sealed class ApprovalCommandsTests : FakeServerTest
{
    private static readonly Approval Asked = new() { ApprovalId = "a1b2", Act = ApprovalAct.UnmaskedTrace, Subject = "bus0", Reason = "no card is read", AskedBy = "1000", State = ApprovalState.Asked };

    [Theory]
    [InlineData("ask-trace", "bus0", ApprovalAct.UnmaskedTrace)]
    [InlineData("ask-card", "front", ApprovalAct.VirtualCard)]
    public async Task A_technician_asks_and_is_told_what_a_second_person_runs(string verb, string subject, ApprovalAct act)
    {
        Script.On<AskApprovalRequest>(_ => new AskApprovalResponse { Approval = Asked });

        var printed = await Server.RunAtNode("approval", verb, subject, "--reason", "no card is read");

        Assert.Equal(0, printed.Code);
        Assert.Contains("kiosklink approval grant a1b2", printed.Output, StringComparison.Ordinal);
        Assert.Equal((act, subject, "no card is read"), Script.Requests<AskApprovalRequest>().Select(asked => (asked.Act, asked.Subject, asked.Reason)).Single());
    }

    [Theory]
    [InlineData("grant", true)]
    [InlineData("refuse", false)]
    public async Task A_second_person_answers_at_the_second_socket(string verb, bool approved)
    {
        var answered = new Approval(Asked) { State = ApprovalState.Approved, AnsweredBy = "1001", EndTime = new Timestamp { Seconds = 1_800_000_000 } };
        Script.On<AnswerRequestRequest>(_ => new AnswerRequestResponse { Approval = answered });
        Script.On<ListRequestsRequest>(_ => new ListRequestsResponse { Approvals = { Asked } });

        var listed = await CommandLine.Run("approval", "list", "--second-socket", Server.Socket);
        var printed = await CommandLine.Run("approval", verb, "a1b2", "--reason", "I stand beside", "--second-socket", Server.Socket, "--json");

        Assert.Matches("a1b2 +unmasked trace +bus0 +1000 +no card is read +asked", listed.Output);
        Assert.Equal((0, "1001"), (printed.Code, (string?)printed.Json["approvals"]![0]!["answeredBy"]));
        Assert.Equal(("a1b2", approved, "I stand beside"), Script.Requests<AnswerRequestRequest>().Select(asked => (asked.ApprovalId, asked.Approved, asked.Reason)).Single());
    }

    [Fact]
    public async Task Who_asked_is_refused_in_words()
    {
        Script.Refuse<AnswerRequestRequest>(StatusCode.PermissionDenied, "SAME_PERSON", "Who asked does not answer.");

        var printed = await CommandLine.Run("approval", "grant", "a1b2", "--reason", "myself", "--second-socket", Server.Socket);

        Assert.Equal((1, "kiosklink: Who asked does not answer. (SAME_PERSON)\n"), (printed.Code, printed.Errors));
    }

    [Fact]
    public async Task An_answer_without_a_reason_is_a_wrong_command_line() =>
        Assert.Equal(2, (await CommandLine.Run("approval", "grant", "a1b2", "--second-socket", Server.Socket)).Code);

    [Fact]
    public async Task An_unmasked_trace_is_not_written_where_the_node_cannot_erase_it() =>
        Assert.Equal(2, (await Server.RunAtNode("device", "trace", "bus0", "--approval", "a1b2", "--out", "trace.osdpcap")).Code);

    [Fact]
    public async Task The_virtual_card_is_0_when_it_was_only_to_be_tried_and_1_when_an_opening_did_not_happen()
    {
        Script.On<TryCardRequest>(_ => new TryCardResponse
        {
            Steps = { new StepTime { Step = 5, SinceRead = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(12.3)) } },
            Decision = new Protos.Types.V1.Decision { Code = Protos.Types.V1.DecisionCode.CardUnknown, Source = Protos.Types.V1.Source.Replica },
            Problem = "The door is busy.",
        });

        var tried = await Server.RunAtNode("door", "try", "front");
        var opened = await Server.RunAtNode("door", "try", "front", "--approval", "a1b2");

        Assert.Equal((0, 1), (tried.Code, opened.Code));
        Assert.Matches("5 +12.3 ms", tried.Output);
        Assert.Contains("Decided CARD_UNKNOWN by replica. The door is busy.", tried.Output, StringComparison.Ordinal);
        Assert.Equal(["", "a1b2"], Script.Requests<TryCardRequest>().Select(request => request.ApprovalId));
    }
}
