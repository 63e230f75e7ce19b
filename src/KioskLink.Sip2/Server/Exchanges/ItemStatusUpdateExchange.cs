using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>19 and 20.</summary>
internal sealed class ItemStatusUpdateExchange : Exchange<ItemStatusUpdateRequest, ItemUpdateAnswer>
{
    protected override ValueTask<ItemUpdateAnswer> AskAsync(ItemStatusUpdateRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.UpdateItemAsync(
            new() { Asker = context.Asker, DeviceTime = context.Instant(request.At), Item = request.Item.Trim(), Properties = request.ItemProperties }, cancel);

    protected override ItemUpdateAnswer Refused(string text) => ItemUpdateAnswer.Refused(text);

    protected override Response Reply(ItemStatusUpdateRequest request, ExchangeContext context, ItemUpdateAnswer answer) => new ItemStatusUpdateResponse
    {
        Ok = answer.Done,
        At = context.At,
        Item = request.Item,
        Title = answer.Title,
        ItemProperties = answer.Properties,
        ScreenMessages = answer.ScreenMessages,
        PrintLines = answer.PrintLines,
    };
}
