using Grpc.Core;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Staff;

/// <summary>A session that lives.</summary>
/// <param name="Key">Hash of its token, hexadecimal.</param>
/// <param name="AccountId">The account.</param>
/// <param name="UserName">The account's name.</param>
/// <param name="Roles">The account's roles.</param>
/// <param name="Device">Where it was begun.</param>
/// <param name="BeginsAt">When it was begun, UTC milliseconds.</param>
/// <param name="EndsAt">When it ends at the latest, UTC milliseconds.</param>
internal sealed record StaffSession(string Key, long AccountId, string UserName, RoleSet Roles, string Device, long BeginsAt, long EndsAt)
{
    private long _seenAt = BeginsAt;

    /// <summary>When it was used last, UTC milliseconds.</summary>
    public long SeenAt
    {
        get => Interlocked.Read(ref _seenAt);
        set => Interlocked.Exchange(ref _seenAt, value);
    }

    /// <summary>When its last use was written down.</summary>
    public long WrittenAt { get; set; } = BeginsAt;

    /// <summary>Whether its person has given the undertaking of secrecy; machines give none.</summary>
    public bool HasUndertaken { get; init; }

    /// <summary>Whether it is a robot's or an e-service's.</summary>
    public bool IsMachine => (Roles & RoleSet.Machines) != RoleSet.None;

    /// <summary>How long it lives without being used.</summary>
    public TimeSpan Idle => IsMachine ? StaffLimits.IdleOfRobots : StaffLimits.IdleOfPersons;

    /// <summary>Whether it lives at a time.</summary>
    public bool LivesAt(long now) => now < EndsAt && now - SeenAt < Idle.TotalMilliseconds;

    /// <summary>
    /// Who calls by it: in the role that may make the call, if one of its roles may; as data-protection officer where that is one of
    /// several, since only officers read restricted persons (R76).
    /// </summary>
    public CallerIdentity CallerOf(CallRule? rule, string consortium)
    {
        var able = rule is null ? RoleSet.None : rule.Roles & Roles;
        var role = able.Has(CallerRole.DataProtectionOfficer) ? CallerRole.DataProtectionOfficer : (able == RoleSet.None ? Roles : able).Roles().First();
        return new CallerIdentity(role, consortium, UserName, null);
    }

    /// <summary>Without what must not be printed.</summary>
    public override string ToString() => $"session of {UserName}";
}

/// <summary>The session of a call.</summary>
internal static class StaffSessionContext
{
    /// <summary>The session by which the call is made.</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION for a call with a certificate instead.</exception>
    public static StaffSession Session(this ServerCallContext context) =>
        context.UserState.TryGetValue(typeof(StaffSession), out var session)
            ? (StaffSession)session
            : throw Refused.With(StatusCode.FailedPrecondition, "NO_SESSION", "This call is for a signed-in session; a certificate has none.");

    /// <summary>The device at which a person calls: the one of the sign-in, or what a call with a certificate says of itself.</summary>
    public static string DeviceOfStaff(this ServerCallContext context) =>
        context.UserState.TryGetValue(typeof(StaffSession), out var session) ? ((StaffSession)session).Device : CallEntry.DeviceOf(context);
}
