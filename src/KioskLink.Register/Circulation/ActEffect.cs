using System.Text.Json;

namespace KioskLink.Register.Circulation;

/// <summary>One thing that an act did, so that it can be withdrawn: ids and what stood before, never whose it was.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Id">The loan, hold or payment; empty where nothing can be undone by it.</param>
internal sealed record ActEffect(EffectKind Kind, string Id = "")
{
    /// <summary>The item; empty where there is none.</summary>
    public string Item { get; init; } = "";

    /// <summary>The fee that was charged with it; empty where none was.</summary>
    public string FeeId { get; init; } = "";

    /// <summary>The loan's branch before.</summary>
    public string BranchId { get; init; } = "";

    /// <summary>The last day of the loan after a renewal.</summary>
    public string DueOn { get; init; } = "";

    /// <summary>The last day before it.</summary>
    public string DueBefore { get; init; } = "";

    /// <summary>The last day before the renewal that went before; empty where none did.</summary>
    public string RenewedFrom { get; init; } = "";

    /// <summary>How often the loan was renewed before.</summary>
    public int Renewals { get; init; }

    /// <summary>What an act did, as its row keeps it; empty for nothing.</summary>
    public static string Keep(IReadOnlyCollection<ActEffect> effects) => effects.Count == 0 ? "" : JsonSerializer.Serialize(effects);

    /// <summary>Reads it back.</summary>
    public static IReadOnlyList<ActEffect> Read(string kept) => kept.Length == 0 ? [] : JsonSerializer.Deserialize<List<ActEffect>>(kept)!;
}

/// <summary>What an act did; the numbers are those of the rows.</summary>
internal enum EffectKind
{
    /// <summary>A loan began.</summary>
    Lent = 1,

    /// <summary>A loan was renewed.</summary>
    Renewed = 2,

    /// <summary>A loan ended.</summary>
    Returned = 3,

    /// <summary>A hold was placed.</summary>
    Held = 4,

    /// <summary>Fees were paid.</summary>
    Paid = 5,

    /// <summary>What nobody can undo without knowing whose it was: staff looks at it.</summary>
    Other = 6,
}
