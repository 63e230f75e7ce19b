using Grpc.Core;
using KioskLink.Node.Doors;
using KioskLink.Node.Passages;
using KioskLink.Protos.Node.V1;
using KioskLink.Rules.Doors;
using NodaTime;
using Outcome = KioskLink.Protos.Types.V1.Outcome;

namespace KioskLink.Node.Diagnostics;

/// <summary>Unlocks a door once, so that a technician sees and hears its lock. Nothing moves before it is on record. Thread-safe.</summary>
internal sealed class RelayTest(Premises premises, TechnicianLog log)
{
    /// <summary>How long the lock is unlocked.</summary>
    public static readonly Duration UnlockFor = Duration.FromSeconds(3);

    /// <summary>The longest reason, characters.</summary>
    public const int ReasonMax = 200;

    /// <summary>Tests the lock of a door.</summary>
    /// <param name="request">The door, and whether it may open.</param>
    /// <param name="by">Who tests.</param>
    /// <param name="reason">Why, for the journal; empty where nobody asks for it.</param>
    /// <exception cref="RpcException">NOT_FOUND, or FAILED_PRECONDITION: nobody says that the door may open, or it cannot be recorded.</exception>
    public async Task<TestRelayResponse> RunAsync(TestRelayRequest request, string by, string reason = "")
    {
        var door = premises.DoorOf(request.DoorId)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"DOOR_UNKNOWN: This node has no door {request.DoorId}: look at node.json."));
        if (!request.DoorMayOpen)
            throw Refuse("NOT_CONFIRMED", "Stand at the door, see that nobody is harmed when it opens, and say that it may.");
        var attempt = Guid.NewGuid().ToString("N");
        var asked = await log.NoteAsync(by, "", reason.Length == 0 ? "tests the lock, and says that the door may open" : $"tests the lock, and says that the door may open: {reason}", door.Id, attempt);
        if (asked.Problem is { } problem)
            throw Refuse("NOT_RECORDED", $"The test cannot be recorded, so the door stays locked: {problem}.");
        var passing = await premises.UnlockAsync(door, new DoorGranted(attempt, UnlockFor));
        await log.NoteAsync(by, "", $"the lock: {passing.Outcome}", door.Id, attempt);
        return new TestRelayResponse { Unlocked = passing.Outcome == Outcome.Unlocked, Problem = Explain(passing) };
    }

    private static string Explain(Passing passing) => passing.Outcome switch
    {
        Outcome.Unlocked => "",
        _ when passing.Why == Withheld.OtherDoor => "A door that is interlocked with it is open: close that one first.",
        Outcome.NotMoved => "The door is busy or in lockdown: nothing was moved.",
        _ => "The lock did not answer in time and was not moved later: check its device, supply and line.",
    };

    private static RpcException Refuse(string reason, string sentence) => new(new Status(StatusCode.FailedPrecondition, $"{reason}: {sentence}"));
}
