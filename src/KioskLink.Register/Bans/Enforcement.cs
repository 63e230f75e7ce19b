using KioskLink.Protos.Register.V1;
using KioskLink.Register.Commands;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;

namespace KioskLink.Register.Bans;

/// <summary>Proves at a branch that a self-service ban is enforced, by the register and by each of its nodes on what it holds. Thread-safe.</summary>
internal sealed class Enforcement(RegisterCore core, DoorCommands commands, NodeDirectory directory)
{
    /// <summary>Puts an invented, banned holder to the rules of every door.</summary>
    public async Task<CheckEnforcementResponse> ProveAsync(string branchId, CallerIdentity caller, CancellationToken cancel)
    {
        var branch = core.Index.Branch(branchId)?.Policy ?? throw Field.Missing("branch");
        var response = new CheckEnforcementResponse();
        response.Results.AddRange(branch.Doors.Select(door => Result("", door.Id, BanProof.FindProblem(branch, door.Id, branchId, core.Now()))));
        var answers = await commands.ProveBanAsync(branchId, caller, cancel);
        response.Results.AddRange(answers.SelectMany(answer => answer.Report?.Doors.Select(door => Result(answer.NodeId, door.DoorId, Problem(door))) ?? []));
        response.SilentNodeIds.AddRange(directory.All.Where(node => !node.Revoked && node.BranchId == branchId)
            .Select(node => node.NodeId).Except(answers.Where(answer => answer.Report is not null).Select(answer => answer.NodeId)));
        response.Enforced = response.Results.Count > 0 && response.Results.All(result => result.Refused) && response.SilentNodeIds.Count == 0;
        return response;
    }

    private static string? Problem(DoorState door) => door.Done ? null : door.Problem.Length > 0 ? door.Problem : "The node did not say why: look at its log.";

    private static EnforcementResult Result(string nodeId, string doorId, string? problem) =>
        new() { NodeId = nodeId, DoorId = doorId, Refused = problem is null, Problem = problem ?? "" };
}
