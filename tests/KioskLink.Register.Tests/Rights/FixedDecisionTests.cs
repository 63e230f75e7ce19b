using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Profiles;

namespace KioskLink.Register.Tests.Rights;

/// <summary>A door follows fixed rules, profiles nobody, and the person hears that staff looks at a decision again (R81).</summary>
public sealed class FixedDecisionTests
{
    [Theory]
    [InlineData(Language.Fi, "kiinteisiin sääntöihin; henkilökunta tarkistaa päätöksen")]
    [InlineData(Language.Sv, "följer endast fasta regler; personalen granskar ett beslut")]
    [InlineData(Language.En, "follow fixed rules alone; staff reviews a decision")]
    public async Task R81_The_export_tells_that_decisions_follow_rules_and_that_staff_reviews_one_when_asked(Language language, string sentence)
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);

        var export = await register.ExportAsync(language: language);

        Assert.Contains(sentence, System.Net.WebUtility.HtmlDecode(export.DocumentHtml.ToStringUtf8()), StringComparison.Ordinal);
        var json = System.Text.Json.Nodes.JsonNode.Parse(export.DocumentJson.ToStringUtf8())!;
        Assert.Contains(sentence, (string)json["review"]![language.ToString().ToLowerInvariant()]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R81_The_explanation_and_the_own_view_tell_in_each_language_that_staff_reviews_a_decision_when_asked()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var explained = await register.Access.ExplainAccess(
            new ExplainAccessRequest { CardNumber = card, BranchId = TestRegister.Main, DoorId = "front" }, TestCall.Admin());
        var own = await register.OwnData.BeginMySession(
            new BeginMySessionRequest { CardNumber = card, Pin = TestRegister.Digits(TestRegister.Pin), AttemptId = "own", DeviceId = "web" }, TestCall.Patron());
        var mine = await register.OwnData.GetMyData(new GetMyDataRequest(), TestCall.Patron(own.SessionToken));

        Assert.All([explained.ReviewRoutes, mine.ReviewRoutes], routes =>
        {
            Assert.Equal([Language.Fi, Language.Sv, Language.En], routes.Select(route => route.Language));
            Assert.Equal(["henkilökunta", "personalen", "staff"], routes.Select(route => new[] { "henkilökunta", "personalen", "staff" }.Single(word => route.Text.Contains(word, StringComparison.Ordinal))));
        });
    }

    [Fact]
    public async Task R81_The_first_rule_that_is_not_passed_gives_the_decision_and_no_rule_has_a_score()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1, patron => (patron.TermsAcceptedOn, patron.FeesCents) = ("", 900));
        await register.BanAsync("10001", BanKind.SelfService);

        var explained = await register.Access.ExplainAccess(
            new ExplainAccessRequest { CardNumber = card, BranchId = TestRegister.Main, DoorId = "front" }, TestCall.Admin());

        var decisive = Assert.Single(explained.Rules, rule => rule.Decisive);
        Assert.Equal((decisive, explained.Decision.Code), (explained.Rules.First(rule => !rule.Passed), decisive.Code));
        Assert.Equal((await register.EnterAsync(card)).Code, explained.Decision.Code);
        Assert.True(explained.Rules.Count(rule => !rule.Passed) > 1);
        Assert.Equal(["code", "passed", "decisive", "detail"], RuleOutcome.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name));
    }

    [Fact]
    public void R81_Every_profile_s_notice_of_the_customer_register_promises_no_automated_decisions() => Assert.All(
        ProfileReader.Shipped.Select(ProfileReader.Load),
        profile => Assert.Contains(
            profile.Notices.Where(notice => notice.Register == RegisterKind.Customer).MaxBy(notice => notice.Date, StringComparer.Ordinal)!.Rights,
            right => right.En.Contains("No automated decisions are made", StringComparison.Ordinal)));
}
