using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>25 and 26: says how the card is, and changes nothing. No machine makes a blocked card good.</summary>
internal sealed class PatronEnableExchange : Exchange<PatronEnableRequest, PatronAnswer>
{
    protected override ValueTask<PatronAnswer> AskAsync(PatronEnableRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.PatronAsync(
            new() { Asker = context.Asker, DeviceTime = context.Instant(request.At), Card = request.Patron.Trim(), Pin = context.Claim(request.Pin) }, cancel);

    protected override PatronAnswer Refused(string text) => PatronAnswer.Refused(text);

    protected override Response Reply(PatronEnableRequest request, ExchangeContext context, PatronAnswer answer) => new PatronEnableResponse
    {
        Status = PatronReply.Flags(answer, context.Profile),
        Language = context.Asker.Language,
        At = context.At,
        Institution = context.Asker.Institution,
        Patron = request.Patron,
        Name = PatronReply.ShowsName(answer, context.Profile, request.Pin) ? answer.Name : "",
        ValidPatron = PatronReply.IsValid(answer, context.Profile),
        ValidPin = PatronReply.PinIsRight(answer, request.Pin),
        ScreenMessages = answer.ScreenMessages,
        PrintLines = answer.PrintLines,
    };
}
