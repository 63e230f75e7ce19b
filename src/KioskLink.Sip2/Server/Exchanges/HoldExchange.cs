using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>15 and 16.</summary>
internal sealed class HoldExchange : Exchange<HoldRequest, HoldAnswer>
{
    protected override string? RefusedUnasked(HoldRequest request, ExchangeContext context) =>
        context.LacksPin(request.Pin) ? context.Texts.PinMissing
        : request.Mode == HoldMode.Unknown ? context.Texts.NotNow
        : string.IsNullOrWhiteSpace(request.Item) && string.IsNullOrWhiteSpace(request.Title) ? context.Texts.NothingNamed : null;

    protected override ValueTask<HoldAnswer> AskAsync(HoldRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.HoldAsync(
            new()
            {
                Asker = context.Asker,
                DeviceTime = context.Instant(request.At),
                Mode = request.Mode,
                Item = request.Item?.Trim(),
                Title = request.Title?.Trim(),
                Card = request.Patron.Trim(),
                Pin = context.Claim(request.Pin),
                PickupLocation = request.PickupLocation,
                Type = request.Type is { } type && Enum.IsDefined(type) ? type : HoldType.AnyCopy,
                ExpiresAt = context.Instant(request.ExpiresAt),
                FeeAcknowledged = request.FeeAcknowledged == true,
            },
            cancel);

    protected override HoldAnswer Refused(string text) => HoldAnswer.Refused(text);

    protected override Response Reply(HoldRequest request, ExchangeContext context, HoldAnswer answer) => new HoldResponse
    {
        Ok = answer.Done,
        Available = answer is { Done: true, Available: true },
        At = context.At,
        ExpiresAt = context.Local(answer.ExpiresAt),
        QueuePosition = answer.QueuePosition,
        PickupLocation = answer.PickupLocation,
        Institution = context.Asker.Institution,
        Patron = request.Patron,
        Item = answer.Item ?? request.Item,
        Title = answer.Title ?? request.Title,
        ScreenMessages = answer.ScreenMessages,
        PrintLines = answer.PrintLines,
    };
}
