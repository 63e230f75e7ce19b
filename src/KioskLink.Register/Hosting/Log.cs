namespace KioskLink.Register.Hosting;

/// <summary>Every line the register logs. Error: somebody must look. Warning: it goes on, but worse. Information: what an operator wants to read later.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Refused {Method} from {Peer}: {Reason} ({Subject})")]
    internal static partial void CallRefused(this ILogger log, string method, string peer, string reason, string? subject);

    [LoggerMessage(2, LogLevel.Error, "A guess could not be given back; it counts as wrong until the next right PIN")]
    internal static partial void GuessNotGivenBack(this ILogger log, Exception? problem);

    [LoggerMessage(3, LogLevel.Warning, "{Count} decisions were made faster than the disk takes them and have no row until their nodes deliver them")]
    internal static partial void DecisionsDropped(this ILogger log, long count);

    [LoggerMessage(4, LogLevel.Error, "{Count} decisions could not be written: {Kept} are tried again, the nodes' journals bring the others back")]
    internal static partial void DecisionsNotWritten(this ILogger log, int count, int kept, Exception problem);

    [LoggerMessage(5, LogLevel.Error, "{Method} was not done: {Status}")]
    internal static partial void CallNotDone(this ILogger log, string method, string status, Exception problem);

    [LoggerMessage(6, LogLevel.Error, "{Method} was ended: {Status}")]
    internal static partial void StreamEnded(this ILogger log, string method, string status, Exception problem);

    [LoggerMessage(7, LogLevel.Error, "The change log cannot be read, so no watermark is sent: {Problem}")]
    internal static partial void WatermarkWithheld(this ILogger log, string problem);

    [LoggerMessage(8, LogLevel.Error, "Old visits were not swept, the next run catches up: {Problem}")]
    internal static partial void VisitsNotSwept(this ILogger log, string problem);

    [LoggerMessage(9, LogLevel.Information, "{Count} changes older than {Days} days were forgotten")]
    internal static partial void ChangesForgotten(this ILogger log, int count, double days);

    [LoggerMessage(10, LogLevel.Error, "Alarm of node {Node}: {Alarm}")]
    internal static partial void NodeAlarm(this ILogger log, string node, string alarm);

    [LoggerMessage(100, LogLevel.Error, "{Count} rows of the audit log could not be written: {Kept} are kept and tried again, the calls of the others have failed")]
    internal static partial void AuditNotWritten(this ILogger log, int count, int kept, Exception problem);

    [LoggerMessage(108, LogLevel.Warning, "Notices of outages would name {Count} contacts that are examples and reach nobody: put the libraries' own into `outages.contacts` of the profile")]
    internal static partial void ContactsAreExamples(this ILogger log, int count);

    [LoggerMessage(106, LogLevel.Critical, "{Count} rows of the audit log were never written: the store failed until the register's end")]
    internal static partial void AuditLost(this ILogger log, int count);

    [LoggerMessage(101, LogLevel.Error, "The failure of {Method} could not be noted in the audit log yet")]
    internal static partial void FailureNotNoted(this ILogger log, string method, Exception problem);

    [LoggerMessage(102, LogLevel.Information, "The audit chain ends at row {Sequence} with {Hash}")]
    internal static partial void AuditHead(this ILogger log, long sequence, string hash);

    [LoggerMessage(103, LogLevel.Error, "The end of the audit chain could not be written to {File}")]
    internal static partial void AuditHeadNotKept(this ILogger log, string file, Exception problem);

    [LoggerMessage(600, LogLevel.Error, "Alarm of the camera register, {Kind} {Subject}: {Alarm}")]
    internal static partial void CameraAlarm(this ILogger log, string kind, string subject, string alarm);

    [LoggerMessage(60, LogLevel.Error, "The job {Job} failed with {Kind} and is tried again")]
    internal static partial void JobFailed(this ILogger log, string job, string kind);

    [LoggerMessage(61, LogLevel.Warning, "The lease of the jobs was not given up and ends by itself: {Problem}")]
    internal static partial void JobLeaseKept(this ILogger log, string problem);

    [LoggerMessage(62, LogLevel.Error, "Jobs could not be run, the next look catches up: {Problem}")]
    internal static partial void JobsNotRun(this ILogger log, string problem);

    [LoggerMessage(63, LogLevel.Information, "Retention rule {Rule}: {Count} {What} removed")]
    internal static partial void RetentionRun(this ILogger log, string rule, long count, string what);

    [LoggerMessage(64, LogLevel.Error, "{Count} requests of data subjects are overdue: list them with `kiosklink request list --overdue`")]
    internal static partial void RequestsOverdue(this ILogger log, int count);

    [LoggerMessage(65, LogLevel.Error, "Files with data of erased persons could not be rewritten, the next sweep tries again: {Problem}")]
    internal static partial void FilesNotErased(this ILogger log, string problem);

    [LoggerMessage(66, LogLevel.Warning, "The database was restored from an older copy: {Count} persons who had been erased since were erased again")]
    internal static partial void ErasedAgain(this ILogger log, int count);

    [LoggerMessage(67, LogLevel.Error, "Bans are not proven to be enforced at {Branch}: {Problem}")]
    internal static partial void BanNotEnforced(this ILogger log, string branch, string problem);

    [LoggerMessage(70, LogLevel.Error, "Alarms could not be written, the next look tries again: {Problem}")]
    internal static partial void AlarmNotWritten(this ILogger log, string problem);

    [LoggerMessage(71, LogLevel.Error, "More alarms came than the disk takes, and one is not listed")]
    internal static partial void AlarmNotTaken(this ILogger log);

    [LoggerMessage(72, LogLevel.Error, "A message about an alarm was given up by the route {Route}: {Problem}")]
    internal static partial void AlarmGivenUp(this ILogger log, string route, string problem);

    [LoggerMessage(73, LogLevel.Warning, "The route {Route} of alarms names the branch {Branch}, which is not there")]
    internal static partial void AlarmRouteWithoutBranch(this ILogger log, string route, string branch);

    [LoggerMessage(109, LogLevel.Warning, "Somebody guesses at account {Account}: after {Count} wrong passwords from many places only its known devices may sign in for a while")]
    internal static partial void AccountShut(this ILogger log, long account, int count);

    [LoggerMessage(105, LogLevel.Warning, "Refused {Count} more calls of callers that nobody knows within a minute")]
    internal static partial void CallsRefused(this ILogger log, long count);

    [LoggerMessage(104, LogLevel.Warning, "A session's last use could not be written; after a restart it may end early")]
    internal static partial void SessionUseNotWritten(this ILogger log, Exception problem);

    [LoggerMessage(700, LogLevel.Information, "Machine {Login} has logged in from {Source} ({Swallowed} times more since the last line)")]
    internal static partial void MachineLoggedIn(this ILogger log, string login, string source, int swallowed);

    [LoggerMessage(701, LogLevel.Warning, "Machine {Login} was told that {Message} is not possible now: {Reason} ({Swallowed} times more since the last line)")]
    internal static partial void MachineUnanswered(this ILogger log, string login, string message, string reason, int swallowed);

    [LoggerMessage(702, LogLevel.Warning, "SIP2 {Event}: {Login} from {Source} ({Swallowed} times more since the last line)")]
    internal static partial void MachineReported(this ILogger log, string login, string source, string @event, int swallowed);
}
