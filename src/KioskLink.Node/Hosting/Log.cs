namespace KioskLink.Node.Hosting;

/// <summary>Every line the node logs. Error: somebody must look. Warning: it goes on, but worse. Information: what an operator wants to read later.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The register at {Register} cannot be reached to enrol: {Reason}. It is tried again.")]
    internal static partial void EnrolmentDelayed(this ILogger log, string register, string reason);

    [LoggerMessage(2, LogLevel.Information, "Enrolled as {Node} of {Branch}")]
    internal static partial void Enrolled(this ILogger log, string node, string branch);

    [LoggerMessage(3, LogLevel.Information, "The certificate is renewed until {End:u}")]
    internal static partial void CertificateRenewed(this ILogger log, DateTime end);

    [LoggerMessage(4, LogLevel.Information, "The event stream ended: {Reason}")]
    internal static partial void EventStreamEnded(this ILogger log, string reason);

    [LoggerMessage(5, LogLevel.Information, "The stream of commands ended: {Reason}")]
    internal static partial void CommandStreamEnded(this ILogger log, string reason);

    [LoggerMessage(6, LogLevel.Information, "The stream to the register ended: {Reason}")]
    internal static partial void SyncStreamEnded(this ILogger log, string reason);

    [LoggerMessage(7, LogLevel.Error, "Alarm: {Alarm}")]
    internal static partial void AlarmRaised(this ILogger log, string alarm);

    [LoggerMessage(8, LogLevel.Information, "Machine {Login} has logged in from {Source} ({Swallowed} times more since the last line)")]
    internal static partial void MachineLoggedIn(this ILogger log, string login, string source, int swallowed);

    [LoggerMessage(9, LogLevel.Warning, "Machine {Login} was told that {Message} is not possible now: {Reason} ({Swallowed} times more since the last line)")]
    internal static partial void MachineUnanswered(this ILogger log, string login, string message, string reason, int swallowed);

    [LoggerMessage(10, LogLevel.Warning, "SIP2 {Event}: {Login} from {Source} ({Swallowed} times more since the last line)")]
    internal static partial void MachineReported(this ILogger log, string login, string source, string @event, int swallowed);
}
