using System.Globalization;
using System.Text.RegularExpressions;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;

namespace KioskLink.Register.PatronNotices;

/// <summary>Notices to patrons: shown, sent, listed (R20, R21).</summary>
internal sealed partial class PatronNoticeService(RegisterCore core, PatronNoticeDesk desk, PatronNoticeSender sender)
    : Protos.Register.V1.PatronNoticeService.PatronNoticeServiceBase
{
    private const string Notices = "notices";
    private const string Preview = "preview";

    /// <inheritdoc/>
    public override Task<RenderPatronNoticeResponse> RenderPatronNotice(RenderPatronNoticeRequest request, ServerCallContext context)
    {
        var prepared = Prepare(request.Notice, Preview, context);
        // Claims are sent all the same, but nobody else reads them.
        Restriction.Require(context.Caller(), prepared.Patron);
        var (subject, text) = prepared.Shown;
        return Task.FromResult(new RenderPatronNoticeResponse
        {
            Rendered = new RenderedNotice
            {
                Channel = prepared.Channel,
                Language = (Language)prepared.Words.Language,
                Subject = subject,
                Body = text,
                File = prepared.File,
            },
        });
    }

    /// <inheritdoc/>
    public override async Task<SendPatronNoticeResponse> SendPatronNotice(SendPatronNoticeRequest request, ServerCallContext context)
    {
        if (!Id().IsMatch(Field.Required(request.NoticeId, "notice_id", Field.IdMax)))
        {
            throw Field.Wrong("notice_id", "must be letters, digits and hyphens");
        }

        if (sender.Find(request) is { } before)
        {
            context.Audit().About(before.PatronId).Fields(Notices);
            return new SendPatronNoticeResponse { Sent = Sent(before), RepeatedCall = true };
        }

        var prepared = Prepare(request.Notice, request.NoticeId, context);
        var (row, repeated) = await sender.SendAsync(prepared, request.Notice.Kind, request.NoticeId, context.Caller().Name, [], context.CancellationToken);
        return new SendPatronNoticeResponse { Sent = Sent(row), RepeatedCall = repeated };
    }

    /// <inheritdoc/>
    public override Task<ListPatronNoticesResponse> ListPatronNotices(ListPatronNoticesRequest request, ServerCallContext context)
    {
        var (size, (before, id)) = (Field.PageSize(request.PageSize), Cursor(request.PageToken));
        using var db = core.Store.Read();
        var patron = PatronWriter.Find(db, core.Store.Consortium, Field.Required(request.CustomerId, "customer_id", Field.IdMax)) ?? throw Field.Missing("patron");
        context.Audit().About(patron.PatronId).Fields(Notices);
        var page = db.Set<SentNoticeRow>()
            .Where(row => row.PatronId == patron.PatronId && (row.SentAt < before || (row.SentAt == before && string.Compare(row.NoticeId, id) > 0)))
            .OrderByDescending(row => row.SentAt).ThenBy(row => row.NoticeId).Take(size + 1).ToList();
        var response = new ListPatronNoticesResponse
        {
            NextPageToken = page.Count > size ? string.Create(CultureInfo.InvariantCulture, $"{page[size - 1].SentAt}.{page[size - 1].NoticeId}") : "",
        };
        response.Notices.AddRange(page.Take(size).Select(Sent));
        return Task.FromResult(response);
    }

    private PreparedNotice Prepare(PatronNotice? given, string id, ServerCallContext context)
    {
        var notice = given ?? throw Field.Wrong("notice", "is missing: give it");
        Field.Required(notice.CustomerId, "notice.customer_id", Field.IdMax);
        var content = PatronNoticeRules.Read(notice, core.Index, OpeningCalendar.DateAt(core.Now()));
        var prepared = desk.Prepare(notice.CustomerId, content, id);
        context.Audit().About(prepared.Patron.PatronId).Fields(Notices);
        return prepared;
    }

    private static SentNotice Sent(SentNoticeRow row) => new()
    {
        NoticeId = row.NoticeId,
        Kind = (NoticeKind)row.Kind,
        Channel = (NoticeChannel)row.Channel,
        Language = (Language)row.Language,
        SendTime = ((long?)row.SentAt).ToTimestamp(),
        SentBy = row.SentBy,
        File = row.File,
    };

    private static (long Before, string Id) Cursor(string token)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        return token.Length == 0 ? (long.MaxValue, "")
            : dot > 0 && dot < token.Length - 1 ? (Field.PageNumber(token[..dot]), token[(dot + 1)..])
            : throw Field.WrongToken();
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex Id();
}
