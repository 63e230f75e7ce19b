using System.Globalization;
using Grpc.Core;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
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

        var (told, all) = (0, 0);
        foreach (var notices in due.On(OpeningCalendar.DateAt(call.Now)).Chunk(AuditEntry.SubjectsMax))
        {
            told += await audit.NotedAsync(
                subjects => subjects.Count > 0 ? AuditEntry.OfJob(Name, $"{Name}/send", CallPurpose.CustomerService) with { Subjects = subjects, Fields = "notices" } : null,
                () => SendAsync(notices, call, stop));
            all += notices.Length;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{told} notices sent, {all - told} not wanted or without an address");
    }

    private async Task<int> SendAsync(IEnumerable<DueNotice> notices, JobCall call, CancellationToken stop)
    {
        var told = 0;
        foreach (var notice in notices)
        {
            stop.ThrowIfCancellationRequested();
            told += await SendAsync(notice, call, stop) ? 1 : 0;
        }

        return told;
    }

    private async Task<bool> SendAsync(DueNotice notice, JobCall call, CancellationToken stop)
    {
        var id = Guid.NewGuid().ToString("N");
        try
        {
            var prepared = desk.Prepare(notice.CustomerId, notice.Content, id);
            await sender.SendAsync(prepared, notice.Content.Kind, id, call.By, notice.Marks, stop);
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound)
        {
            return false;
        }
    }
}
