using KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Access;

/// <summary>What an attempt's row tells as an entry at a door, in SQL over <c>attempts</c>: for the door log's end and for statistics alike.</summary>
internal static class DoorEntries
{
    /// <summary>When it was, UTC milliseconds; 0 where nobody can tell.</summary>
    public const string At = "coalesce(presented_at, answered_at, received_at, 0)";

    /// <summary>What came of it: what the node did, else what the register answered.</summary>
    public const string Code = "CASE WHEN code = 0 THEN register_code ELSE code END";

    /// <summary>
    /// Whether the entry is counted already: the register answered it, and that row had become a count before the node's record came,
    /// <c>$kept</c> milliseconds or more after it.
    /// </summary>
    public static readonly string IsCounted =
        $"(source = {(int)Source.Register} AND register_code = 0 AND received_at IS NOT NULL AND received_at - {At} > $kept)";
}
