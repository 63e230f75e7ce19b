using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using NodaTime;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Bans;

/// <summary>What the law and the profile say of bans (R28, R29), and when each holds.</summary>
public sealed class BanLawTests
{
    [Fact]
    public async Task R28_A_self_service_ban_shuts_the_door_and_leaves_the_loans_at_the_desk()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.SelfService);

        Assert.Equal(SelfServiceBan, (await register.EnterAsync(card)).Code);
        Assert.Equal(Granted, await CheckoutAsync(register, card));
    }

    [Fact]
    public async Task R28_A_loan_ban_stops_checkout_and_the_door_only_where_the_branch_says_so()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.Loan);

        Assert.Equal(LoanBan, await CheckoutAsync(register, card));
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);

        var strict = TestRegister.Branch(TestRegister.Main);
        strict.LoanBanBlocksDoor = true;
        await register.ApplyAsync(strict);
        Assert.Equal(LoanBan, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task R28_A_use_ban_stops_everything_at_its_branch_and_nothing_elsewhere()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.Use);

        Assert.Equal(UseBan, (await register.EnterAsync(card)).Code);
        Assert.Equal(UseBan, await CheckoutAsync(register, card));
        Assert.Equal(Granted, (await register.EnterAsync(card, call: TestCall.Node("other", TestRegister.Other))).Code);
        Assert.Equal(Granted, await CheckoutAsync(register, card, TestCall.Node("other", TestRegister.Other)));
    }

    [Theory]
    [InlineData("lastu", 3)]
    [InlineData("heili", 1)]
    [InlineData("helmet", 1)]
    public void R28_Each_profile_lists_the_kinds_that_its_documents_know(string name, int kinds) =>
        Assert.Equal(kinds, ProfileReader.Load(name).Bans.Kinds.Count);

    [Fact]
    public async Task R28_A_kind_that_the_profile_does_not_list_is_refused()
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { Bans = profile.Bans with { Kinds = [Rules.Access.BanKind.Loan] } });
        await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.kind", () => register.BanAsync("10001", Wire.BanKind.SelfService));
        Assert.NotNull((await register.BanAsync("10001", Wire.BanKind.Loan)).Ban);
    }

    [Fact]
    public async Task R29_A_ban_tells_who_decided_on_what_hearing_and_how_to_appeal()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => patron.Language = Wire.Language.Sv);

        var made = (await register.BanAsync("10001", Wire.BanKind.Use, ban =>
        {
            (ban.ReasonCode, ban.DecidedBy, ban.DecisionRef) = ("violence", "library director", "§ 12/2026");
            (ban.HeardOn, ban.Hearing) = ("2025-12-30", "says that somebody else began");
        })).Ban;

        Assert.Equal(("violence", "library director", "§ 12/2026", "admin"), (made.ReasonCode, made.DecidedBy, made.DecisionRef, made.CreatedBy));
        Assert.Equal(("2025-12-30", "says that somebody else began", BanState.InForce), (made.HeardOn, made.Hearing, made.State));
        Assert.StartsWith("Ändring i beslutet", made.Appeal, StringComparison.Ordinal);
        Assert.Equal(made, Assert.Single((await register.Bans.ListBans(new ListBansRequest(), TestCall.Admin())).Bans));
    }

    [Fact]
    public async Task R29_A_use_ban_needs_a_decision_and_a_hearing_is_not_yet_to_come()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.decision_ref", () => register.BanAsync("10001", Wire.BanKind.Use, ban => ban.DecisionRef = ""));
        await Refusals.RefusedAsync(
            StatusCode.InvalidArgument, "ban.decision_ref", () => register.BanAsync("10001", Wire.BanKind.Use, ban => (ban.DecidedBy, ban.DecisionRef) = ("director", "")));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.heard_on", () => register.BanAsync("10001", Wire.BanKind.Use, ban => ban.HeardOn = "2999-01-01"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.heard_on", () => register.BanAsync("10001", Wire.BanKind.Use, ban => ban.HeardOn = "yesterday"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.reason_code", () => register.BanAsync("10001", Wire.BanKind.Use, ban => ban.ReasonCode = ""));
        Assert.Empty((await register.Bans.ListBans(new ListBansRequest(), TestCall.Admin())).Bans);
    }

    [Fact]
    public async Task R29_A_use_ban_is_at_most_thirty_days_and_for_one_branch()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.end_time", () => register.BanAsync(
            "10001", Wire.BanKind.Use, ban => ban.EndTime = (register.Now + Duration.FromDays(31)).ToProto()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.branch_ids", () => register.BanAsync(
            "10001", Wire.BanKind.Use, ban => ban.BranchIds.Add(TestRegister.Other)));
    }

    [Fact]
    public async Task R29_Use_bans_in_a_row_under_one_decision_are_thirty_days_in_all()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var first = (await register.BanAsync("10001", Wire.BanKind.Use, ban => ban.EndTime = (register.Now + Duration.FromDays(20)).ToProto())).Ban;
        Task<AddBanResponse> AfterAsync(int days, string decision) => register.BanAsync("10001", Wire.BanKind.Use, ban =>
            (ban.StartTime, ban.EndTime, ban.DecisionRef) = (first.EndTime, (first.EndTime.FromProto() + Duration.FromDays(days)).ToProto(), decision));

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.decision_ref", () => AfterAsync(11, first.DecisionRef));
        var rest = (await AfterAsync(10, first.DecisionRef)).Ban;
        await register.Bans.LiftBan(new LiftBanRequest { BanId = rest.Id, Reason = "a new decision was made" }, TestCall.Admin());
        var second = (await AfterAsync(30, "test 2/2026")).Ban;

        Assert.Equal((BanState.Pending, "test 2/2026"), (second.State, second.DecisionRef));
    }

    [Fact]
    public async Task R29_A_self_service_ban_always_has_an_end_within_the_profile_s_longest()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.end_time", () => register.BanAsync(
            "10001", Wire.BanKind.SelfService, ban => ban.EndTime = (register.Now + Duration.FromDays(366)).ToProto()));
        var made = (await register.BanAsync("10001", Wire.BanKind.SelfService)).Ban;

        Assert.Equal(Duration.FromDays(30), made.EndTime.FromProto() - made.StartTime.FromProto());
    }

    [Fact]
    public async Task R29_Bans_of_a_kind_overlap_nowhere()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var first = (await register.BanAsync("10001", Wire.BanKind.SelfService, ban => ban.EndTime = (register.Now + Duration.FromDays(7)).ToProto())).Ban;

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.start_time", () => register.BanAsync("10001", Wire.BanKind.SelfService));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.start_time", () => register.BanAsync(
            "10001", Wire.BanKind.SelfService, ban => ban.BranchIds.Add(TestRegister.Other)));
        await register.BanAsync("10001", Wire.BanKind.Loan);
        await register.BanAsync("10001", Wire.BanKind.SelfService, ban => (ban.StartTime, ban.EndTime) = (first.EndTime, null));

        Assert.Equal(3, (await register.Bans.ListBans(new ListBansRequest(), TestCall.Admin())).Bans.Count);
    }

    [Fact]
    public async Task R29_Bans_of_two_branches_stand_beside_each_other()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.Use);
        await register.BanAsync("10001", Wire.BanKind.Use, ban =>
        {
            ban.BranchIds.Clear();
            ban.BranchIds.Add(TestRegister.Other);
        });

        Assert.Equal(UseBan, (await register.EnterAsync(card)).Code);
        Assert.Equal(UseBan, (await register.EnterAsync(card, call: TestCall.Node("other", TestRegister.Other))).Code);
    }

    [Fact]
    public async Task R29_A_ban_for_tonight_waits_for_its_hour_and_is_over_on_time()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var ban = (await register.BanAsync("10001", Wire.BanKind.SelfService, ban =>
        {
            ban.StartTime = (register.Now + Duration.FromHours(8)).ToProto();
            ban.EndTime = (register.Now + Duration.FromHours(32)).ToProto();
        })).Ban;

        Assert.Equal((BanState.Pending, Granted), (ban.State, (await register.EnterAsync(card)).Code));
        register.Time.Advance(TimeSpan.FromHours(8));
        Assert.Equal((BanState.InForce, SelfServiceBan), (await StateAsync(register), (await register.EnterAsync(card)).Code));
        register.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal((BanState.Over, Granted), (await StateAsync(register), (await register.EnterAsync(card)).Code));
    }

    [Fact]
    public async Task R29_A_lifted_ban_tells_by_whom_and_why_and_denies_nobody()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var made = (await register.BanAsync("10001", Wire.BanKind.SelfService)).Ban;

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "reason", () => LiftAsync(register, made.Id, ""));
        Assert.Equal(SelfServiceBan, (await register.EnterAsync(card)).Code);
        var lifted = Assert.Single((await LiftAsync(register, made.Id, "the appeal was granted")).Bans);

        Assert.Equal(("admin", "the appeal was granted", BanState.Lifted), (lifted.LiftedBy, lifted.LiftReason, lifted.State));
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        Assert.Empty((await LiftAsync(register, made.Id, "again")).Bans);
    }

    [Theory]
    [InlineData("\"useMax\": \"30d\"", "\"useMax\": \"31d\"", "bans.useMax")]
    [InlineData("\"useBranchesMax\": 1", "\"useBranchesMax\": 0", "bans.useBranchesMax")]
    [InlineData("\"selfServiceDefault\": \"30d\"", "\"selfServiceDefault\": \"400d\"", "bans.selfServiceDefault")]
    [InlineData("\"sv\": \"Ändring", "\"en\": \"Ändring", "bans.appeal")]
    public void A_profile_whose_bans_break_the_law_does_not_load(string right, string wrong, string key)
    {
        var text = File.ReadAllText(Path.Combine(Testing.SolutionRoot.Path, "src/KioskLink.Register/Profiles/lastu.json"));
        Assert.Contains(right, text, StringComparison.Ordinal);

        var problem = Assert.Throws<ProfileProblem>(() => ProfileReader.Read(text.Replace(right, wrong, StringComparison.Ordinal), "mine"));

        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
    }

    private static async Task<BanState> StateAsync(TestRegister register) =>
        (await register.Bans.ListBans(new ListBansRequest { IncludePast = true }, TestCall.Admin())).Bans.Single().State;

    private static Task<LiftBanResponse> LiftAsync(TestRegister register, string id, string reason) =>
        register.Bans.LiftBan(new LiftBanRequest { BanId = id, Reason = reason }, TestCall.Admin());

    private static async Task<Wire.DecisionCode> CheckoutAsync(TestRegister register, string card, ServerCallContext? call = null) =>
        (await register.Access.VerifyCredentials(
            new VerifyCredentialsRequest
            {
                CardNumber = card,
                Pin = TestRegister.Digits(TestRegister.Pin),
                Purpose = "checkout",
                AttemptId = Guid.NewGuid().ToString("N"),
                DeviceId = "machine",
                DeviceRole = DeviceRole.SelfCheck,
            },
            call ?? TestCall.Node())).Reason;
}
