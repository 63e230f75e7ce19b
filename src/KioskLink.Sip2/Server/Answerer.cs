using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server.Exchanges;

namespace KioskLink.Sip2.Server;

/// <summary>Asks whoever knows, for many connections at once, and never fails: a machine always hears an answer. Thread-safe.</summary>
internal sealed class Answerer(ICirculation circulation, ListenerLimits limits) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(limits.PendingAnswers);

    /// <summary>The answer to a request, and what was thrown where there is none.</summary>
    public async ValueTask<(Response Response, Exception? Error)> AnswerAsync(SessionState state, Ask ask, string source, DateTimeOffset now, CancellationToken cancel)
    {
        var exchange = ExchangeTable.Of(ask.Request.Code);
        var context = new ExchangeContext(state, ask, source, now);
        try
        {
            await _turns.WaitAsync(cancel);
            try
            {
                return (await exchange.AnswerAsync(ask.Request, context, circulation, cancel), null);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (Exception error)
        {
            return (exchange.Refuse(ask.Request, context, context.Texts.NotNow), error);
        }
    }

    /// <summary>The profile of a machine that logs in; null where it may not. Where nobody can say, it may not.</summary>
    public async ValueTask<(DeviceProfile? Profile, Exception? Error)> LogInAsync(LoginRequest request, string source, CancellationToken cancel)
    {
        try
        {
            await _turns.WaitAsync(cancel);
            try
            {
                var profile = await circulation.LogInAsync(
                    new() { UserId = request.UserId, Password = request.Password!, Location = request.Location, Source = source }, cancel);
                return profile?.Problem is { } problem ? (null, new InvalidOperationException($"The profile of a machine cannot be used: {problem}.")) : (profile, null);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (Exception error)
        {
            return (null, error);
        }
    }

    public void Dispose() => _turns.Dispose();
}
