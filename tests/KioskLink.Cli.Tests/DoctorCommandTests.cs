using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli;

public sealed class DoctorCommandTests : FakeServerTest
{
    private static readonly Check Passed = new() { Verdict = Verdict.Pass, Code = "OK", Subject = "bus0", Sentence = "The port is open." };

    [Fact]
    public async Task A_sheet_without_a_fault_is_0_even_with_something_to_look_at()
    {
        Script.Doctor = _ => Sheet(Passed, new Check { Verdict = Verdict.Warn, Code = "ECHO", Subject = "bus0", Sentence = "It comes back.", Mend = "Switch it off." });

        var printed = await Server.RunAtNode("node", "doctor");

        Assert.Equal(0, printed.Code);
        Assert.Contains("1 in order, 1 to look at, 0 to mend.", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_1_and_stands_with_its_mend()
    {
        Script.Doctor = _ => Sheet(Passed, new Check { Verdict = Verdict.Fail, Code = "BAUD_WRONG", Subject = "reader", Sentence = "It answers at 9600 baud.", Mend = "Set it." });

        var text = await Server.RunAtNode("node", "doctor");
        var json = await Server.RunAtNode("node", "doctor", "--json");

        Assert.Equal((1, 1), (text.Code, json.Code));
        Assert.Matches("FAIL +reader +BAUD_WRONG +It answers at 9600 baud\\.", text.Output);
        Assert.Matches("mend: +Set it\\.", text.Output);
        Assert.Equal((false, 1, "BAUD_WRONG"), ((bool)json.Json["passed"]!, (int)json.Json["fails"]!, (string?)json.Json["checks"]![1]!["code"]));
    }

    [Fact]
    public async Task That_the_doors_are_closed_reaches_the_node()
    {
        var said = new List<bool>();
        Script.Doctor = request =>
        {
            said.Add(request.DoorsClosed);
            return Sheet(Passed);
        };

        await Server.RunAtNode("node", "doctor");
        await Server.RunAtNode("node", "doctor", "--doors-closed");

        Assert.Equal([false, true], said);
    }

    [Fact]
    public async Task From_elsewhere_the_register_is_asked_for_the_sheet_with_a_reason()
    {
        Script.On<DiagnoseNodeRequest>(_ => new DiagnoseNodeResponse
        {
            Diagnosis = new NodeDiagnosis { Checks = { new DiagnosisCheck { Verdict = "FAIL", Code = "SLOW", Subject = "reader", Sentence = "It is slow.", Mend = "Move it." } } },
        });

        var printed = await Server.Run("node", "doctor", "front", "--reason", "slow reader");
        var withoutReason = await Server.Run("node", "doctor", "front");

        Assert.Equal((1, 2), (printed.Code, withoutReason.Code));
        Assert.Matches("FAIL +reader +SLOW +It is slow\\.", printed.Output);
        Assert.Equal(("front", "slow reader"), Script.Requests<DiagnoseNodeRequest>().Select(request => (request.NodeId, request.Reason)).Single());
    }

    private static RunDoctorResponse Sheet(params Check[] checks) => new() { Share = 1, Done = true, Checks = { checks } };
}
