using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Demo.Samples;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Setup;

/// <summary>Fills a fresh register as a library would: branch, patrons, badges, bans. Idempotent.</summary>
internal sealed class RegisterSetup(ChannelBase register, TextWriter output, TimeProvider time)
{
    /// <summary>The account in whose name the demo sets its register up.</summary>
    public const string Administrator = "demo-admin";

    private const int ChunkSize = 32 * 1024;
    private const string Reason = "demo sample";
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);
    private readonly BranchService.BranchServiceClient _branches = new(register);
    private readonly PatronService.PatronServiceClient _patrons = new(register);
    private readonly CardService.CardServiceClient _cards = new(register);
    private readonly BanService.BanServiceClient _bans = new(register);
    private readonly DataSubjectService.DataSubjectServiceClient _rights = new(register);
    private readonly PermissionService.PermissionServiceClient _permissions = new(register);

    /// <summary>Stores the branch and the samples.</summary>
    public async Task FillAsync()
    {
        await UndertakeAsync();
        await _branches.ApplyBranchAsync(new ApplyBranchRequest { Branch = DemoBranch.Describe() });
        await using (var samples = SamplePatron.OpenImportFile())
        {
            await ImportAsync(samples, "samples");
        }
        await AddBansAsync(time.GetUtcNow());
        await _cards.ReportCardLostAsync(new ReportCardLostRequest { CardNumber = "29909090000075" });
        await RestrictAsync("demo-rauha");
        await AddBadgeAsync("staff-1", "29909090000919", revoked: false);
        await AddBadgeAsync("staff-0", "29909090000927", revoked: true);
        await _cards.LockPinAsync(new LockPinRequest { CardNumber = "29909090000125", Reason = Reason });
    }

    /// <summary>Gives the undertaking of secrecy, without which no certificate reaches a patron.</summary>
    public async Task UndertakeAsync()
    {
        var staff = new StaffService.StaffServiceClient(register);
        var read = (await staff.GetUndertakingAsync(new GetUndertakingRequest())).Undertaking;
        await staff.AcceptUndertakingAsync(new AcceptUndertakingRequest { Version = read.Version });
    }

    /// <summary>Imports other patrons beside the samples; what is wrong with a row is printed and stops nothing else.</summary>
    public async Task ImportAsync(Stream csv, string name, CancellationToken cancellation = default)
    {
        using var call = _patrons.ImportPatrons(cancellationToken: cancellation);
        var reading = PrintAsync(call.ResponseStream, name);
        await call.RequestStream.WriteAsync(new ImportPatronsRequest { Start = new ImportStart { ImportId = name } }, cancellation);
        var buffer = new byte[ChunkSize];
        int read;
        while ((read = await csv.ReadAsync(buffer, cancellation)) > 0)
        {
            await call.RequestStream.WriteAsync(new ImportPatronsRequest { Chunk = ByteString.CopyFrom(buffer, 0, read) }, cancellation);
        }
        await call.RequestStream.CompleteAsync();
        await reading;
    }

    /// <summary>Makes an enrolment token for the branch's node.</summary>
    public async Task<string> CreateEnrolmentAsync() =>
        (await new NodeService.NodeServiceClient(register).CreateEnrollmentAsync(
            new CreateEnrollmentRequest { BranchId = DemoBranch.Id, NodeId = DemoBranch.Node })).Token;

    private async Task PrintAsync(IAsyncStreamReader<ImportPatronsResponse> events, string name)
    {
        var told = time.GetTimestamp();
        while (await events.MoveNext(CancellationToken.None))
        {
            if (events.Current.Progress is { } progress && time.GetElapsedTime(told) > ProgressEvery)
            {
                output.WriteLine($"{name}: {progress.Rows} rows so far");
                told = time.GetTimestamp();
            }
            if (events.Current.Row is { } row)
            {
                output.WriteLine($"{name}: line {row.Line}{(row.Field.Length > 0 ? $", {row.Field}" : "")}: {row.Reason}");
            }
            if (events.Current.Summary is { } summary && name != "samples")
            {
                output.WriteLine($"{name}: {summary.Rows} rows, {summary.Created} created, {summary.Changed} changed, {summary.Rejected} rejected");
            }
        }
    }

    private async Task AddBansAsync(DateTimeOffset now)
    {
        await BanAsync("demo-kaisa", BanKind.Use, now, now.AddDays(20));
        await BanAsync("demo-olli", BanKind.SelfService, now, now.AddDays(30));
        await BanAsync("demo-lauri", BanKind.Loan, now, now.AddDays(30));
    }

    private async Task BanAsync(string customer, BanKind kind, DateTimeOffset start, DateTimeOffset end)
    {
        var present = await _bans.ListBansAsync(new ListBansRequest { CustomerId = customer });
        if (present.Bans.Any(ban => ban.Kind == kind))
        {
            return;
        }
        var added = new Ban
        {
            CustomerId = customer,
            Kind = kind,
            StartTime = Timestamp.FromDateTimeOffset(start),
            EndTime = Timestamp.FromDateTimeOffset(end),
            ReasonCode = "other",
            Reason = Reason,
            DecidedBy = "demo",
            DecisionRef = "demo 1/2026",
        };
        added.BranchIds.Add(DemoBranch.Id);
        await _bans.AddBanAsync(new AddBanRequest { Ban = added });
    }

    private async Task RestrictAsync(string customer)
    {
        var found = await _patrons.SearchPatronsAsync(new SearchPatronsRequest { CustomerIdPrefix = customer });
        if (!found.Patrons.Single(patron => patron.CustomerId == customer).Restricted)
        {
            var asked = await _rights.OpenRequestAsync(
                new OpenRequestRequest { CustomerId = customer, Kind = RequestKind.Restrict, Channel = "desk", IdentifiedBy = "in-person-id-document" });
            await _rights.RestrictSubjectAsync(new RestrictSubjectRequest { RequestId = asked.Request.Id });
        }
    }

    private async Task AddBadgeAsync(string reference, string card, bool revoked) =>
        await _permissions.UpsertBadgeAsync(new UpsertBadgeRequest
        {
            Badge = new Badge { BadgeRef = reference, Role = BadgeRole.Staff, Revoked = revoked },
            CardNumber = card,
        });
}
