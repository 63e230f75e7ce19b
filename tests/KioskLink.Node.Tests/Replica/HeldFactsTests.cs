using KioskLink.Node.Replica;
using KioskLink.Node.Tests.Rig;
using KioskLink.Rules.Access;

namespace KioskLink.Node.Tests.Replica;

public class HeldFactsTests
{
    private readonly HeldFacts _facts = new(ReplicaMark.Empty, []);

    [Fact]
    public void What_a_snapshot_dropped_stays_to_be_dropped_from_the_disk_until_that_was_written()
    {
        Snapshot(1, Samples.KnownCard, Samples.UnknownCard);
        _facts.OnWritten();
        Snapshot(2, Samples.KnownCard);

        var onFullDisk = _facts.Unwritten();
        _facts.OnWatermark(Samples.At(2), NodaTime.Instant.FromUtc(2026, 12, 1, 10, 0));
        var later = _facts.Unwritten();

        Assert.IsType<UnknownCard>(_facts.Find(Samples.TokenOf(Samples.UnknownCard)).Facts);
        Assert.True(onFullDisk!.Drops);
        Assert.True(later!.Drops);
        Assert.Equal(2, later.Generation);
    }

    private void Snapshot(long version, params string[] cards)
    {
        _facts.Begin(snapshot: true, Samples.Keys.KeyId);
        foreach (var card in cards)
            _facts.Apply(Samples.State(Samples.Adult(card), version));
        _facts.Complete(Samples.At(version));
    }
}
