using System.Globalization;
using Grpc.Core;
using KioskLink.Register.Audit;
using KioskLink.Register.Jobs;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.PatronNotices;

/// <summary>The daily round of notices (R20): what is due is sent, each once; a patron who wants or can get none is counted and passed over.</summary>
internal sealed class NoticeRoundJob(RegisterCore core, DueNotices due, PatronNoticeDesk desk, PatronNoticeSender sender, AuditLog audit) : IJob
{
    private static readonly LocalTime InTheMorning = new(8, 0);

    /// <inheritdoc/>
    public string Name => "patron-notices";

    /// <inheritdoc/>
    public JobSchedule When => JobSchedule.Daily(InTheMorning);

    /// <inheritdoc/>
    public async Task<string> RunAsync(JobCall call, CancellationToken stop)
    {
        if (!core.Profile.NoticeRound.Sends)
        {
            return "nothing was sent: `noticeRound.sends` of the profile is off";
        }

        var (told, passed) = (new List<long>(), 0);
        foreach (var notice in due.On(OpeningCalendar.DateAt(call.Now)))
        {
            stop.ThrowIfCancellationRequested();
            if (await SendAsync(notice, call, stop) is { } patron)
            {
                told.Add(patron);
            }
            else
            {
                passed++;
            }
        }

        foreach (var subjects in told.Distinct().Chunk(AuditEntry.SubjectsMax))
        {
            await audit.NoteAsync(AuditEntry.OfJob(Name, $"{Name}/send") with { Subjects = subjects, Fields = "notices" });
        }

        return string.Create(CultureInfo.InvariantCulture, $"{told.Count} notices sent, {passed} not wanted or without an address");
    }

    private async Task<long?> SendAsync(DueNotice notice, JobCall call, CancellationToken stop)
    {
        var id = Guid.NewGuid().ToString("N");
        try
        {
            var prepared = desk.Prepare(notice.CustomerId, notice.Content, id);
            await sender.SendAsync(prepared, notice.Content.Kind, id, call.By, notice.Marks, stop);
            return prepared.Patron.PatronId;
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound)
        {
            return null;
        }
    }
}
