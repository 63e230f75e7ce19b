using Grpc.Core;

namespace KioskLink.Register.Identity;

/// <summary>The verified caller of a call.</summary>
internal static class CallerContext
{
    /// <summary>Where the interceptor leaves the caller.</summary>
    public static readonly object Key = typeof(CallerIdentity);

    /// <summary>Who calls.</summary>
    /// <exception cref="InvalidOperationException">The call passed no identity check, which is a defect of the register.</exception>
    public static CallerIdentity Caller(this ServerCallContext context) =>
        context.UserState.TryGetValue(Key, out var caller)
            ? (CallerIdentity)caller
            : throw new InvalidOperationException($"{context.Method} was reached without an identity check.");
}
