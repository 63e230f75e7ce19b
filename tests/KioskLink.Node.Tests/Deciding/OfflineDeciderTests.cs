using KioskLink.Node.Deciding;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Pins;
using KioskLink.Testing;
using Code = KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Tests.Deciding;

public class OfflineDeciderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task Known_card_opens_from_the_replica_while_the_register_is_down()
    {
        using var rig = Rig().Holding(Samples.Branch(), Samples.Adult());

        var decision = await rig.Present(Samples.KnownCard);

        Assert.Equal((Code.Granted, DecisionSource.Replica), (decision.Decision.Code, decision.Source));
        Assert.True(decision.MayUnlock);
    }

    [Fact]
    public async Task The_decision_is_in_the_journal_with_token_and_envelope_but_no_number()
    {
        using var rig = Rig().Holding(Samples.Branch(), Samples.Adult());

        var decision = await rig.Present(Samples.KnownCard);

        var record = rig.Parts.Journal.Read(1, 100)[^1];
        var open = RecordOpen.Parser.ParseFrom(record.Open);
        var personal = RecordPersonal.Parser.ParseFrom(record.Personal);
        Assert.Equal((RecordKind.Decision, decision.AttemptId, DecisionCode.Granted), (open.Kind, open.AttemptId, open.Code));
        Assert.Equal(Samples.TokenOf(Samples.KnownCard), personal.Token.ToByteArray());
        Assert.Equal(Samples.KnownCard, Rules.Cards.CardEnvelope.Open(_authority.EnvelopeKey, personal.Envelope.Span));
    }

    [Fact]
    public async Task Unknown_card_and_wrong_pin_look_the_same_to_the_patron()
    {
        using var rig = Rig().Holding(Samples.Branch(), Samples.Adult());

        var wrong = await rig.Present(Samples.KnownCard, Samples.WrongPin);
        var unknown = await rig.Present(Samples.UnknownCard, Samples.WrongPin);

        Assert.Equal((Code.PinWrong, Code.OfflineNotCached), (wrong.Decision.Code, unknown.Decision.Code));
        Assert.Equal((wrong.MessageKey, wrong.Message), (unknown.MessageKey, unknown.Message));
    }

    [Fact]
    public async Task Unknown_card_and_wrong_pin_write_the_same()
    {
        using var rig = Rig().Holding(Samples.Branch(), Samples.Adult());

        await rig.Present(Samples.KnownCard, Samples.WrongPin);
        await rig.Present(Samples.UnknownCard, Samples.WrongPin);

        var records = rig.Parts.Journal.Read(1, 100);
        Assert.Equal(records[^2].Personal.Length, records[^1].Personal.Length);
        Assert.Equal(1, WrongGuesses(rig, Samples.KnownCard));
        Assert.Equal(1, WrongGuesses(rig, Samples.UnknownCard));
    }

    [Fact]
    public async Task A_cut_off_node_spends_no_more_than_its_guesses()
    {
        using var rig = Rig().Holding(Samples.Branch(offlineGuesses: 2), Samples.Adult());

        await rig.Present(Samples.KnownCard, Samples.WrongPin);
        await rig.Present(Samples.KnownCard, Samples.WrongPin);

        Assert.Equal(Code.PinLocked, (await rig.Present(Samples.KnownCard)).Decision.Code);
    }

    [Fact]
    public async Task The_alarm_of_a_sprayed_device_ends_when_the_device_is_slow_no_longer()
    {
        var time = new VirtualTime();
        using var rig = new NodeRig(_folder, _authority, time: time).Holding(Samples.Branch(), Samples.Adult());
        for (var card = 0; card < DeviceSlowdown.FailureLimit; card++)
            await rig.Present($"29{card:000000000000}", Samples.WrongPin);
        Assert.Contains("front-reader wrong PINs are tried over many cards", Assert.Single(rig.Parts.Alarms.Standing), StringComparison.Ordinal);

        time.Advance(DeviceSlowdown.Window.ToTimeSpan());

        await Patience.Until(() => rig.Parts.Alarms.Standing.Count == 0, "the alarm ends");
    }

    [Fact]
    public async Task A_restart_gives_no_guess_back()
    {
        using (var rig = Rig().Holding(Samples.Branch(offlineGuesses: 1), Samples.Adult()))
            await rig.Present(Samples.KnownCard, Samples.WrongPin);

        using var again = Rig().Holding(Samples.Branch(offlineGuesses: 1), Samples.Adult());

        Assert.Equal(Code.PinLocked, (await again.Present(Samples.KnownCard)).Decision.Code);
    }

    [Fact]
    public async Task A_device_at_which_wrong_pins_are_tried_over_many_cards_is_slowed_with_an_alarm()
    {
        using var rig = Rig().Holding(Samples.Branch(), Samples.Adult());
        for (var card = 100; card < 100 + DeviceSlowdown.FailureLimit; card++)
            Assert.Equal(Code.OfflineNotCached, (await rig.Present(Samples.Card(card))).Decision.Code);

        Assert.Equal(Code.PinLocked, (await rig.Present(Samples.KnownCard)).Decision.Code);
        Assert.Contains(rig.Parts.Alarms.Standing, alarm => alarm.Contains("front-reader", StringComparison.Ordinal));
        Assert.Equal(0, WrongGuesses(rig, Samples.KnownCard));
    }

    [Fact]
    public async Task A_right_pin_spends_no_guess()
    {
        using var rig = Rig().Holding(Samples.Branch(offlineGuesses: 1), Samples.Adult());

        await rig.Present(Samples.KnownCard);

        Assert.Equal(Code.Granted, (await rig.Present(Samples.KnownCard)).Decision.Code);
    }

    [Fact]
    public async Task A_branch_that_fails_closed_stays_closed()
    {
        using var rig = Rig().Holding(Samples.Branch(offline: OfflinePolicy.FailClosed), Samples.Adult());

        Assert.Equal(Code.OfflineRefused, (await rig.Present(Samples.KnownCard)).Decision.Code);
    }

    [Fact]
    public async Task A_clock_that_nobody_vouches_for_opens_nothing()
    {
        using (Rig().Holding(Samples.Branch(), Samples.Adult()))
        {
        }
        File.Delete(_folder["clock.json"]);
        using var rig = Rig();

        Assert.Equal(Code.ClockUntrusted, (await rig.Present(Samples.KnownCard)).Decision.Code);
    }

    [Fact]
    public async Task Without_the_node_key_a_badge_opens_and_a_patron_s_card_spends_no_guess()
    {
        using (var rig = Rig().Holding(Samples.Branch(), Samples.Adult()))
            rig.Parts.Replica.Apply(Samples.BadgeState(Samples.Badge));
        var secrets = new NodeSecrets();
        secrets.UseBadgeKey(Samples.Keys.KBadge);
        using var locked = new NodeRig(_folder, _authority, secrets: secrets);
        locked.Clock.OnWatermark(NodaTime.Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));

        var badge = await locked.Present(Samples.Badge, "");
        var patron = await locked.Present(Samples.KnownCard);
        var stranger = await locked.Present(Samples.UnknownCard);

        Assert.Equal(Code.GrantedBadge, badge.Decision.Code);
        Assert.True(badge.MayUnlock);
        Assert.Equal((Code.OfflineNotCached, Code.OfflineNotCached), (patron.Decision.Code, stranger.Decision.Code));
        Assert.Equal((patron.Message, patron.Pin), (stranger.Message, stranger.Pin));
        Assert.Null(patron.Pin);
        Assert.Equal(0, WrongGuesses(locked, Samples.KnownCard));
    }

    [Fact]
    public async Task A_repeated_attempt_gets_the_same_answer_and_counts_once()
    {
        using var rig = Rig().Holding(Samples.Branch(), Samples.Adult());

        var first = await rig.Present(Samples.KnownCard, Samples.WrongPin, "attempt-1");
        var second = await rig.Present(Samples.KnownCard, Samples.WrongPin, "attempt-1");

        Assert.Same(first, second);
        Assert.Single(rig.Journal(), open => open.Kind == RecordKind.Decision);
        Assert.Equal(1, WrongGuesses(rig, Samples.KnownCard));
    }

    [Fact]
    public async Task The_pin_is_wiped_after_the_decision()
    {
        using var rig = Rig().Holding(Samples.Branch(), Samples.Adult());
        var presentation = NodeRig.Presentation(Samples.KnownCard);

        await rig.Decider.DecideAsync(presentation);

        await Patience.Until(() => presentation.Pin.All(digit => digit == 0), "the PIN was wiped");
    }

    [Fact]
    public async Task Nothing_in_the_data_folder_tells_pin_or_card_number()
    {
        const string sentinel = "20831783178317";
        using (var rig = Rig().Holding(Samples.Branch(), Samples.Adult(sentinel)))
        {
            await rig.Present(sentinel);
            await rig.Present(sentinel, Samples.WrongPin);
            await rig.Present("20999999999998", Samples.Pin);
        }

        Assert.All(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories), file =>
        {
            var content = File.ReadAllText(file, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(sentinel, content, StringComparison.Ordinal);
            Assert.DoesNotContain("20999999999998", content, StringComparison.Ordinal);
        });
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private NodeRig Rig() => new(_folder, _authority);

    private static int WrongGuesses(NodeRig rig, string card) => rig.Guesses.StateOf(Samples.TokenOf(card)).WrongTimes.Count;
}
