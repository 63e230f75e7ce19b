using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Node.Kiosk;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using DeviceRole = KioskLink.Protos.Register.V1.DeviceRole;

namespace KioskLink.Node.Tests.Kiosk;

/// <summary>What a kiosk's programs are told of loans and outages, with the register and without.</summary>
public sealed class KioskDeskTests : IAsyncLifetime
{
    private static readonly KioskDevice Machine = new("checkout", DeviceRole.SelfCheck);

    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private ScriptedRegister _register = null!;
    private NodeRig _rig = null!;

    public async Task InitializeAsync()
    {
        _register = await ScriptedRegister.StartAsync(_authority);
        _rig = new NodeRig(_folder, _authority, _register.Address).Holding(Samples.Branch(), Samples.Adult());
    }

    public async Task DisposeAsync()
    {
        await _register.DisposeAsync();
        _rig.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task R22_Loans_are_the_register_s_word_in_the_name_of_the_device_and_its_role()
    {
        Protos.Register.V1.GetLoanStatusRequest? asked = null;
        _register.Loans = request =>
        {
            asked = request;
            return new Protos.Register.V1.GetLoanStatusResponse { Valid = true, Loans = 3, Overdue = 1, DueOn = { "2026-12-24" } };
        };
        _rig.Online();

        var answer = await LoansAsync();

        Assert.Equal((true, 3, 1, "2026-12-24"), (answer.Valid, answer.Loans, answer.Overdue, answer.DueOn.Single()));
        Assert.Equal(("checkout", DeviceRole.SelfCheck, Samples.Pin), (asked!.DeviceId, asked.DeviceRole, asked.Pin.ToStringUtf8()));
    }

    [Fact]
    public async Task R84_Without_the_register_and_while_the_service_is_down_there_are_no_loans()
    {
        Assert.Equal("MAINTENANCE", await RefusalAsync(LoansAsync));

        _register.Loans = _ => throw Down();
        _rig.Online();
        Assert.Equal("MAINTENANCE", await RefusalAsync(LoansAsync));
    }

    [Fact]
    public async Task R84_A_service_that_the_register_says_is_down_is_not_answered_from_the_replica()
    {
        _register.Verify = _ => throw Down();
        _rig.Online();
        var request = new VerifyCredentialsRequest { CardNumber = Samples.KnownCard, Purpose = "checkout", AttemptId = "a" };

        Assert.Equal("MAINTENANCE", await RefusalAsync(() => new CredentialCheck(_rig.Parts).VerifyAsync(request, Machine, "8317"u8.ToArray())));
        Assert.Equal(KioskLink.Node.RegisterLink.LinkState.Online, _rig.Parts.Link.State);
    }

    [Theory]
    [InlineData(Language.Sv, "Driftavbrott")]
    [InlineData(Language.En, "Huoltokatko")]
    [InlineData(Language.Unspecified, "Huoltokatko")]
    public void R82_A_kiosk_tells_of_an_outage_without_the_register(Language language, string begins)
    {
        var branch = Samples.Branch();
        branch.Branch.Maintenance.Add(Window(TimeSpan.FromHours(-1), announced: TimeSpan.FromHours(-1), end: null));
        _rig.Holding(branch);

        var notice = Assert.Single(Notices(language));

        Assert.StartsWith(begins, notice.Text, StringComparison.Ordinal);
        Assert.Equal((true, true, null), (notice.InForce, notice.Unplanned, notice.EndTime));
    }

    [Fact]
    public void R83_A_kiosk_announces_a_break_from_its_hour_until_its_end()
    {
        var branch = Samples.Branch();
        branch.Branch.Maintenance.Add(Window(TimeSpan.FromHours(2), announced: TimeSpan.FromHours(-1), end: TimeSpan.FromHours(3)));
        branch.Branch.Maintenance.Add(Window(TimeSpan.FromHours(2), announced: TimeSpan.FromHours(1), end: TimeSpan.FromHours(3)));
        branch.Branch.Maintenance.Add(Window(TimeSpan.FromHours(-3), announced: TimeSpan.FromHours(-4), end: TimeSpan.FromHours(-1)));
        _rig.Holding(branch);

        var notice = Assert.Single(Notices(Language.Fi));

        Assert.False(notice.InForce);
        Assert.NotNull(notice.EndTime);
    }

    private static MaintenanceWindow Window(TimeSpan start, TimeSpan announced, TimeSpan? end)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new MaintenanceWindow
        {
            StartTime = Timestamp.FromDateTimeOffset(now + start),
            EndTime = end is { } last ? Timestamp.FromDateTimeOffset(now + last) : null,
            AnnounceTime = Timestamp.FromDateTimeOffset(now + announced),
            Unplanned = end is null,
            Notices =
            {
                new Notice { Language = Language.Fi, Text = "Huoltokatko" },
                new Notice { Language = Language.Sv, Text = "Driftavbrott" },
            },
        };
    }

    private static RpcException Down() =>
        new(new Status(StatusCode.Unavailable, "MAINTENANCE: down"), new Metadata { { KioskRefusal.ReasonTrailer, "MAINTENANCE" } });

    private List<OutageNotice> Notices(Language language) => [.. KioskNotices.In(_rig.Parts, language)];

    private Task<GetLoanStatusResponse> LoansAsync() =>
        new LoanQuestion(_rig.Parts).AskAsync(new GetLoanStatusRequest { CardNumber = Samples.KnownCard, AttemptId = "a" }, Machine, "8317"u8.ToArray());

    private static async Task<string?> RefusalAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<RpcException>(call)).Trailers.GetValue(KioskRefusal.ReasonTrailer);
}
