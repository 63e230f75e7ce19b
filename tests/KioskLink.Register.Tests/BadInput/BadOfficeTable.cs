using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Tests.Running;
using static KioskLink.Register.Tests.BadInput.BadCall;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.BadInput;

/// <summary>Impossible values for the calls of offices: applications, disclosures, rights, retention, cameras, staff, audit.</summary>
internal static class BadOfficeTable
{
    private const string Elsewhere = BadCallTable.Elsewhere;
    private const string NoDate = BadCallTable.NoDate;

    private static readonly Timestamp Early = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch);
    private static readonly Timestamp Late = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(100));

    /// <summary>The rows of these rooms.</summary>
    public static IEnumerable<BadCall> Rows() => [.. Applications(), .. Disclosures(), .. Rights(), .. Retention(), .. Cameras(), .. Staff(), .. Own(), .. Alarms()];

    private static IEnumerable<BadCall> Applications() =>
    [
        Wrong("ApplicationService/SubmitApplication", new SubmitApplicationRequest(), "applicant"),
        Wrong("ApplicationService/SubmitApplication", Application(applicant => applicant.IdentityCode = BadCallTable.NoCode), "applicant.identity_code"),
        Wrong("ApplicationService/SubmitApplication", Application(applicant => applicant.DateOfBirth = NoDate), "applicant.date_of_birth"),
        Wrong("ApplicationService/ListApplications", new ListApplicationsRequest { State = (ApplicationState)77 }, "state"),
        Missing("ApplicationService/GetApplication", new GetApplicationRequest { Id = "nothing" }, "application"),
        Wrong("ApplicationService/ProcessApplications", new ProcessApplicationsRequest { Limit = -1 }, "limit"),
        Missing("ApplicationService/DecideApplication", new DecideApplicationRequest { Id = "nothing", NewPatron = true, Reason = "seen" }, "application"),
        Wrong("ApplicationService/RejectApplication", new RejectApplicationRequest { Id = "nothing" }, "reason"),
    ];

    private static IEnumerable<BadCall> Disclosures() =>
    [
        Wrong("DisclosureService/ExportInvoices", new ExportInvoicesRequest { Kind = DisclosureKind.Collection }, "kind"),
        new("DisclosureService/ImportAddressAnswer", new ImportAddressAnswerRequest { Chunk = ByteString.CopyFromUtf8("no header") }, StatusCode.FailedPrecondition, "vtj"),
        Wrong("DisclosureService/GetStatistics", new GetStatisticsRequest { From = NoDate, To = "2026-01-01" }, "from"),
        Wrong("DisclosureService/GetStatistics", new GetStatisticsRequest { From = "2026-02-01", To = "2026-01-01" }, "to"),
        Wrong("DisclosureService/GetStatistics", new GetStatisticsRequest { From = "2026-01-01", To = "2026-01-30" }, "to"),
        Wrong("DisclosureService/DiscloseStatistics", new DiscloseStatisticsRequest { From = "2026-01-01", To = "2026-01-31", Reason = "x" }, "recipient"),
        Wrong("DisclosureService/DiscloseStatistics", new DiscloseStatisticsRequest { From = "2026-01-02", To = "2026-01-31", Recipient = "Museum", Reason = "x" }, "from"),
        Wrong("DisclosureService/DisclosePatron", new DisclosePatronRequest { CustomerId = "c1", Recipient = "Museum", Reason = "x", Fields = { "pin" } }, "fields"),
        Missing("DisclosureService/SetDisclosurePermission", new SetDisclosurePermissionRequest { CustomerId = Elsewhere, Recipient = "Museum", Channel = "desk", Permitted = true }, "patron"),
        Wrong("DisclosureService/ListRestrictedClaims", new ListRestrictedClaimsRequest { PageSize = -1 }, "page_size", BadCaller.Officer),
        Wrong("DisclosureService/DecideRestrictedClaim", new DecideRestrictedClaimRequest { CustomerId = "c1", GoesOn = true }, "reason", BadCaller.Officer),
        Wrong("DisclosureService/ListDisclosures", new ListDisclosuresRequest { Kind = (DisclosureKind)77 }, "kind"),
        Missing("DisclosureService/ListDisclosuresOf", new ListDisclosuresOfRequest { CustomerId = Elsewhere }, "patron"),
    ];

    private static IEnumerable<BadCall> Rights() =>
    [
        Wrong("DataSubjectService/OpenRequest", new OpenRequestRequest { Kind = (RequestKind)77, Channel = "desk" }, "kind"),
        Wrong("DataSubjectService/OpenRequest", new OpenRequestRequest { Kind = RequestKind.Inspect, Channel = "desk", ReceivedOn = "2999-01-01" }, "received_on"),
        Missing("DataSubjectService/OpenRequest", new OpenRequestRequest { Kind = RequestKind.Inspect, Channel = "desk", CustomerId = Elsewhere }, "patron"),
        Wrong("DataSubjectService/ProveIdentity", new ProveIdentityRequest { RequestId = 1, IdentifiedBy = "looks" }, "identified_by"),
        Wrong("DataSubjectService/ExtendRequest", new ExtendRequestRequest { RequestId = 1, Months = 7, Reason = "x" }, "months"),
        Missing("DataSubjectService/GetRequest", new GetRequestRequest { RequestId = 99 }, "request"),
        Wrong("DataSubjectService/ListRequests", new ListRequestsRequest { PageToken = "?" }, "page_token"),
        Missing("DataSubjectService/ExportSubject", new ExportSubjectRequest { RequestId = 99 }, "request"),
        Wrong("DataSubjectService/RectifySubject", new RectifySubjectRequest { CustomerId = "c1", Changes = { new FieldChange { Field = "date_of_birth", NewValue = NoDate } } }, "date_of_birth"),
        Wrong("DataSubjectService/RectifySubject", new RectifySubjectRequest { CustomerId = "c1", Changes = { new FieldChange { Field = "pin", NewValue = "1" } } }, "changes.field"),
        Wrong("DataSubjectService/EraseSubject", new EraseSubjectRequest { RequestId = 99 }, "reason"),
        Missing("DataSubjectService/GetErasure", new GetErasureRequest { ErasureId = 99 }, "erasure"),
        Missing("DataSubjectService/RestrictSubject", new RestrictSubjectRequest { RequestId = 99 }, "request"),
        Wrong("DataSubjectService/RefuseRequest", new RefuseRequestRequest { RequestId = 99 }, "reason"),
        Missing("DataSubjectService/GetCertificate", new GetCertificateRequest { RequestId = 99 }, "request"),
        Wrong("DataSubjectService/SetLegalHold", new SetLegalHoldRequest { CustomerId = "c1" }, "reference"),
        Wrong("DataSubjectService/ListErasureNotices", new ListErasureNoticesRequest { Recipient = "payroll" }, "recipient"),
        Missing("DataSubjectService/ConfirmErasureNotice", new ConfirmErasureNoticeRequest { NoticeId = 99 }, "notice"),
    ];

    private static IEnumerable<BadCall> Alarms() =>
    [
        Wrong("AlarmService/ListAlarms", new ListAlarmsRequest { States = { (AlarmState)77 } }, "states"),
        Wrong("AlarmService/ListAlarms", new ListAlarmsRequest { MinSeverity = (Wire.AlarmSeverity)77 }, "min_severity"),
        Wrong("AlarmService/ListAlarms", new ListAlarmsRequest { PageToken = "?" }, "page_token"),
        Wrong("AlarmService/AcknowledgeAlarm", new AcknowledgeAlarmRequest { AlarmId = "a", Note = new string('x', 600) }, "note"),
        Missing("AlarmService/AcknowledgeAlarm", new AcknowledgeAlarmRequest { AlarmId = "nothing" }, "alarm"),
        Missing("AlarmService/SendTestAlarm", new SendTestAlarmRequest { RouteId = "nothing" }, "route"),
    ];

    private static IEnumerable<BadCall> Retention() =>
    [
        Wrong("RetentionService/ListRules", new ListRulesRequest { Rule = "everything" }, "rule"),
        Wrong("RetentionService/DryRun", new DryRunRequest { Rule = "everything" }, "rule"),
        Wrong("RetentionService/ApproveRun", new ApproveRunRequest { RunId = 99 }, "reason"),
        Missing("RetentionService/RunRetention", new RunRetentionRequest { RunId = 99 }, "plan"),
        Wrong("RetentionService/ListRuns", new ListRunsRequest { PageSize = -1 }, "page_size"),
        Wrong("JobService/ListJobs", new ListJobsRequest { Name = new string('x', 100) }, "name"),
        Missing("JobService/RunJob", new RunJobRequest { Name = "nothing" }, "job"),
        Wrong("PrivacyNoticeService/GetPrivacyNotice", new GetPrivacyNoticeRequest { Register = DataRegister.Customer, At = NoDate }, "at"),
        Wrong("PrivacyNoticeService/ListPrivacyNoticeVersions", new ListPrivacyNoticeVersionsRequest { Register = (DataRegister)77 }, "register"),
        Wrong("PrivacyNoticeService/GetRecordOfProcessing", new GetRecordOfProcessingRequest { Language = (Protos.Types.V1.Language)77 }, "language"),
        Wrong("AuditService/ListEvents", new ListEventsRequest { FromTime = Late, UntilTime = Early }, "until_time"),
        Missing("AuditService/ListEvents", new ListEventsRequest { CustomerId = Elsewhere }, "patron"),
    ];

    private static IEnumerable<BadCall> Cameras() =>
    [
        Wrong("CameraRegisterService/GrantCameraViewing", new GrantCameraViewingRequest(), "grant"),
        Missing("CameraRegisterService/RevokeCameraGrant", new RevokeCameraGrantRequest { GrantId = "nothing", Reason = "over" }, "viewing right"),
        Wrong("CameraRegisterService/ListCameraGrants", new ListCameraGrantsRequest { PageSize = -1 }, "page_size"),
        Wrong("CameraRegisterService/StartCameraSession", new StartCameraSessionRequest { BranchId = Library.Branch, Camera = "c", ReasonCode = "curiosity", ReasonText = "x" }, "reason_code", BadCaller.Viewer),
        Wrong("CameraRegisterService/ListCameraDeciders", new ListCameraDecidersRequest { PageSize = -1 }, "page_size", BadCaller.Viewer),
        Wrong("CameraRegisterService/CompleteCameraSession", new CompleteCameraSessionRequest { SessionId = "s" }, "record", BadCaller.Viewer),
        Wrong("CameraRegisterService/ListCameraSessions", new ListCameraSessionsRequest { PageToken = "?" }, "page_token"),
        Wrong("CameraRegisterService/LinkCameraEvent", new LinkCameraEventRequest { AttemptId = "a", NodeId = "n" }, "session_id", BadCaller.Viewer),
        Wrong("CameraRegisterService/ListCameraReferences", new ListCameraReferencesRequest { PageSize = -1 }, "page_size"),
        Wrong("CameraRegisterService/TakeCameraCopy", new TakeCameraCopyRequest { Description = "d" }, "session_id", BadCaller.Viewer),
        Wrong("CameraRegisterService/DeliverCameraCopy", new DeliverCameraCopyRequest { CopyId = "c", Recipient = "newspaper", RecipientRef = "x" }, "recipient"),
        Wrong("CameraRegisterService/DestroyCameraCopy", new DestroyCameraCopyRequest { CopyId = "c" }, "method"),
        Wrong("CameraRegisterService/ListCameraCopies", new ListCameraCopiesRequest { PageSize = -1 }, "page_size"),
        Wrong("CameraRegisterService/ListCameraAlarms", new ListCameraAlarmsRequest { PageToken = "?" }, "page_token"),
        Wrong("CameraRegisterService/ReconcileCameraViews", new ReconcileCameraViewsRequest { FromTime = Late, ToTime = Early, LogCsv = "x" }, "to_time"),
        Wrong("CameraRegisterService/ExportCameraSessions", new ExportCameraSessionsRequest { FromTime = Late, ToTime = Early }, "to_time"),
    ];

    private static IEnumerable<BadCall> Staff() =>
    [
        Wrong("StaffService/CreateAccount", new CreateAccountRequest { UserName = "Not A Name!", PersonName = "x", Roles = { StaffRole.Librarian } }, "user_name"),
        Wrong("StaffService/CreateAccount", new CreateAccountRequest { UserName = "uusi", PersonName = "x", Roles = { (StaffRole)77 } }, "roles"),
        new("StaffService/SetUpAccount", new SetUpAccountRequest { UserName = "viewer", SetUpSecret = "x" }, StatusCode.Unauthenticated, "secret", BadCaller.Nobody),
        Wrong("StaffService/SignIn", new SignInRequest(), "user_name", BadCaller.Nobody),
        Wrong("StaffService/SignInRobot", new SignInRobotRequest(), "user_name", BadCaller.Nobody),
        Wrong("StaffService/AcceptUndertaking", new AcceptUndertakingRequest { Version = "another" }, "version", BadCaller.Viewer),
        Wrong("StaffService/ListAccounts", new ListAccountsRequest { PageSize = -1 }, "page_size"),
        Wrong("StaffService/ListAccounts", new ListAccountsRequest { PageToken = "aino" }, "page_token"),
        Wrong("StaffService/ChangeRoles", new ChangeRolesRequest { UserName = "viewer", Roles = { (StaffRole)77 } }, "roles"),
        Wrong("StaffService/LockAccount", new LockAccountRequest { UserName = "viewer" }, "reason"),
        Missing("StaffService/UnlockAccount", new UnlockAccountRequest { UserName = "nobody" }, "account"),
        Missing("StaffService/ResetSecondFactor", new ResetSecondFactorRequest { UserName = "nobody" }, "account"),
        Wrong("StaffService/RenewAdministrator", new RenewAdministratorRequest(), "certificate_request"),
        Wrong("StaffService/RevokeAdministrator", new RevokeAdministratorRequest { SerialNumber = "not one", Reason = "lost" }, "serial_number"),
        Wrong("StaffService/VerifyStaff", new VerifyStaffRequest(), "user_name", BadCaller.Node),
        Wrong("StaffService/CheckStaff", new CheckStaffRequest { Marks = { new StaffMark { AccountRef = "no number" } } }, "marks.account_ref", BadCaller.Node),
    ];

    private static IEnumerable<BadCall> Own() =>
    [
        Wrong("OwnDataService/BeginMySession", new BeginMySessionRequest { CardNumber = Library.Card(1) }, "attempt_id", BadCaller.Nobody),
    ];

    private static SubmitApplicationRequest Application(Action<Applicant> change)
    {
        var applicant = new Applicant { Surname = "Testi", FirstNames = "Aino", DateOfBirth = "1990-01-01", Channel = "web" };
        change(applicant);
        return new SubmitApplicationRequest { Applicant = applicant };
    }
}
