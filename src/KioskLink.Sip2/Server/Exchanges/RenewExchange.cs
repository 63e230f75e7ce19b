using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>29 and 30.</summary>
internal sealed class RenewExchange : Exchange<RenewRequest, LoanAnswer>
{
    protected override string? RefusedUnasked(RenewRequest request, ExchangeContext context) =>
        !request.NoBlock && context.LacksPin(request.Pin) ? context.Texts.PinMissing
        : string.IsNullOrWhiteSpace(request.Item) && string.IsNullOrWhiteSpace(request.Title) ? context.Texts.NothingNamed : null;

    protected override ValueTask<LoanAnswer> AskAsync(RenewRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.RenewAsync(
            new()
            {
                Asker = context.Asker,
                DeviceTime = context.Instant(request.At),
                Item = request.Item?.Trim(),
                Title = request.Title?.Trim(),
                Card = request.Patron.Trim(),
                Pin = context.Claim(request.Pin),
                NoBlock = request.NoBlock,
                FeeAcknowledged = request.FeeAcknowledged == true,
                ThirdPartyAllowed = request.ThirdPartyAllowed,
            },
            cancel);

    protected override LoanAnswer Refused(string text) => LoanAnswer.Refused(text);

    protected override Response Reply(RenewRequest request, ExchangeContext context, LoanAnswer answer) => new RenewResponse
    {
        Ok = answer.Done,
        RenewalOk = answer.Done,
        MagneticMedia = answer.Magnetic,
        Desensitize = answer is { Done: true, Desensitize: true } ? Answered.Yes : Answered.No,
        At = context.At,
        Institution = context.Asker.Institution,
        Patron = request.Patron,
        Item = request.Item ?? "",
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
