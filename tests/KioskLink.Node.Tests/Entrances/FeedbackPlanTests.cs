using KioskLink.Node.Entrances;
using KioskLink.Rules.Access;

namespace KioskLink.Node.Tests.Entrances;

public sealed class FeedbackPlanTests
{
    private static readonly Prompts Finnish = Prompts.In(Language.Fi);

    private FeedbackState _state = FeedbackState.Start;
    private TimeSpan _now = TimeSpan.FromHours(1);

    [Fact]
    public void A_node_that_is_not_ready_shows_it()
    {
        Assert.Equal(["OutOfService 10", "text 10 Ei käytössä"], Wait(0));
    }

    [Fact]
    public void The_ready_light_is_lent_for_ten_seconds_and_renewed_every_five()
    {
        Assert.Equal(["Ready 10", "text 10 Näytä kirjastokortti"], Do(new ServiceChanged(Ready: true)));
        Assert.Empty(Wait(4.9));
        Assert.Equal(["Ready 10", "text 10 Näytä kirjastokortti"], Wait(0.1));
        Assert.Empty(Wait(4.9));
        Assert.Equal(["Ready 10", "text 10 Näytä kirjastokortti"], Wait(0.1));
    }

    [Fact]
    public void A_reader_that_comes_back_gets_its_fallback_and_the_ready_light_at_once()
    {
        Ready();
        Wait(1);

        Assert.Equal(["fallback Ei käytössä", "Ready 10", "text 10 Näytä kirjastokortti"], Do(new PanelBack()));
    }

    [Fact]
    public void Every_read_is_answered_by_amber_and_one_tone()
    {
        Ready();

        Assert.Equal(["Busy 10", "tones Read", "text 10 Anna tunnusluku"], Do(new CardRead(PinWanted: true)));
        Assert.Equal(["Busy 10", "tones Read", "text 10 Anna tunnusluku"], Do(new CardRead(PinWanted: true)));
    }

    [Fact]
    public void A_decision_that_takes_longer_than_three_hundred_milliseconds_asks_for_patience()
    {
        Ready();
        Do(new CardRead(PinWanted: true));
        Assert.Empty(Do(new PinComplete()));

        Assert.Equal(TimeSpan.FromMilliseconds(300), FeedbackPlan.DueAt(_state, _now) - _now);
        Assert.Empty(Wait(0.299));
        Assert.Equal(["text 10 Odota hetki"], Wait(0.001));
    }

    [Fact]
    public void A_grant_is_green_for_the_unlock_time_with_one_tone_and_then_the_door_is_ready_again()
    {
        Ready();
        Do(new CardRead(PinWanted: true));
        Do(new PinComplete());

        Assert.Equal(["Granted 3.5", "tones Granted", "text 3.5 Tervetuloa"], Do(new Decided(true, TimeSpan.FromSeconds(3), "Tervetuloa")));
        Assert.Equal(TimeSpan.FromSeconds(3), FeedbackPlan.DueAt(_state, _now) - _now);
        Assert.Equal(["Ready 10", "text 10 Näytä kirjastokortti"], Wait(3));
    }

    [Fact]
    public void A_refusal_is_red_for_three_seconds_with_three_tones()
    {
        Ready();
        Do(new CardRead(PinWanted: false));

        Assert.Equal(["Refused 3.5", "tones Refused", "text 3.5 Ei"], Do(new Decided(false, TimeSpan.Zero, "Ei")));
        Assert.Empty(Wait(2.9));
        Assert.Equal(["Ready 10", "text 10 Näytä kirjastokortti"], Wait(0.1));
    }

    [Fact]
    public void Something_stale_gets_no_red_but_a_request_to_present_it_again()
    {
        Ready();

        Assert.Equal(["Busy 3.5", "tones Read", "text 3.5 Näytä kortti uudelleen"], Do(new NotTaken()));
        Assert.Equal(["Ready 10", "text 10 Näytä kirjastokortti"], Wait(3));
    }

    [Fact]
    public void The_next_patron_is_asked_for_a_pin_again_once_the_answer_to_the_last_one_has_shown()
    {
        Ready();
        Do(new CardRead(PinWanted: false));
        Do(new CardRead(PinWanted: true));
        Do(new Decided(true, TimeSpan.FromSeconds(3), "Tervetuloa"));

        Assert.Equal(["Busy 10", "text 10 Anna tunnusluku"], Wait(3));
    }

    [Fact]
    public void An_entry_that_is_given_up_leaves_no_trace()
    {
        Ready();
        Do(new CardRead(PinWanted: true));

        Assert.Equal(["Ready 10", "text 10 Näytä kirjastokortti"], Do(new PinForgotten()));
    }

    [Fact]
    public void A_node_that_is_no_longer_ready_ends_the_ready_light()
    {
        Ready();

        Assert.Equal(["OutOfService 10", "text 10 Ei käytössä"], Do(new ServiceChanged(Ready: false)));
    }

    [Theory]
    [InlineData("Näytä kortti – kiitos…", 40, true, "Näytä kortti - kiitos...")]
    [InlineData("Näytä kortti – kiitos…", 40, false, "Nayta kortti - kiitos...")]
    [InlineData("Kirjasto on suljettu. Avataan 7.00", 32, true, "Kirjasto on suljettu. Avataan")]
    [InlineData("Kirjastokortti", 7, true, "Kirjast")]
    [InlineData("a\nb\u4E2Dc", 16, true, "a b c")]
    public void Texts_are_folded_to_what_the_display_can_show(string text, int characters, bool latin1, string shown) =>
        Assert.Equal(shown, DisplayFolding.Fold(text, characters, latin1));

    private void Ready() => Do(new ServiceChanged(Ready: true));

    private List<string> Wait(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        return Do(new FeedbackTick());
    }

    private List<string> Do(FeedbackInput input)
    {
        (_state, var effects) = FeedbackPlan.Step(Finnish, _state, input, _now);
        return [.. effects.Select(Words)];
    }

    private static string Words(FeedbackEffect effect) => effect switch
    {
        ShowSign sign => FormattableString.Invariant($"{sign.Sign} {sign.For.TotalSeconds:0.#}"),
        ShowText text => FormattableString.Invariant($"text {text.For.TotalSeconds:0.#} {text.Text}"),
        Sound sound => $"tones {sound.Tones}",
        SetFallback fallback => $"fallback {fallback.Text}",
        _ => throw new InvalidOperationException($"no words for {effect}"),
    };
}
