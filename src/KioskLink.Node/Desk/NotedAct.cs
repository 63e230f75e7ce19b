using NodaTime;

namespace KioskLink.Node.Desk;

/// <summary>A note as the page lists it. Nothing tells whose it is but the card's end, and that only until the register has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it happened, local time.</param>
/// <param name="IsTimeSure">Whether something vouched for that time.</param>
/// <param name="Kind">Key of what was done.</param>
/// <param name="Named">The item, or the title.</param>
/// <param name="CardEnd">The card's last digits; empty where there is none, or it is forgotten.</param>
/// <param name="By">The account's number.</param>
public sealed record NotedAct(string Id, LocalDateTime At, bool IsTimeSure, string Kind, string Named, string CardEnd, string By)
{
    /// <summary>The name of whoever noted it, where that person is signed in now; empty otherwise, since the node keeps no names.</summary>
    public string ByName { get; init; } = "";

    /// <summary>The last day of a loan; null for every other deed.</summary>
    public LocalDate? DueOn { get; init; }

    /// <summary>Where a hold is picked up; empty means this branch.</summary>
    public string PickUpBranch { get; init; } = "";

    /// <summary>Key of how it stands.</summary>
    public required string State { get; init; }

    /// <summary>`good`, `warn` or `bad`.</summary>
    public required string Tone { get; init; }

    /// <summary>Key of what speaks against it; empty for nothing.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Key of what to do about it; empty for nothing.</summary>
    public string Mend { get; init; } = "";
}

/// <summary>What was noted by hand, newest first.</summary>
/// <param name="Shown">Those that are shown.</param>
/// <param name="Total">How many are kept.</param>
/// <param name="Waiting">How many of them wait for the register.</param>
/// <param name="ToLookAt">How many of them somebody has to look at.</param>
public sealed record NotedActs(IReadOnlyList<NotedAct> Shown, int Total, int Waiting, int ToLookAt);
