using KioskLink.Rules.Access;
using KioskLink.Rules.Loans;
using KioskLink.Rules.Texts;

namespace KioskLink.Rules.Tests.Texts;

public sealed class LoanTextsTests
{
    [Fact]
    public void Every_outcome_has_a_text_of_its_own_in_each_language()
    {
        foreach (var deed in Enum.GetValues<LoanDeed>())
        {
            foreach (var reason in Enum.GetValues<LoanReason>())
            {
                var texts = new[] { Language.Fi, Language.Sv, Language.En }.Select(language => LoanTexts.For(deed, reason, language).Text).ToList();
                Assert.All(texts, text => Assert.EndsWith(".", text, StringComparison.Ordinal));
                Assert.Equal(3, texts.Distinct().Count());
            }
        }
    }

    [Fact]
    public void Reasons_do_not_share_their_keys()
    {
        var keys = Enum.GetValues<LoanReason>().Where(reason => reason != LoanReason.CardRefused).Select(reason => LoanTexts.For(LoanDeed.Lent, reason, Language.Fi).Key).ToList();

        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Theory]
    [InlineData(PinResult.Missing, DecisionCode.PinMissing)]
    [InlineData(PinResult.Locked, DecisionCode.PinLocked)]
    [InlineData(PinResult.Wrong, DecisionCode.PinWrong)]
    public void An_unknown_card_reads_like_a_known_one_with_the_same_pin(PinResult pin, DecisionCode known) =>
        Assert.Equal(LoanTexts.ForCard(known, pin, Language.En), LoanTexts.ForCard(DecisionCode.CardUnknown, pin, Language.En));

    [Fact]
    public void Without_a_known_language_the_text_is_finnish() => Assert.Equal(Language.Fi, LoanTexts.For(LoanDeed.Lent, LoanReason.Done, Language.Unknown).Language);
}
