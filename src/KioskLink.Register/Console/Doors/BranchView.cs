using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Console.Doors;

/// <summary>A branch as the page of doors shows it.</summary>
/// <param name="Id">The branch.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is now; unspecified where it has no hours.</param>
/// <param name="Until">When that changes; null where the calendar does not tell.</param>
/// <param name="Doors">Its doors.</param>
/// <param name="Alarms">What is wrong in it, in the language of the page.</param>
public sealed record BranchView(string Id, string Name, PeriodKind Kind, Timestamp? Until, IReadOnlyList<DoorView> Doors, IReadOnlyList<Alarm> Alarms);

/// <summary>A door as the page of doors shows it.</summary>
/// <param name="BranchId">Its branch.</param>
/// <param name="DoorId">The door.</param>
/// <param name="Name">Its name.</param>
/// <param name="Node">Its node; null where none is enrolled.</param>
/// <param name="State">What its node last said of it; null when nothing was said.</param>
/// <param name="Last">The last attempt; null when there is none.</param>
public sealed record DoorView(string BranchId, string DoorId, string Name, NodeStatus? Node, DoorState? State, Attempt? Last);
