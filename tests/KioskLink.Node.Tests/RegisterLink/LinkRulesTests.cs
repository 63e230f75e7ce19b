using KioskLink.Node.RegisterLink;
using NodaTime;

namespace KioskLink.Node.Tests.RegisterLink;

public class LinkRulesTests
{
    [Fact]
    public void A_caught_up_stream_alone_does_not_bring_the_link_up() => Assert.Equal(LinkState.Offline, After((0, LinkInput.StreamCaughtUp)));

    [Fact]
    public void A_caught_up_stream_and_an_answered_call_bring_it_up() =>
        Assert.Equal(LinkState.Online, After((0, LinkInput.StreamCaughtUp), (0, LinkInput.CallAnswered)));

    [Theory]
    [InlineData(LinkInput.CallLate)]
    [InlineData(LinkInput.CallFailed)]
    [InlineData(LinkInput.StreamLost)]
    public void The_first_doubt_makes_it_suspect(object doubt) => Assert.Equal(LinkState.Suspect, After(Up, (0.1, (LinkInput)doubt)));

    [Theory]
    [InlineData(2.0, LinkState.Online)]
    [InlineData(2.1, LinkState.Suspect)]
    public void Two_missed_watermarks_make_it_suspect(double seconds, object state) =>
        Assert.Equal((LinkState)state, After(Up, (seconds, LinkInput.Tick)));

    [Fact]
    public void A_second_bad_call_takes_it_offline() =>
        Assert.Equal(LinkState.Offline, After(Up, (0.1, LinkInput.CallLate), (0.9, LinkInput.CallFailed)));

    [Fact]
    public void Doubt_that_lasts_takes_it_offline() =>
        Assert.Equal(LinkState.Offline, After(Up, (0.1, LinkInput.StreamLost), (2.2, LinkInput.Tick)));

    [Fact]
    public void A_late_answer_clears_the_doubt_about_calls() =>
        Assert.Equal(LinkState.Online, After(Up, (0.1, LinkInput.CallLate), (0.4, LinkInput.CallAnswered)));

    [Fact]
    public void Watermarks_do_not_clear_a_doubt_about_calls() =>
        Assert.Equal(LinkState.Suspect, After(Up, (0.1, LinkInput.CallLate), (1.0, LinkInput.Watermark)));

    [Fact]
    public void A_watermark_ends_the_doubt_about_watermarks() =>
        Assert.Equal(LinkState.Online, After(Up, (2.5, LinkInput.Tick), (2.6, LinkInput.Watermark)));

    [Fact]
    public void After_a_lost_stream_calls_must_prove_themselves_again() => Assert.Equal(
        LinkState.Offline, After(Up, (0.1, LinkInput.StreamLost), (3, LinkInput.Tick), (4, LinkInput.StreamCaughtUp)));

    [Fact]
    public void Offline_it_comes_back_with_all_signs_of_life() => Assert.Equal(
        LinkState.Online,
        After(Up, (0.1, LinkInput.StreamLost), (3, LinkInput.Tick), (4, LinkInput.StreamCaughtUp), (4.1, LinkInput.CallAnswered)));

    private static readonly (double, LinkInput)[] Up = [(0, LinkInput.StreamCaughtUp), (0, LinkInput.CallAnswered)];

    private static LinkState After((double, LinkInput)[] before, params (double, LinkInput)[] inputs) => After([.. before, .. inputs]);

    private static LinkState After(params (double Seconds, LinkInput Input)[] inputs) =>
        inputs.Aggregate(LinkFacts.AtStart, (facts, input) => LinkRules.Step(facts, input.Input, Duration.FromSeconds(input.Seconds))).State;
}
