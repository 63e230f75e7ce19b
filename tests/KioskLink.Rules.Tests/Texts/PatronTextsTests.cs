using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Tests.Access;
using KioskLink.Rules.Texts;
using NodaTime;

namespace KioskLink.Rules.Tests.Texts;

public class PatronTextsTests
{
    private static readonly BranchPolicy Branch = Library.Branch;

    public static TheoryData<PinResult> NotRight => new(PinResult.Missing, PinResult.Wrong, PinResult.Locked);

    [Theory]
    [MemberData(nameof(NotRight))]
    public void An_unknown_card_reads_like_a_known_one_without_its_pin(PinResult pin)
    {
        foreach (var door in new[] { Library.Door, Library.Offline })
        {
            Assert.Equal(Read(Library.Card, door, pin), Read(new UnknownCard(), door, pin));
            Assert.Equal(Read(Library.Card with { Language = Language.En, Lost = true }, door, pin), Read(new UnknownCard(), door, pin));
        }
    }

    [Theory]
    [InlineData(DecisionCode.CardUnknown)]
    [InlineData(DecisionCode.PinWrong)]
    [InlineData(DecisionCode.OfflineNotCached)]
    public void Codes_that_would_tell_a_finder_something_share_one_text(DecisionCode code)
    {
        var text = For(code);
        Assert.Equal(("not_accepted", "Korttia tai tunnuslukua ei hyväksytty."), (text.Key, text.Text));
        Assert.Equal("not_accepted", For(code, offline: true).Key);
        Assert.Equal("Korttia tai tunnuslukua ei hyväksytty. Yhteys on poikki.", For(code, offline: true).Text);
    }

    [Fact]
    public void Outdoors_bans_and_fees_are_not_named_unless_the_profile_says_so()
    {
        foreach (var code in new[] { DecisionCode.UseBan, DecisionCode.SelfServiceBan, DecisionCode.LoanBan, DecisionCode.FeesOverLimit })
        {
            var neutral = For(code, outdoors: true);
            Assert.Equal("contact_library", neutral.Key);
            Assert.EndsWith("Apua: 03 814 11.", neutral.Text, StringComparison.Ordinal);
            Assert.NotEqual("contact_library", For(code).Key);
            Assert.Equal(For(code), For(code, Branch with { PlainTextsOutdoors = true }, outdoors: true));
        }
    }

    [Fact]
    public void A_restricted_patron_reads_no_reason_anywhere() => Assert.Equal("contact_library", For(DecisionCode.PatronRestricted).Key);

    [Theory]
    [InlineData(Language.Fi, "Kirjasto on nyt suljettu. Aukeaa ma 23.11. klo 6.00.")]
    [InlineData(Language.Sv, "Biblioteket är stängt nu. Vi öppnar mån 23.11. kl. 6.00.")]
    [InlineData(Language.En, "The library is closed now. We open on Mon 23 Nov at 6:00.")]
    public void A_closed_library_names_its_next_opening_in_local_time(Language language, string expected)
    {
        var decision = new Decision(DecisionCode.Closed, Duration.Zero, language, Instant.FromUtc(2026, 11, 23, 4, 0));
        Assert.Equal(expected, PatronTexts.For(decision, Branch, false, false, Language.Unknown).Text);
    }

    [Fact]
    public void The_language_is_the_patrons_then_the_doors_then_the_branchs_then_Finnish()
    {
        Assert.Equal(Language.Sv, Speak(Language.Sv, Language.En, Branch).Language);
        Assert.Equal(Language.En, Speak(Language.Unknown, Language.En, Branch).Language);
        Assert.Equal(Language.Sv, Speak(Language.Unknown, Language.Unknown, Branch with { Languages = [Language.Sv, Language.Fi] }).Language);
        Assert.Equal(Language.Fi, Speak(Language.Unknown, Language.Unknown, Branch with { Languages = [] }).Language);
        Assert.Equal(Language.Fi, Speak(Language.Unknown, Language.Unknown, null).Language);
    }

    [Fact]
    public void Every_code_has_a_text_of_its_own_in_every_language()
    {
        foreach (var code in Enum.GetValues<DecisionCode>().Where(code => code != DecisionCode.None))
        {
            var texts = Enum.GetValues<Language>().Where(language => language != Language.Unknown)
                .Select(language => PatronTexts.For(new Decision(code, Duration.Zero, language, null), Branch, false, true, Language.Unknown).Text)
                .ToArray();
            Assert.All(texts, text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.Equal(3, texts.Distinct().Count());
        }
    }

    private static PatronText Speak(Language patron, Language fallback, BranchPolicy? branch) =>
        PatronTexts.For(new Decision(DecisionCode.Granted, Duration.Zero, patron, null), branch, false, false, fallback);

    private static PatronText For(DecisionCode code, BranchPolicy? branch = null, bool outdoors = false, bool offline = false) =>
        PatronTexts.For(new Decision(code, Duration.Zero, Language.Fi, null), branch ?? Branch, outdoors, offline, Language.Unknown);

    private static PatronText Read(Facts facts, DoorSituation door, PinResult pin) =>
        PatronTexts.For(AccessRules.Decide(facts, door, pin, Library.Noon), door.Branch, outdoors: true, door.Offline is not null, Language.Fi);
}
