using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>37 and 38.</summary>
internal sealed class FeePaidExchange : Exchange<FeePaidRequest, FeeAnswer>
{
    // The money is in the machine: a missing PIN is no reason not to book it. An amount that cannot be read is.
    protected override string? RefusedUnasked(FeePaidRequest request, ExchangeContext context) => request.Amount is null or < 0 ? context.Texts.AmountUnclear : null;

    protected override ValueTask<FeeAnswer> AskAsync(FeePaidRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.PayAsync(
            new()
            {
                Asker = context.Asker,
                DeviceTime = context.Instant(request.At),
                Card = request.Patron.Trim(),
                Pin = context.Claim(request.Pin),
                Amount = request.Amount!.Value,
                Currency = request.Currency.Trim(),
                FeeType = request.FeeType,
                PaymentType = request.PaymentType,
                FeeId = request.FeeId,
                TransactionId = string.IsNullOrWhiteSpace(request.TransactionId) ? null : request.TransactionId.Trim(),
            },
            cancel);

    protected override FeeAnswer Refused(string text) => FeeAnswer.Refused(text);

    protected override Response Reply(FeePaidRequest request, ExchangeContext context, FeeAnswer answer) => new FeePaidResponse
    {
        Accepted = answer.Done,
        At = context.At,
        Institution = context.Asker.Institution,
        Patron = request.Patron,
        TransactionId = answer.TransactionId ?? request.TransactionId,
        ScreenMessages = answer.ScreenMessages,
        PrintLines = answer.PrintLines,
    };
}
