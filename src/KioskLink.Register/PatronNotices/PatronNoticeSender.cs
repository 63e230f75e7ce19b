using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.PatronNotes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;

namespace KioskLink.Register.PatronNotices;

/// <summary>Sends notices: on record among the patron's messages first (R21), then in the spool folder, each once.</summary>
internal sealed class PatronNoticeSender(RegisterCore core, Spool spool)
{
    /// <summary>Sends a prepared notice; the row of an earlier call with the same id where there is one.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="by">Who sends it.</param>
    /// <param name="marks">What it is about, for the daily round.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<(SentNoticeRow Row, bool Repeated)> SendAsync(
        PreparedNotice notice, NoticeKind kind, string id, string by, IReadOnlyList<string> marks, CancellationToken stop)
    {
        var row = new SentNoticeRow
        {
            NoticeId = id,
            Consortium = core.Store.Consortium,
            PatronId = notice.Patron.PatronId,
            Kind = (int)kind,
            Channel = (int)notice.Channel,
            Language = (int)notice.Words.Language,
            File = Spool.NewFile(notice.Channel),
            SentBy = by,
        };
        spool.Prepare(row.File, notice.File);
        SentNoticeRow stored;
        try
        {
            stored = (await core.Lane.WriteAsync(scope => Note(scope, row, notice, marks), stop)).Value;
        }
        catch
        {
            spool.Drop(row.File);
            throw;
        }

        if (stored.File != row.File)
        {
            spool.Drop(row.File);
            return (stored, true);
        }

        spool.Release(row.File);
        return (stored, false);
    }

    /// <summary>What an earlier call with the same id sent; null where there was none.</summary>
    /// <exception cref="RpcException">ALREADY_EXISTS: the id is another notice's.</exception>
    public SentNoticeRow? Find(SendPatronNoticeRequest request)
    {
        using var db = core.Store.Read();
        var sent = db.Set<SentNoticeRow>().SingleOrDefault(row => row.Consortium == core.Store.Consortium && row.NoticeId == request.NoticeId);
        if (sent is null)
        {
            return null;
        }

        var patron = PatronWriter.Find(db, core.Store.Consortium, request.Notice?.CustomerId ?? "");
        return Same(sent, patron?.PatronId ?? 0, (int)(request.Notice?.Kind ?? NoticeKind.Unspecified));
    }

    private static SentNoticeRow Same(SentNoticeRow sent, long patronId, int kind) => sent.PatronId == patronId && sent.Kind == kind
        ? sent
        : throw Refused.With(StatusCode.AlreadyExists, "NOTICE_ID_TAKEN", "Another notice has this `notice_id`: take a new one.");

    private static SentNoticeRow Note(WriteScope scope, SentNoticeRow row, PreparedNotice notice, IReadOnlyList<string> marks)
    {
        scope.About([row.PatronId], "notices");
        if (scope.Db.Set<SentNoticeRow>().SingleOrDefault(sent => sent.Consortium == scope.Consortium && sent.NoticeId == row.NoticeId) is { } before)
        {
            return Same(before, row.PatronId, row.Kind);
        }

        row.SentAt = scope.NowMs;
        scope.Db.Add(row);
        scope.Db.AddRange(marks.Select(mark => new NoticeMarkRow { Consortium = scope.Consortium, Mark = mark, NoticeId = row.NoticeId }));
        var (subject, text) = notice.Shown;
        var body = subject.Length == 0 ? text : $"{subject}\n\n{text}";
        scope.Db.Add(new PatronMessageRow
        {
            Consortium = scope.Consortium,
            PatronId = row.PatronId,
            Direction = (int)MessageDirection.ToPatron,
            Body = body.Length <= PatronNotes.PatronNoteService.BodyMax ? body : string.Concat(body.AsSpan(0, PatronNotes.PatronNoteService.BodyMax - 1), "…"),
            CreatedAt = scope.NowMs,
            CreatedBy = row.SentBy,
            // A short text has neither subject nor titles.
            NoticeId = subject.Length == 0 ? "" : row.NoticeId,
        });
        return row;
    }
}

/// <summary>Finishes at the start what a stop left in the spool folder.</summary>
internal sealed class SpoolRecovery(RegisterCore core, Spool spool) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        using var db = core.Store.Read();
        spool.Recover(db);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
