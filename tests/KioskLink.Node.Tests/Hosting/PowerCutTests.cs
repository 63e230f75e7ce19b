using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Hosting;

/// <summary>A node whose key the register keeps, after a power cut: badges open, patrons wait for the link.</summary>
public class PowerCutTests
{
    [Theory]
    [InlineData(true, DecisionCode.OfflineNotCached)]
    [InlineData(false, DecisionCode.ClockUntrusted)]
    public async Task After_a_power_cut_badges_open_without_the_register_and_patrons_once_it_is_back(bool batteryClock, DecisionCode refusal)
    {
        await using var node = new WholeNode { BatteryClock = batteryClock };
        await node.StartRegisterAsync();
        await node.StartAsync();
        await node.StopAsync();
        await node.StopRegisterAsync();
        node.Reboot();
        await node.StartAsync();

        var badge = await node.PresentAsync(Samples.Badge);
        Assert.Equal((DecisionCode.GrantedBadge, Source.Replica), (badge.Code, badge.Source));
        await node.Relay.NextWhere(switched => switched == (0, true), "the door's unlocking");
        Assert.Equal(refusal, (await node.PresentAsync(Samples.KnownCard, Samples.Pin)).Code);

        await node.StartRegisterAsync();
        await Patience.Until(async () => (await node.StatusAsync()).Link == LinkState.Online, "the link was online");
        Assert.Equal(DecisionCode.Granted, (await node.PresentAsync(Samples.KnownCard, Samples.Pin)).Code);
    }

    [Fact]
    public async Task The_disk_without_the_register_gives_no_way_to_try_a_card_number()
    {
        await using var node = new WholeNode();
        await node.StartRegisterAsync();
        await node.StartAsync();
        await node.PresentAsync(Samples.KnownCard, Samples.Pin);
        await node.StopAsync();

        var badgeKey = await File.ReadAllBytesAsync(Path.Combine(node.Data, "badge.key"));
        var underBadgeKey = Rules.Cards.CardToken.Of(badgeKey, TestAuthority.Consortium, Samples.KnownCard);

        Assert.All(Directory.GetFiles(node.Data, "*", SearchOption.AllDirectories), file =>
        {
            var content = File.ReadAllBytes(file).AsSpan();
            Assert.Equal(-1, content.IndexOf(underBadgeKey));
            Assert.Equal(-1, content.IndexOf(node.NodeKey));
            Assert.Equal(-1, content.IndexOf(Rules.Cards.NodeKeys.Derive(node.NodeKey).KCard));
            Assert.Equal(-1, content.IndexOf(Rules.Cards.NodeKeys.Derive(node.NodeKey).KPin));
        });
    }
}
