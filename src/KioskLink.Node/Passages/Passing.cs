using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Passages;

/// <summary>What became of a door that was to open.</summary>
/// <param name="Outcome">What the lock did.</param>
/// <param name="Why">Why it was not moved, where somebody is told.</param>
internal readonly record struct Passing(Outcome Outcome, Withheld Why = Withheld.None);

/// <summary>Why a lock was not moved although its door may open.</summary>
internal enum Withheld
{
    /// <summary>For none of the reasons below.</summary>
    None,

    /// <summary>A door that is interlocked with it is open or about to be.</summary>
    OtherDoor,

    /// <summary>Whoever showed the card is inside already.</summary>
    CheckedIn,
}
