using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>35 and 36. The session ends, whatever becomes of the courtesy.</summary>
internal sealed class EndSessionExchange : Exchange<EndSessionRequest, bool>
{
    protected override async ValueTask<bool> AskAsync(EndSessionRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel)
    {
        await circulation.EndSessionAsync(new() { Asker = context.Asker, DeviceTime = context.Instant(request.At), Card = request.Patron.Trim() }, cancel);
        return true;
    }

    protected override bool Refused(string text) => true;

    protected override Response Reply(EndSessionRequest request, ExchangeContext context, bool answer) => new EndSessionResponse
    {
        Ended = answer,
        At = context.At,
        Institution = context.Asker.Institution,
        Patron = request.Patron,
    };
}
