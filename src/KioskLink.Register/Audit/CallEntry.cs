using System.Text.RegularExpressions;
using Grpc.Core;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;

namespace KioskLink.Register.Audit;

/// <summary>Makes the entry of a call from what the interceptors and its service know.</summary>
internal static partial class CallEntry
{
    /// <summary>The metadata in which a caller names its device, such as a service desk.</summary>
    public const string DeviceMetadata = "kiosklink-device";

    /// <summary>The entry of a call that ended.</summary>
    /// <param name="context">The call.</param>
    /// <param name="failure">Why it failed; null when it went well.</param>
    public static AuditEntry Of(ServerCallContext context, Exception? failure)
    {
        var caller = context.UserState.TryGetValue(CallerContext.Key, out var known) ? (CallerIdentity)known : null;
        var audit = context.Audit();
        var (result, reason) = failure is null && audit.Refusal.Length > 0 ? (WireName(StatusCode.PermissionDenied), audit.Refusal) : Outcome(failure);
        return new AuditEntry
        {
            Actor = audit.Actor?.Name ?? caller?.Name ?? "",
            Role = (audit.Actor?.Role ?? caller?.Role) is { } role ? RoleNames.Of(role) : "",
            Action = ActionOf(context.Method),
            Purpose = audit.Purpose,
            Subjects = audit.Subjects,
            Fields = audit.Class,
            Device = caller?.BranchId is { } branch ? $"{branch}/{caller.Name}" : audit.Device ?? DeviceOf(context),
            Result = result,
            Reason = reason,
        };
    }

    /// <summary>A code as the wire writes it.</summary>
    public static string WireName(Enum code) => WordStart().Replace(code.ToString(), "_").ToUpperInvariant();

    /// <summary>A call's path without its package.</summary>
    public static string ActionOf(string method) => method[(method.LastIndexOf('.', method.LastIndexOf('/')) + 1)..];

    /// <summary>The result of a failure, as the wire writes it.</summary>
    public static string ResultOf(Exception failure) => Outcome(failure).Result;

    private static (string Result, string Reason) Outcome(Exception? failure) => failure switch
    {
        null => (AuditEntry.Ok, ""),
        RpcException refusal => (WireName(refusal.StatusCode), ReasonOf(refusal)),
        OperationCanceledException => (WireName(StatusCode.Cancelled), ""),
        _ => (WireName(StatusCode.Internal), ""),
    };

    // A field's name is of the contract; what stood in it is never repeated.
    private static string ReasonOf(RpcException refusal)
    {
        var reason = refusal.Trailers.GetValue(Refused.ReasonTrailer) ?? "";
        var field = FieldName().Match(refusal.Status.Detail).Groups[1].Value;
        return refusal.StatusCode == StatusCode.InvalidArgument && field.Length > 0 ? $"{reason} {field}" : reason;
    }

    /// <summary>The device of a call: as it names itself, or else the address that called.</summary>
    public static string DeviceOf(ServerCallContext context)
    {
        var said = context.RequestHeaders.GetValue(DeviceMetadata) ?? "";
        return DeviceName().IsMatch(said) ? said : HostOf(context.Peer);
    }

    /// <summary>A device's name of a request.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT.</exception>
    public static string CheckedDevice(string device) => DeviceName().IsMatch(device)
        ? device
        : throw Field.Wrong("device", "must be at most 64 letters, digits, '.', '-' or '_'");

    private static string HostOf(string peer) => peer.LastIndexOf(':') is > 0 and var port && port < peer.Length - 1 ? peer[..port] : peer;

    [GeneratedRegex("^[A-Z_]+: `([a-z0-9_.]{1,64})` ")]
    private static partial Regex FieldName();

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex DeviceName();

    [GeneratedRegex("(?<!^)(?=[A-Z])")]
    private static partial Regex WordStart();
}
