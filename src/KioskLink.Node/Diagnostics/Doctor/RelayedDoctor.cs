using KioskLink.Devices.Osdp;
using KioskLink.Node.Buses;
using KioskLink.Node.Clock;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>
/// Examines the node for a technician whom the register has let in: the sheet without a search, and the devices' counters. Moves nothing, and looks at
/// nothing before it is on record. Thread-safe.
/// </summary>
internal sealed class RelayedDoctor(NodeParts parts, DoctorDesk desk)
{
    /// <summary>Examines; who asked and why is journaled. Where it cannot be, the sheet says that and nothing else.</summary>
    public async Task<NodeDiagnosis> ExamineAsync(ReceiveCommandsResponse command)
    {
        var noted = await parts.Journal.AppendAsync(new RecordOpen { Kind = RecordKind.Technician, AttemptId = command.CommandId, Detail = $"role {command.Role} asks the doctor through the register: {command.Reason}" });
        var diagnosis = new NodeDiagnosis { Time = parts.Clock.Now.ToProto() };
        if (noted.Problem is { } problem)
        {
            diagnosis.Checks.Add(ToProto(Finding.Fail("NOT_RECORDED", "journal", $"The question cannot be recorded, so nothing is examined: {problem}.", "Free or mend the disk that holds the node's data.")));
            return diagnosis;
        }
        var seen = await Task.Run(desk.LookOnce);
        diagnosis.Checks.AddRange(Diagnosis.Of(seen).Select(ToProto));
        diagnosis.Devices.AddRange(seen.Devices.Select(device => ToProto(device.LineId, device.Status)));
        return diagnosis;
    }

    private static DiagnosisCheck ToProto(Finding finding) => new()
    {
        Verdict = finding.Severity.ToString().ToUpperInvariant(),
        Code = finding.Code,
        Subject = finding.Subject,
        Sentence = finding.Sentence,
        Mend = finding.Mend,
    };

    private static DiagnosisDevice ToProto(string lineId, DeviceStatus device) => new()
    {
        DeviceId = device.Id,
        BusId = lineId,
        Online = device.Online,
        Exchanges = device.Counters.Exchanges,
        Retries = device.Counters.Retries,
        CrcErrors = device.Counters.Damaged,
        MacErrors = device.Counters.Unauthentic,
        MedianReply = Duration.FromTimeSpan(device.Replies.Median),
        P95Reply = Duration.FromTimeSpan(device.Replies.P95),
        P99Reply = Duration.FromTimeSpan(device.Replies.P99),
        LongestReply = Duration.FromTimeSpan(device.Replies.Longest),
        KeyState = DeviceDesk.KeyStateOf(device.Security).ToString().ToUpperInvariant(),
        KeyProblem = device.KeyProblem is { } reason ? DeviceAlarms.Explain(reason) : "",
    };
}
