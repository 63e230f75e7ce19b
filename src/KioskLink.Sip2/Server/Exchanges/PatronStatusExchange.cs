using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>23 and 24.</summary>
internal sealed class PatronStatusExchange : Exchange<PatronStatusRequest, PatronAnswer>
{
    protected override ValueTask<PatronAnswer> AskAsync(PatronStatusRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.PatronAsync(
            new() { Asker = context.Asker, DeviceTime = context.Instant(request.At), Card = request.Patron.Trim(), Pin = context.Claim(request.Pin) }, cancel);

    protected override PatronAnswer Refused(string text) => PatronAnswer.Refused(text);

    protected override Response Reply(PatronStatusRequest request, ExchangeContext context, PatronAnswer answer)
    {
        var showsFees = PatronReply.ShowsLoans(answer, context.Profile, request.Pin);
        return new PatronStatusResponse
        {
            Status = PatronReply.Flags(answer, context.Profile),
            Language = request.Language,
            At = context.At,
            Institution = context.Asker.Institution,
            Patron = request.Patron,
            Name = PatronReply.ShowsName(answer, context.Profile, request.Pin) ? answer.Name : "",
            ValidPatron = PatronReply.IsValid(answer, context.Profile),
            ValidPin = PatronReply.PinIsRight(answer, request.Pin),
            Currency = showsFees && answer.FeeAmount is not null ? answer.Currency : null,
            FeeAmount = showsFees ? answer.FeeAmount : null,
            ScreenMessages = answer.ScreenMessages,
            PrintLines = answer.PrintLines,
        };
    }
}
