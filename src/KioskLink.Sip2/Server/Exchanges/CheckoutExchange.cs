using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>11 and 12.</summary>
internal sealed class CheckoutExchange : Exchange<CheckoutRequest, LoanAnswer>
{
    // What happened while the machine was alone is told, not asked: a PIN was not kept for it.
    protected override string? RefusedUnasked(CheckoutRequest request, ExchangeContext context) =>
        !request.NoBlock && context.LacksPin(request.Pin) ? context.Texts.PinMissing : null;

    protected override ValueTask<LoanAnswer> AskAsync(CheckoutRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.CheckOutAsync(
            new()
            {
                Asker = context.Asker,
                DeviceTime = context.Instant(request.At),
                Item = request.Item.Trim(),
                Card = request.Patron.Trim(),
                Pin = context.Claim(request.Pin),
                MayRenew = request.RenewalPolicy,
                NoBlock = request.NoBlock,
                OfflineDue = request.NoBlock ? context.Instant(request.NoBlockDue) : null,
                FeeAcknowledged = request.FeeAcknowledged == true,
                Cancels = request.Cancels == true,
                ItemProperties = request.ItemProperties,
            },
            cancel);

    protected override LoanAnswer Refused(string text) => LoanAnswer.Refused(text);

    protected override Response Reply(CheckoutRequest request, ExchangeContext context, LoanAnswer answer) => new CheckoutResponse
    {
        Ok = answer.Done,
        RenewalOk = answer is { Done: true, Renewed: true },
        MagneticMedia = answer.Magnetic,
        Desensitize = answer is { Done: true, Desensitize: true } ? Answered.Yes : Answered.No,
        At = context.At,
        Institution = context.Asker.Institution,
        Patron = request.Patron,
        Item = request.Item,
        Title = answer.Title,
        DueDate = answer.Done ? context.Due(answer.Due) ?? "" : "",
        FeeType = answer.FeeAmount is null ? null : answer.FeeType ?? FeeType.Other,
        Currency = answer.FeeAmount is null ? null : answer.Currency,
        FeeAmount = answer.FeeAmount,
        Media = answer.Media,
        ItemProperties = answer.ItemProperties,
        TransactionId = answer.TransactionId,
        ScreenMessages = answer.ScreenMessages,
        PrintLines = answer.PrintLines,
    };
}
