using KioskLink.Node.Desk;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Desk;

/// <summary>What staff at the desk is told of a card.</summary>
public sealed class DeskTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly NodeRig _node;

    public DeskTests() => _node = new NodeRig(_folder, new TestAuthority()).Holding(Samples.Branch(), Samples.Adult());

    public void Dispose()
    {
        _node.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Samples.KnownCard, "desk.Granted", "good")]
    [InlineData(Samples.UnknownCard, "desk.OfflineNotCached", "warn")]
    [InlineData("12", "desk.CardUnreadable", "warn")]
    public void A_card_is_judged_by_what_the_node_holds_and_never_by_what_it_does_not(string card, string code, string tone)
    {
        var answer = new DeskCheck(_node.Parts).Look(card);

        Assert.Equal((code, tone), (answer.Code, answer.Tone));
        Assert.Equal(card.Length > 4 ? card[^4..] : "", answer.LastDigits);
    }

    [Fact]
    public void A_ban_that_the_node_knows_of_is_told_at_the_desk()
    {
        var banned = Samples.Adult();
        banned.Bans.Add(new BanFact { Kind = BanKind.Use, StartTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch) });
        _node.Holding(Samples.Branch(), banned);

        var answer = new DeskCheck(_node.Parts).Look(Samples.KnownCard);

        Assert.Equal(("desk.UseBan", "bad"), (answer.Code, answer.Tone));
    }
}
