using System.Diagnostics.CodeAnalysis;

namespace KioskLink.Sip2.Client;

/// <summary>An answer, or why there is none.</summary>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="Answer">The answer; null where there is none.</param>
/// <param name="Failure">Why there is none.</param>
public readonly record struct ClientResult<T>(T? Answer, ClientFailure Failure)
    where T : Response
{
    /// <summary>There is an answer. Whether it says yes is another question.</summary>
    [MemberNotNullWhen(true, nameof(Answer))]
    public bool IsAnswered => Answer is not null;
}
