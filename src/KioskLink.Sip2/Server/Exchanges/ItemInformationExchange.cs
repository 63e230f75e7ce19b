using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>17 and 18.</summary>
internal sealed class ItemInformationExchange : Exchange<ItemInformationRequest, ItemAnswer>
{
    protected override ValueTask<ItemAnswer> AskAsync(ItemInformationRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.ItemAsync(new() { Asker = context.Asker, DeviceTime = context.Instant(request.At), Item = request.Item.Trim() }, cancel);

    protected override ItemAnswer Refused(string text) => ItemAnswer.Refused(text);

    protected override Response Reply(ItemInformationRequest request, ExchangeContext context, ItemAnswer answer) => new ItemInformationResponse
    {
        Status = answer.Status,
        Security = answer.Security,
        FeeType = answer.FeeType,
        At = context.At,
        HoldQueueLength = answer.HoldQueueLength,
        DueDate = context.Due(answer.Due),
        RecalledAt = context.Local(answer.RecalledAt),
        HoldPickupAt = context.Local(answer.HoldPickupUntil),
        Item = request.Item,
        Title = answer.Title,
        Owner = answer.Owner,
        Currency = answer.FeeAmount is null ? null : answer.Currency,
        FeeAmount = answer.FeeAmount,
        Media = answer.Media,
        PermanentLocation = answer.PermanentLocation,
        CurrentLocation = answer.CurrentLocation,
        ItemProperties = answer.ItemProperties,
        ScreenMessages = answer.ScreenMessages,
        PrintLines = answer.PrintLines,
    };
}
