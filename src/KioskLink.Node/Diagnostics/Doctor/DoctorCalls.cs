using Grpc.Core;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>The call of the doctor: journaled, carried out, told. Thread-safe.</summary>
internal sealed class DoctorCalls(DoctorDesk desk, TechnicianLog log)
{
    /// <summary>Examines the node.</summary>
    public async Task RunAsync(RunDoctorRequest request, IServerStreamWriter<RunDoctorResponse> responses, string by, CancellationToken ending)
    {
        await log.NoteOrRefuseAsync(by, "", request.DoorsClosed ? "asks the doctor, and says that all doors are closed" : "asks the doctor");
        await foreach (var (share, sheet) in desk.RunAsync(request.DoorsClosed, ending))
        {
            var response = new RunDoctorResponse { Share = share, Done = sheet is not null };
            response.Checks.AddRange((sheet ?? []).Select(ToProto));
            await responses.WriteAsync(response, ending);
        }
    }

    private static Check ToProto(Finding finding) => new()
    {
        // Both enumerations list the same things in the same order.
        Verdict = (Verdict)(finding.Severity + 1),
        Code = finding.Code,
        Subject = finding.Subject,
        Sentence = finding.Sentence,
        Mend = finding.Mend,
    };
}
