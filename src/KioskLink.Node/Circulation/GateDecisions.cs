using KioskLink.Node.Deciding;
using KioskLink.Protos.Register.V1;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using PinResult = KioskLink.Rules.Access.PinResult;

namespace KioskLink.Node.Circulation;

/// <summary>What a gate's questions need done at the doors.</summary>
/// <param name="Conditions">What a door of this node knows; null when it is none of ours.</param>
/// <param name="Decide">Decides and records, and records that no lock was moved. Wipes the PIN.</param>
internal sealed record GateWork(Func<string, DoorConditions?> Conditions, Func<Presentation, Task<DecisionRecord>> Decide);

/// <summary>
/// 23 and 63 of a gate that moves its own lock: the decision at a door, online and offline as at the node's own readers. It hears yes or no and a reason, and
/// nothing of who it is (R31).
/// </summary>
internal sealed class GateDecisions(GateWork work, TimeProvider time)
{
    /// <summary>Decides.</summary>
    /// <param name="question">The card and the PIN.</param>
    /// <param name="login">The gate.</param>
    /// <param name="doorId">The door it stands at.</param>
    public async Task<PatronAnswer> DecideAsync(PatronQuestion question, string login, string doorId)
    {
        var decided = await work.Decide(new Presentation
        {
            AttemptId = Guid.NewGuid().ToString("N"),
            DoorId = doorId,
            DeviceId = login,
            Card = question.Card,
            Pin = question.Pin.Typed is { } typed ? typed.Utf8.ToArray() : [],
            ReadAt = time.GetTimestamp(),
            Conditions = work.Conditions(doorId) ?? new DoorConditions(),
        });
        return Answer(decided);
    }

    private static PatronAnswer Answer(DecisionRecord decided) => new()
    {
        // A card whose PIN was not right is nobody's to a gate.
        Standing = decided.MayUnlock ? PatronStanding.Good : decided.Pin == PinResult.Right ? PatronStanding.Refused : PatronStanding.Unknown,
        Flags = decided.MayUnlock ? PatronFlags.None : PatronFlags.AllDenied,
        Pin = decided.Pin switch
        {
            PinResult.Right => PinVerdict.Right,
            PinResult.Wrong => PinVerdict.Wrong,
            PinResult.Locked => PinVerdict.Locked,
            _ => PinVerdict.NotChecked,
        },
        Attributes = new Dictionary<PatronAttribute, string> { [PatronAttribute.SelfServiceAccess] = decided.MayUnlock ? "1" : "0" },
        ScreenMessages = decided.Message.Length > 0 ? [decided.Message] : [],
    };
}
