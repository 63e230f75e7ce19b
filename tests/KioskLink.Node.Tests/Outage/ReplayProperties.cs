using FsCheck;
using FsCheck.Fluent;

namespace KioskLink.Node.Tests.Outage;

/// <summary>Any interleaving of acts, cuts, kills, duplicates, lost answers and full disks ends with each act in the register once, in order per item.</summary>
public sealed class ReplayProperties
{
    private static readonly Gen<Turn[]> AnyHistory = Gen.Frequency(
        (6, Gen.Choose(0, 3).Select(item => new Turn(Happening.Act, item))),
        (8, Gen.Constant(new Turn(Happening.Answer, 0))),
        (3, Gen.Constant(new Turn(Happening.LostAnswer, 0))),
        (3, Gen.Constant(new Turn(Happening.LostRequest, 0))),
        (2, Gen.Constant(new Turn(Happening.Duplicate, 0))),
        (2, Gen.Constant(new Turn(Happening.Puzzle, 0))),
        (2, Gen.Constant(new Turn(Happening.FullDisk, 0))),
        (3, Gen.Constant(new Turn(Happening.Cut, 0))),
        (4, Gen.Constant(new Turn(Happening.Restore, 0))),
        (4, Gen.Constant(new Turn(Happening.PauseOver, 0))),
        (2, Gen.Constant(new Turn(Happening.Kill, 0)))).ArrayOf(80);

    [Fact]
    public void R89_Every_act_reaches_the_register_once_and_in_order_per_item() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000),
        Prop.ForAll(Arb.From(AnyHistory), history =>
        {
            var world = new ReplayWorld();
            foreach (var turn in history)
                world.Take(turn);
            world.Heal();
            return world.EachActIsUpstreamOnce && world.OrderHoldsPerItem && world.EveryOutcomeIsWritten;
        }));

    [Fact]
    public void While_nothing_puzzles_the_register_the_order_holds_over_all_items() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1_000),
        Prop.ForAll(Arb.From(AnyHistory), history =>
        {
            var world = new ReplayWorld();
            foreach (var turn in history.Where(turn => turn.What != Happening.Puzzle))
                world.Take(turn);
            world.Heal();
            return world.OrderHolds;
        }));

    [Fact]
    public void An_act_that_puzzles_the_register_for_ever_keeps_only_its_own_item_waiting()
    {
        var world = new ReplayWorld { PuzzledForEver = 1 };
        foreach (var item in new[] { 0, 1, 0, 2 })
            world.Take(new Turn(Happening.Act, item));
        world.Take(new Turn(Happening.Restore, 0));

        for (var turn = 0; turn < 60; turn++)
        {
            world.Take(new Turn(Happening.Answer, 0));
            world.Take(new Turn(Happening.PauseOver, 0));
        }

        Assert.Equal([2L, 4L], world.Upstream);
    }
}
