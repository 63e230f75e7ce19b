using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Rules.Tests.Access;

public sealed class BanProofTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 24, 10, 0);

    private static readonly BranchPolicy Branch = new() { Id = "FI-Here", Consortium = "lastu", Doors = [new DoorPolicy("front", "Front", null)] };

    [Fact]
    public void R33_A_branch_that_knows_itself_refuses_whom_it_has_banned() =>
        Assert.Null(BanProof.FindProblem(Branch, "front", "FI-Here", Now));

    [Fact]
    public void R33_A_branch_with_another_id_is_found_out_since_it_would_let_the_banned_in() =>
        Assert.Contains("FI-Here", BanProof.FindProblem(Branch with { Id = "" }, "front", "FI-Here", Now)!, StringComparison.Ordinal);

    [Fact]
    public void R33_Without_a_branch_or_its_door_nothing_is_proven()
    {
        Assert.NotNull(BanProof.FindProblem(null, "front", "FI-Here", Now));
        Assert.NotNull(BanProof.FindProblem(Branch, "back", "FI-Here", Now));
    }
}
