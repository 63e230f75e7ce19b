using KioskLink.Circulation.Lending;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>What staff is told of a card that a machine has kept or wants blocked.</summary>
public sealed class BlockWordsTests
{
    [Theory]
    [InlineData(true, "20000000000018", "stolen", "Machine kiosk1 has kept a card …0018 (stolen): look at it; nothing was blocked.")]
    [InlineData(false, "", "", "Machine kiosk1 asks to block a card: look at it; nothing was blocked.")]
    [InlineData(false, "0018", "seen\r\n  twice", "Machine kiosk1 asks to block a card (seen twice): look at it; nothing was blocked.")]
    [InlineData(true, "x", "card 20000000000018 left", "Machine kiosk1 has kept a card (card …0018 left): look at it; nothing was blocked.")]
    public void Staff_hears_which_card_it_is_by_its_end_and_what_the_machine_says_of_it(bool kept, string card, string reason, string told) =>
        Assert.Equal(told, BlockWords.Of("kiosk1", new BlockQuestion { Asker = new(), CardRetained = kept, Card = card, Reason = reason }));

    [Fact]
    public void A_long_reason_is_cut_short() => Assert.Contains(
        $"({new string('x', BlockWords.ReasonMax)}…)", BlockWords.Of("kiosk1", new BlockQuestion { Asker = new(), Reason = new string('x', 500) }), StringComparison.Ordinal);
}
