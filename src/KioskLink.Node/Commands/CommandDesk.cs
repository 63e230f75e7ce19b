using KioskLink.Node.Clock;
using KioskLink.Node.Doors;
using KioskLink.Node.Journal;
using KioskLink.Node.Passages;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Doors;
using NodaTime;
using BanProof = KioskLink.Rules.Access.BanProof;
using DoorState = KioskLink.Protos.Register.V1.DoorState;

namespace KioskLink.Node.Commands;

/// <summary>Carries out remote commands: each at most once, none after its end, none without a record. One command at a time.</summary>
/// <param name="nodeId">The node.</param>
/// <param name="doors">The doors by id.</param>
/// <param name="interlocks">Opens doors, of interlocked ones one at a time.</param>
/// <param name="lockdown">Which doors are in lockdown.</param>
/// <param name="confirmStaff">Takes the word that staff has come.</param>
/// <param name="branch">The branch; null until the first sync.</param>
/// <param name="record">Appends a record to the journal.</param>
/// <param name="now">The node's time.</param>
internal sealed class CommandDesk(
    string nodeId, IReadOnlyDictionary<string, DoorLoop> doors, Interlocks interlocks, Lockdown lockdown, Func<StaffArrival> confirmStaff, Func<BranchPolicy?> branch,
    Func<RecordOpen, Task<AppendResult>> record, Func<Instant> now)
{
    private readonly CommandLedger _ledger = new();

    /// <summary>Carries out a command. One state for each of its doors; null when it is known already and was answered before.</summary>
    public async Task<IReadOnlyList<DoorState>?> CarryOutAsync(ReceiveCommandsResponse command)
    {
        if (!_ledger.TryNote(command.CommandId))
            return null;
        var results = new List<DoorState>();
        foreach (var doorId in command.DoorId.Length > 0 ? [command.DoorId] : doors.Keys)
            results.Add(await CarryOutAsync(command, doorId));
        return results;
    }

    private async Task<DoorState> CarryOutAsync(ReceiveCommandsResponse command, string doorId)
    {
        if (!doors.TryGetValue(doorId, out var door))
            return new DoorState { NodeId = nodeId, DoorId = doorId, Problem = $"This node has no door {doorId}: look at node.json." };
        if (command.Command == DoorCommand.State)
            return Report(door, null);
        if (command.Command == DoorCommand.ProveBan)
            return Report(door, BanProof.FindProblem(branch(), doorId, command.BranchId, now()));
        var asked = await record(RecordOf(command, doorId, $"asked by role {command.Role}: {command.Reason}"));
        var problem = command.ExpireTime?.FromProto() <= now()
            ? "The command came too late and was not carried out: give it again."
            : await DoAsync(command, door, asked);
        await record(RecordOf(command, doorId, problem ?? "done"));
        return Report(door, problem);
    }

    private Task<string?> DoAsync(ReceiveCommandsResponse command, DoorLoop door, AppendResult asked) => command.Command switch
    {
        DoorCommand.Open when asked.Problem is { } problem => Task.FromResult<string?>($"The command cannot be recorded, so the door stays locked: {problem}."),
        DoorCommand.Open => OpenAsync(command, door),
        DoorCommand.Lockdown => LockDownAsync(door),
        DoorCommand.Release => ReleaseAsync(door),
        DoorCommand.ConfirmStaff => Task.FromResult(ConfirmStaff()),
        _ => Task.FromResult<string?>("This node does not know the command: update its program."),
    };

    private async Task<string?> OpenAsync(ReceiveCommandsResponse command, DoorLoop door)
    {
        if (branch() is not { } policy || policy.Doors.FirstOrDefault(listed => listed.Id == door.Id) is not { } listed)
            return $"The branch has no door {door.Id}: list it with `kiosklink branch apply`.";
        var passing = await interlocks.UnlockAsync(door, new DoorGranted($"{command.CommandId}/{door.Id}", listed.UnlockFor ?? policy.UnlockFor));
        return (passing.Outcome, lockdown.Holds(door.Id)) switch
        {
            (Outcome.Unlocked, _) => null,
            _ when passing.Why == Withheld.OtherDoor => "A door that is interlocked with it is open: close that one first.",
            (Outcome.NotMoved, true) => "The door is in lockdown: release it first.",
            (Outcome.NotMoved, _) => "The door is busy: try again.",
            _ => "The lock did not answer in time and was not moved later: check its device, supply and line.",
        };
    }

    private async Task<string?> LockDownAsync(DoorLoop door)
    {
        var locked = door.PostAsync(new LockdownOrdered());
        try
        {
            lockdown.Begin([door.Id]);
        }
        catch (IOException fault)
        {
            return $"The lockdown holds, but it cannot be kept on disk and would end with a restart ({fault.Message}): mend the disk.";
        }
        return await locked ? null : "The door is busy: the lockdown holds for cards, but a free door may stay open until it is given again.";
    }

    private async Task<string?> ReleaseAsync(DoorLoop door)
    {
        try
        {
            lockdown.Release([door.Id]);
        }
        catch (IOException fault)
        {
            return $"The end of the lockdown cannot be kept on disk ({fault.Message}): mend the disk and release it again.";
        }
        return await door.PostAsync(new LockdownReleased()) ? null : "The door is busy: release it again.";
    }

    private string? ConfirmStaff()
    {
        try
        {
            return confirmStaff() switch
            {
                StaffArrival.Noted => null,
                StaffArrival.ClockUntrusted => "The node's clock is not trusted, so it could be any day: bring its link up first.",
                _ => "These are no staffed hours: the doors stay as they are.",
            };
        }
        catch (IOException fault)
        {
            return $"Staff counts as come, but that cannot be kept on disk and would end with a restart ({fault.Message}): mend the disk.";
        }
    }

    private DoorState Report(DoorLoop door, string? problem)
    {
        var state = DoorReport.Of(nodeId, door);
        (state.Done, state.Problem) = (problem is null, problem ?? "");
        return state;
    }

    private static RecordOpen RecordOf(ReceiveCommandsResponse command, string doorId, string detail) => new()
    {
        Kind = RecordKind.Command,
        AttemptId = command.CommandId,
        DoorId = doorId,
        Detail = $"{command.Command}: {detail}",
    };
}
