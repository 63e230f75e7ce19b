using Grpc.Core;
using Grpc.Core.Interceptors;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;

namespace KioskLink.Register.Rights;

/// <summary>
/// Holds back the answer of a reading call about one person whose processing is restricted, whatever service gave it, from everybody
/// but data-protection officers (R76). It stands inside the audit, which notes the refusal; whose data it is the service has said for
/// the audit. A page about many leaves such a person out itself, since this would hold back the others too.
/// </summary>
internal sealed class RestrictionInterceptor(RegisterCore core) : Interceptor
{
    private static readonly string[] Reading = ["Get", "List", "Search", "Find", "Explain", "Show"];

    // To open and answer a request about the restriction somebody must be able to see the request.
    private const string OfRequests = "DataSubjectService/";

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var answer = await continuation(request, context);
        Check(context);
        return answer;
    }

    private void Check(ServerCallContext context)
    {
        var (method, subjects) = (CallEntry.ActionOf(context.Method), context.Audit().Subjects);
        if (subjects.Count != 1 || method.StartsWith(OfRequests, StringComparison.Ordinal)
            || !context.UserState.TryGetValue(CallerContext.Key, out var known) || known is not CallerIdentity { Role: not (CallerRole.Node or CallerRole.Patron) } caller
            || !Reading.Any(verb => method.Contains($"/{verb}", StringComparison.Ordinal)))
        {
            return;
        }

        var subject = subjects.First();
        using var db = core.Store.Read();
        if (db.Set<PatronRow>().SingleOrDefault(row => row.PatronId == subject) is { } patron)
        {
            Restriction.Require(caller, patron);
        }
    }
}
