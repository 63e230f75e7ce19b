using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Access;

namespace KioskLink.Simulation.Centre;

/// <summary>A presentation as a node asks the register about it.</summary>
internal sealed record Question(string NodeId, string BranchId, string DoorId, string AttemptId, string Number, string Pin, DoorConditions Conditions);

/// <summary>What the register said, and at which version.</summary>
internal sealed record Answer(Decision Decision, long Version);
