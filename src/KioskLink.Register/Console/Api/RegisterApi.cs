using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Console.Api;

/// <summary>The register's services as pages call them.</summary>
internal sealed class RegisterApi(CallInvoker calls)
{
    /// <summary>Entry attempts and explanations.</summary>
    public AccessService.AccessServiceClient Access => new(calls);

    /// <summary>Applications for cards.</summary>
    public ApplicationService.ApplicationServiceClient Applications => new(calls);

    /// <summary>The audit log.</summary>
    public AuditService.AuditServiceClient Audit => new(calls);

    /// <summary>Bans.</summary>
    public BanService.BanServiceClient Bans => new(calls);

    /// <summary>Branches and doors.</summary>
    public BranchService.BranchServiceClient Branches => new(calls);

    /// <summary>What somebody must look at.</summary>
    public AlarmService.AlarmServiceClient Alarms => new(calls);

    /// <summary>The camera register.</summary>
    public CameraRegisterService.CameraRegisterServiceClient Cameras => new(calls);

    /// <summary>Cards.</summary>
    public CardService.CardServiceClient Cards => new(calls);

    /// <summary>The ledger of consents.</summary>
    public ConsentService.ConsentServiceClient Consents => new(calls);

    /// <summary>What is done by the clock.</summary>
    public JobService.JobServiceClient Jobs => new(calls);

    /// <summary>Messages and notes.</summary>
    public PatronNoteService.PatronNoteServiceClient Notes => new(calls);

    /// <summary>Notices that are sent to patrons.</summary>
    public PatronNoticeService.PatronNoticeServiceClient Notices => new(calls);

    /// <summary>Privacy notices.</summary>
    public PrivacyNoticeService.PrivacyNoticeServiceClient Privacy => new(calls);

    /// <summary>Opening hours.</summary>
    public OpeningHoursService.OpeningHoursServiceClient Hours => new(calls);

    /// <summary>Nodes.</summary>
    public NodeService.NodeServiceClient Nodes => new(calls);

    /// <summary>Disclosures.</summary>
    public DisclosureService.DisclosureServiceClient Disclosures => new(calls);

    /// <summary>Loans, holds and fees.</summary>
    public LoanService.LoanServiceClient Loans => new(calls);

    /// <summary>Outages.</summary>
    public OutageService.OutageServiceClient Outages => new(calls);

    /// <summary>A patron's own data.</summary>
    public OwnDataService.OwnDataServiceClient Own => new(calls);

    /// <summary>Patrons.</summary>
    public PatronService.PatronServiceClient Patrons => new(calls);

    /// <summary>Retention rules and their runs.</summary>
    public RetentionService.RetentionServiceClient Retention => new(calls);

    /// <summary>Requests of data subjects.</summary>
    public DataSubjectService.DataSubjectServiceClient Subjects => new(calls);

    /// <summary>Staff accounts and sessions.</summary>
    public StaffService.StaffServiceClient Staff => new(calls);

    /// <summary>Permissions and badges.</summary>
    public PermissionService.PermissionServiceClient Permissions => new(calls);
}
