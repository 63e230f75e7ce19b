using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>01 and 24.</summary>
internal sealed class BlockPatronExchange : Exchange<BlockPatronRequest, PatronAnswer>
{
    protected override ValueTask<PatronAnswer> AskAsync(BlockPatronRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.BlockAsync(
            new() { Asker = context.Asker, DeviceTime = context.Instant(request.At), Card = request.Patron.Trim(), CardRetained = request.CardRetained, Reason = request.Reason }, cancel);

    protected override PatronAnswer Refused(string text) => PatronAnswer.Refused(text);

    protected override Response Reply(BlockPatronRequest request, ExchangeContext context, PatronAnswer answer) => new PatronStatusResponse
    {
        Status = PatronReply.Flags(answer, context.Profile),
        Language = Language.Unknown,
        At = context.At,
        Institution = context.Asker.Institution,
        Patron = request.Patron,
        ValidPatron = PatronReply.IsValid(answer, context.Profile),
        ScreenMessages = answer.ScreenMessages,
        PrintLines = answer.PrintLines,
    };
}
