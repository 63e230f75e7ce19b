using System.Net.Security;
using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Connecting;

/// <summary>The register's services, called over TLS: as an administrator by certificate, or as a person by session.</summary>
internal sealed class RegisterConnection : IDisposable
{
    /// <summary>How long a call may take; a door's answer and a slow disk fit well within.</summary>
    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    private readonly GrpcChannel _channel;
    private readonly TimeProvider _clock;
    private readonly string? _token;

    private RegisterConnection(GrpcChannel channel, TimeProvider clock, string? token)
    {
        _channel = channel;
        _clock = clock;
        _token = token;
    }

    public AccessService.AccessServiceClient Access => new(_channel);

    public AlarmService.AlarmServiceClient Alarms => new(_channel);

    public ApplicationService.ApplicationServiceClient Applications => new(_channel);

    public AuditService.AuditServiceClient Audit => new(_channel);

    public BanService.BanServiceClient Bans => new(_channel);

    public BranchService.BranchServiceClient Branches => new(_channel);

    public CameraRegisterService.CameraRegisterServiceClient Camera => new(_channel);

    public LoanService.LoanServiceClient Loans => new(_channel);

    public ConsentService.ConsentServiceClient Consents => new(_channel);

    public DisclosureService.DisclosureServiceClient Disclosures => new(_channel);

    public NodeService.NodeServiceClient Nodes => new(_channel);

    public PrivacyNoticeService.PrivacyNoticeServiceClient Notices => new(_channel);

    public OutageService.OutageServiceClient Outages => new(_channel);

    public PatronNoticeService.PatronNoticeServiceClient PatronNotices => new(_channel);

    public PatronService.PatronServiceClient Patrons => new(_channel);

    public RetentionService.RetentionServiceClient Retention => new(_channel);

    public DataSubjectService.DataSubjectServiceClient Rights => new(_channel);

    public JobService.JobServiceClient Jobs => new(_channel);

    public StaffService.StaffServiceClient Staff => new(_channel);

    public PatronNoteService.PatronNoteServiceClient PatronNotes => new(_channel);

    /// <summary>Reads the identity; the first call makes the connection.</summary>
    public static RegisterConnection Open(RegisterTarget target, TimeProvider clock) =>
        new(Channel(target, AdministratorIdentity.Read(target.Identity)), clock, null);

    /// <summary>Connects without a certificate: as the person of a session, or as nobody who is about to sign in.</summary>
    public static RegisterConnection OpenAsPerson(RegisterTarget target, TimeProvider clock, string? token) =>
        new(Channel(target, AdministratorIdentity.ReadAuthority(target.Identity)), clock, token);

    /// <summary>A call that ends by itself when it takes too long.</summary>
    public CallOptions Bounded(CancellationToken stop) => Bounded(CallPatience, stop);

    /// <summary>A call that may take so long.</summary>
    public CallOptions Bounded(TimeSpan patience, CancellationToken stop) => new(Proof(), _clock.GetUtcNow().UtcDateTime + patience, stop);

    /// <summary>A call that may take as long as its work needs.</summary>
    public CallOptions Unbounded(CancellationToken stop) => new(Proof(), null, stop);

    /// <summary>Everything of a paged list.</summary>
    /// <param name="page">Fetches a page by its token and returns its items and the next token.</param>
    public static async Task<IReadOnlyList<T>> All<T>(Func<string, Task<(IEnumerable<T> Items, string Next)>> page)
    {
        var all = new List<T>();
        var token = "";
        do
        {
            var (items, next) = await page(token);
            all.AddRange(items);
            token = next;
        }
        while (token.Length > 0);
        return all;
    }

    public void Dispose() => _channel.Dispose();

    private Metadata? Proof() => _token is null ? null : new Metadata { { "authorization", $"Bearer {_token}" } };

    private static GrpcChannel Channel(RegisterTarget target, SslClientAuthenticationOptions tls)
    {
        var handler = new SocketsHttpHandler { SslOptions = tls, ConnectTimeout = ConnectPatience, UseProxy = false };
        return GrpcChannel.ForAddress(target.Address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }
}
