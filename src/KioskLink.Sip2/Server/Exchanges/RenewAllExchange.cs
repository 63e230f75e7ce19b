using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>65 and 66.</summary>
internal sealed class RenewAllExchange : Exchange<RenewAllRequest, RenewAllAnswer>
{
    protected override string? RefusedUnasked(RenewAllRequest request, ExchangeContext context) => context.LacksPin(request.Pin) ? context.Texts.PinMissing : null;

    protected override ValueTask<RenewAllAnswer> AskAsync(RenewAllRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.RenewAllAsync(
            new()
            {
                Asker = context.Asker,
                DeviceTime = context.Instant(request.At),
                Card = request.Patron.Trim(),
                Pin = context.Claim(request.Pin),
                FeeAcknowledged = request.FeeAcknowledged == true,
            },
            cancel);

    protected override RenewAllAnswer Refused(string text) => RenewAllAnswer.Refused(text);

    protected override Response Reply(RenewAllRequest request, ExchangeContext context, RenewAllAnswer answer) => new RenewAllResponse
    {
        Ok = answer.Done,
        RenewedCount = answer.Renewed.Count,
        UnrenewedCount = answer.Unrenewed.Count,
        At = context.At,
        Institution = context.Asker.Institution,
        Renewed = answer.Renewed,
        Unrenewed = answer.Unrenewed,
        ScreenMessages = answer.ScreenMessages,
        PrintLines = answer.PrintLines,
    };
}
