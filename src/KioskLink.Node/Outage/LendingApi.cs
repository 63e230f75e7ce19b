using System.Globalization;
using Grpc.Core;
using KioskLink.Node.Clock;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Node.V1;
using NodaTime;
using NodaTime.Text;
using PinResult = KioskLink.Protos.Types.V1.PinResult;

namespace KioskLink.Node.Outage;

/// <summary>LendingService: what the node keeps for the register, on its Unix socket.</summary>
internal sealed class LendingApi(ActDesk desk, NodeParts parts, TechnicianLog log) : LendingService.LendingServiceBase
{
    private const int PageUsual = 100;
    private const int PageMost = 1000;

    /// <inheritdoc/>
    public override Task<ListKeptActsResponse> ListKeptActs(ListKeptActsRequest request, ServerCallContext context)
    {
        var size = request.PageSize is > 0 and <= PageMost ? request.PageSize : request.PageSize == 0 ? PageUsual : throw ActRefusal.Field("page_size", $"give 1 to {PageMost}, or 0 for {PageUsual}");
        var after = request.PageToken.Length == 0 ? 0
            : long.TryParse(request.PageToken, NumberStyles.None, CultureInfo.InvariantCulture, out var token) ? token
            : throw ActRefusal.Field("page_token", "give the token of the page before, or none");
        var page = desk.List(request.Settled).Where(act => act.Sequence > after).Take(size + 1).ToList();
        var response = new ListKeptActsResponse
        {
            NextPageToken = page.Count > size ? $"{page[size - 1].Sequence}" : "",
            Waiting = parts.ActBook.Waiting,
            WaitingMax = desk.WaitingMax,
            Unsettled = parts.ActBook.Unsettled,
        };
        response.Acts.AddRange(page.Take(size).Select(ToProto));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task<NoteActResponse> NoteAct(NoteActRequest request, ServerCallContext context)
    {
        var result = await desk.NoteAsync(Read(request));
        if (result.Wrong is { } field)
            throw ActRefusal.Field(field, result.Mend);
        var kept = result.Kept ?? throw ActRefusal.NoBranch();
        if (kept.Outcome == KeepOutcome.Full)
            throw ActRefusal.Full(desk.WaitingMax);
        var act = kept.Act ?? throw ActRefusal.NotKept();
        await log.NoteAsync(context, ActDesk.Desk, $"noted by hand: {act}");
        return new NoteActResponse { Act = ToProto(act) };
    }

    private static HandNote Read(NoteActRequest request) => new()
    {
        Id = request.TransactionId.Length > 0 ? request.TransactionId : Guid.NewGuid().ToString("N"),
        Kind = (ActKind)request.Kind,
        Card = request.CardNumber,
        Item = request.ItemId.Trim(),
        Title = request.TitleId.Trim(),
        DueOn = request.DueOn.Length == 0 ? null : DayOf(request.DueOn),
        PickUpBranch = request.PickUpBranch,
        NotedBy = request.NotedBy,
        HappenedAt = request.HappenedTime?.FromProto(),
    };

    private static LocalDate DayOf(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true } day ? day.Value : throw ActRefusal.Field("due_on", "give a day as YYYY-MM-DD, or leave it out");

    private KeptAct ToProto(LoanAct act) => new()
    {
        TransactionId = act.Id,
        Kind = (KeptActKind)act.Kind,
        ItemId = act.Item,
        TitleId = act.Title,
        DeviceId = act.Device,
        HappenedTime = desk.HappenedAt(act).ToProto(),
        TimeTrusted = act.Time.Trusted,
        DueOn = act.DueOn is { } due ? LocalDatePattern.Iso.Format(due) : "",
        NotedBy = act.NotedBy,
        PinResult = act.Pin is { } pin ? (PinResult)pin : PinResult.Unspecified,
        Cancels = act.Cancels,
        PickUpBranch = act.PickUpBranch,
        State = (KeptActState)act.State,
        Reason = act.Reason,
        SettledTime = act.SettledAt?.ToProto(),
    };
}
