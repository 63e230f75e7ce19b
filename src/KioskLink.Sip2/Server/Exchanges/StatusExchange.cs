using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>99 and 98.</summary>
internal sealed class StatusExchange : Exchange<ScStatusRequest, ServiceAnswer>
{
    // What the session does itself. 25 is answered and changes nothing, so it is not offered.
    private const SupportedMessages Always = SupportedMessages.Status | SupportedMessages.Resend | SupportedMessages.Login | SupportedMessages.EndSession;

    protected override ValueTask<ServiceAnswer> AskAsync(ScStatusRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel) =>
        circulation.ServiceAsync(new() { Asker = context.Asker, Condition = request.Condition, PrintWidth = request.PrintWidth }, cancel);

    protected override ServiceAnswer Refused(string text) => new() { ScreenMessages = [text] };

    protected override Response Reply(ScStatusRequest request, ExchangeContext context, ServiceAnswer answer) => new AcsStatusResponse
    {
        OnLine = answer.OnLine,
        CheckinOk = answer.CheckinOk,
        CheckoutOk = answer.CheckoutOk,
        RenewalPolicy = answer.RenewalOk,
        StatusUpdateOk = answer.BlocksPatrons,
        OffLineOk = answer.OffLineOk,
        TimeoutTenths = (int)(context.Profile.ReplyTimeout.TotalSeconds * 10),
        Retries = context.Profile.Retries,
        Clock = context.At,
        ProtocolVersion = "2.00",
        Institution = context.Asker.Institution,
        LibraryName = context.Profile.LibraryName,
        Supported = (answer.Supported | Always) & ~SupportedMessages.PatronEnable,
        TerminalLocation = context.Profile.TerminalLocation,
        ScreenMessages = answer.ScreenMessages,
        PrintLines = answer.PrintLines,
    };
}
