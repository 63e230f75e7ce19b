using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>One kind of request: what is asked for it, and the answer as a message. Has no state.</summary>
internal abstract class Exchange
{
    /// <summary>Asks, and makes the answer a message.</summary>
    public abstract ValueTask<Response> AnswerAsync(Request request, ExchangeContext context, ICirculation circulation, CancellationToken cancel);

    /// <summary>Says that nothing was done.</summary>
    public abstract Response Refuse(Request request, ExchangeContext context, string text);
}

/// <summary>One kind of request and answer.</summary>
/// <typeparam name="TRequest">The message of the machine.</typeparam>
/// <typeparam name="TAnswer">The answer of whoever knows.</typeparam>
internal abstract class Exchange<TRequest, TAnswer> : Exchange
    where TRequest : Request
{
    public sealed override async ValueTask<Response> AnswerAsync(Request request, ExchangeContext context, ICirculation circulation, CancellationToken cancel)
    {
        var asked = (TRequest)request;
        return RefusedUnasked(asked, context) is { } text
            ? Reply(asked, context, Refused(text))
            : Reply(asked, context, await AskAsync(asked, context, circulation, cancel));
    }

    public sealed override Response Refuse(Request request, ExchangeContext context, string text) => Reply((TRequest)request, context, Refused(text));

    /// <summary>Why nobody is asked at all; null to ask.</summary>
    protected virtual string? RefusedUnasked(TRequest request, ExchangeContext context) => null;

    protected abstract ValueTask<TAnswer> AskAsync(TRequest request, ExchangeContext context, ICirculation circulation, CancellationToken cancel);

    protected abstract TAnswer Refused(string text);

    protected abstract Response Reply(TRequest request, ExchangeContext context, TAnswer answer);
}
