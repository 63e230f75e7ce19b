using KioskLink.Node.Deciding;
using KioskLink.Node.Replica;
using KioskLink.Rules.Access;
using KioskLink.Simulation.Centre;
using NodaTime;

namespace KioskLink.Simulation.Branch;

/// <summary>A decision before it is recorded.</summary>
internal sealed record SimVerdict(Question Question, DecisionSource Source, Decision Decision, PinResult? Pin, long FactsVersion, Duration FactsAge);

/// <summary>What a node stood on when it decided alone.</summary>
internal sealed record Ground(Holder Holder, OfflineSituation Footing, Instant Now, long BranchVersion, Instant? AsOf);
