using KioskLink.Protos.Register.V1;
using KioskLink.Register.Console.Doors;
using KioskLink.Register.Console.Texts;
using KioskLink.Register.Facts;
using NodaTime;

namespace KioskLink.Register.Tests.Console;

/// <summary>How old a node's facts are said to be.</summary>
public sealed class FreshnessTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 28, 8, 0);

    [Theory]
    [InlineData(true, true, 180, "up to date")]
    [InlineData(true, false, 1, "up to date")]
    [InlineData(true, false, 180, "3 h ago")]
    [InlineData(false, true, 180, "3 h ago")]
    public void A_linked_node_that_knows_everything_is_up_to_date_however_long_nothing_was_written(bool linked, bool atHead, int minutesAgo, string said)
    {
        var node = new NodeStatus { Connected = linked, AtHead = atHead, ConfirmTime = (Now - Duration.FromMinutes(minutesAgo)).ToProto() };

        Assert.Equal(said, DoorWords.Age(new ConsoleTexts().In("en"), node, Now));
    }

    [Fact]
    public void A_door_without_a_node_has_no_facts_and_a_node_that_never_confirmed_says_so()
    {
        var words = new ConsoleTexts().In("en");

        Assert.Equal(("–", "never"), (DoorWords.Age(words, null, Now), DoorWords.Age(words, new NodeStatus { Connected = true }, Now)));
    }
}
