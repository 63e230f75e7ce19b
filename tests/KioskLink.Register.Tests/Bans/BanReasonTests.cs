using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Bans;

/// <summary>A ban rests on a reason of the profile, which people read in their language (R29).</summary>
public sealed class BanReasonTests
{
    private const string Field = "ban.reason_code";

    [Fact]
    public async Task R29_An_unknown_reason_code_is_refused()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        foreach (var code in new[] { "", "weather", "Damage" })
        {
            await Refusals.RefusedAsync(StatusCode.InvalidArgument, Field, () => register.BanAsync("10001", Wire.BanKind.Use, ban => ban.ReasonCode = code));
        }

        await UnbannedAsync(register, card);
    }

    [Fact]
    public async Task R29_A_reason_of_another_kind_is_refused()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(
            StatusCode.InvalidArgument, "use one of disturbance", () => register.BanAsync("10001", Wire.BanKind.SelfService, ban => ban.ReasonCode = "unpaid"));
        await UnbannedAsync(register, card);
        Assert.Equal("unpaid", (await register.BanAsync("10001", Wire.BanKind.Loan, ban => ban.ReasonCode = "unpaid")).Ban.ReasonCode);
    }

    [Fact]
    public async Task R29_A_ban_stores_its_code_and_its_words_may_be_left_out()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.SelfService, ban => (ban.ReasonCode, ban.Reason) = ("terms", ""));

        var listed = Assert.Single((await register.Bans.ListBans(new ListBansRequest { CustomerId = "10001" }, TestCall.Admin())).Bans);

        Assert.Equal(("terms", ""), (listed.ReasonCode, listed.Reason));
    }

    [Fact]
    public async Task R29_Whoever_explains_a_refusal_tells_the_reason_in_the_person_s_language()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var request = new ExplainAccessRequest { BranchId = TestRegister.Main, DoorId = "front", CardNumber = card };
        Assert.Empty((await register.Access.ExplainAccess(request, TestCall.Admin())).BanReasons);
        await register.BanAsync("10001", Wire.BanKind.Use, ban => ban.ReasonCode = "theft");

        var reason = Assert.Single((await register.Access.ExplainAccess(request, TestCall.Admin())).BanReasons);

        Assert.Equal((Wire.Language.Sv, "Stöld"), (reason.Language, reason.Text));
        request.BranchId = TestRegister.Other;
        Assert.Empty((await register.Access.ExplainAccess(request, TestCall.Admin())).BanReasons);
    }

    [Theory]
    [InlineData("{ \"code\": \"theft\",", "{ \"code\": \"damage\",", "bans.reasons.code")]
    [InlineData("{ \"code\": \"theft\",", "{ \"code\": \"Theft Of\",", "bans.reasons.code")]
    [InlineData("\"sv\": \"Stöld\"", "\"sv\": \" \"", "bans.reasons.text")]
    [InlineData("\"sv\": \"Stöld\", ", "", "the key \"sv\" is missing")]
    [InlineData("{ \"code\": \"theft\",", "{ \"code\": \"theft\", \"kinds\": [\"door\"],", "bans.reasons[4].kinds")]
    public void R29_A_profile_whose_reasons_are_wrong_does_not_load(string right, string wrong, string key)
    {
        var text = ProfileText();
        Assert.Contains(right, text, StringComparison.Ordinal);

        var problem = Assert.Throws<ProfileProblem>(() => ProfileReader.Read(text.Replace(right, wrong, StringComparison.Ordinal), "mine"));

        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void R29_A_kind_of_ban_without_a_reason_does_not_load()
    {
        var profile = ProfileReader.Load("lastu");
        var loans = profile.Bans.Reasons.Where(reason => reason.Kinds.Contains(Rules.Access.BanKind.Loan)).ToList();

        Assert.Null(BanReasonCheck.Problem(profile.Bans));
        Assert.Contains("`bans.reasons` has none for use bans", BanReasonCheck.Problem(profile.Bans with { Reasons = [.. loans] }), StringComparison.Ordinal);
    }

    private static async Task UnbannedAsync(TestRegister register, string card)
    {
        Assert.Empty((await register.Bans.ListBans(new ListBansRequest { CustomerId = "10001", IncludePast = true }, TestCall.Admin())).Bans);
        Assert.True((await register.EnterAsync(card)).Granted);
    }

    private static string ProfileText() =>
        File.ReadAllText(Path.Combine(KioskLink.Testing.SolutionRoot.Path, "src/KioskLink.Register/Profiles/lastu.json"));
}
