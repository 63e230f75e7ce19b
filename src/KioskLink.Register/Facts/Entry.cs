using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Identity;
using KioskLink.Rules.Pins;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Facts;

/// <summary>An entity in memory. Immutable: a change makes a new one with a newer version.</summary>
internal abstract record Entry
{
    /// <summary>The version of the change that made it; 0 while the change is not committed.</summary>
    public long Version { get; init; }

    /// <summary>When that change was committed.</summary>
    public Instant CommitTime { get; init; }

    /// <summary>The entity.</summary>
    public abstract EntityId Entity { get; }
}

/// <summary>A library card, its holder's door facts and its PIN verifier.</summary>
internal sealed record CardEntry : Entry
{
    /// <summary>The register's own number of the card.</summary>
    public required long CardId { get; init; }

    /// <summary>The register's own number of the patron.</summary>
    public required long PatronId { get; init; }

    /// <summary>The blind index of the card number.</summary>
    public required BlindIndex Key { get; init; }

    /// <summary>The sealed card number; <see cref="Vault.OpenCardNumber"/> opens it.</summary>
    public required byte[] SealedNumber { get; init; }

    /// <summary>The PIN verifier; null when the card has no PIN.</summary>
    public PinVerifier? Pin { get; init; }

    /// <summary>The facts, but for the age, which depends on the branch: see <see cref="FactsAt"/>.</summary>
    public required CardFacts Facts { get; init; }

    /// <summary>The holder's date of birth; it never leaves the register (R9). A community has none, and no age.</summary>
    public required LocalDate? Born { get; init; }

    /// <summary>The holder's home branch; empty when there is none.</summary>
    public string HomeBranch { get; init; } = "";

    /// <summary>The last grants by branch, newest first.</summary>
    public IReadOnlyList<Visit> Visits { get; init; } = [];

    /// <inheritdoc/>
    public override EntityId Entity => EntityId.Card(CardId);

    /// <summary>The whole facts for a branch on a day, the age rule filled in.</summary>
    public CardFacts FactsAt(BranchPolicy branch, LocalDate today)
    {
        var oldEnough = branch.MinimumAge <= 0 || Born is not { } born ? today : AgeRule.OkFrom(born, branch.MinimumAge);
        return oldEnough <= today ? Facts : Facts with { AgeOkFrom = oldEnough };
    }
}

/// <summary>The last grant of a card at a branch.</summary>
/// <param name="BranchId">The branch.</param>
/// <param name="At">When.</param>
internal sealed record Visit(string BranchId, Instant At);

/// <summary>What a PIN is checked against; <see cref="Sealed"/> holds V under the master key.</summary>
/// <param name="Algorithm">Id of the slow hash.</param>
/// <param name="Salt">Its salt, 16 bytes.</param>
/// <param name="Sealed">V, sealed.</param>
/// <param name="KeyId">Names the master key that sealed it.</param>
internal sealed record PinVerifier(string Algorithm, byte[] Salt, byte[] Sealed, string KeyId);

/// <summary>A badge.</summary>
internal sealed record BadgeEntry : Entry
{
    /// <summary>The blind index of the badge's card number.</summary>
    public required BlindIndex Key { get; init; }

    /// <summary>The sealed card number.</summary>
    public required byte[] SealedNumber { get; init; }

    /// <summary>What the rules look at.</summary>
    public required BadgeFacts Facts { get; init; }

    /// <summary>The badge as the API shows it, without token.</summary>
    public required Wire.Badge Badge { get; init; }

    /// <inheritdoc/>
    public override EntityId Entity => EntityId.Badge(Facts.BadgeRef);
}

/// <summary>A number that nobody has, on which PINs were tried.</summary>
internal sealed record NumberEntry : Entry
{
    /// <summary>The blind index of the number.</summary>
    public required BlindIndex Key { get; init; }

    /// <summary>How the guesses on it stand.</summary>
    public required GuessState Guesses { get; init; }

    /// <inheritdoc/>
    public override EntityId Entity => EntityId.Number(Key);
}

/// <summary>A branch and every rule in force there.</summary>
internal sealed record BranchEntry : Entry
{
    /// <summary>What the rules look at.</summary>
    public required BranchPolicy Policy { get; init; }

    /// <summary>The same on the wire. Not to be changed.</summary>
    public required Wire.BranchFacts Facts { get; init; }

    /// <summary>The branch as it was applied. Not to be changed.</summary>
    public required Wire.Branch Applied { get; init; }

    /// <inheritdoc/>
    public override EntityId Entity => EntityId.Branch(Policy.Id);
}
