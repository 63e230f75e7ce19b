using KioskLink.Rules.Access;

namespace KioskLink.Register.Profiles;

/// <summary>A reason for which patrons are banned (R29).</summary>
internal sealed record BanReasonProfile
{
    /// <summary>The code that a ban stores: lower-case words joined by hyphens.</summary>
    public required string Code { get; init; }

    /// <summary>The kinds of ban that it is for; none means every kind.</summary>
    public IReadOnlyList<BanKind> Kinds { get; init; } = [];

    /// <summary>What staff and the patron read in place of the code.</summary>
    public required LocalText Text { get; init; }

    /// <summary>Whether a ban of a kind may rest on it.</summary>
    public bool IsFor(BanKind kind) => Kinds.Count == 0 || Kinds.Contains(kind);
}
