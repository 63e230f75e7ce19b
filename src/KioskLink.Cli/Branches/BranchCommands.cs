using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Branches;

/// <summary><c>branch apply|state</c>: a branch with its doors, hours and policy, from a file.</summary>
internal static class BranchCommands
{
    public static Command Create(Session session) => new("branch", "Branches: doors, hours and policy.") { Apply(session), StateCommand.Create(session) };

    private static Command Apply(Session session)
    {
        var file = new Argument<string>("FILE") { Description = "JSON of the message Branch (protos/kiosklink/types/v1/branch.proto); comments are allowed." };
        var command = new Command("apply", "Create a branch or replace it whole.") { file };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var branch = ProtoJsonFile.Read<Branch>(parsed.GetRequiredValue(file));
            var response = await register.Branches.ApplyBranchAsync(new ApplyBranchRequest { Branch = branch }, register.Bounded(stop));
            return Applied(response);
        });
        return command;
    }

    private static Answer Applied(ApplyBranchResponse response)
    {
        var branch = response.Facts.Branch;
        var doors = string.Join(", ", branch.Doors.Select(door => door.Id));
        return new Answer(
            new JsonObject
            {
                ["branchId"] = branch.Id,
                ["changed"] = response.Changed,
                ["version"] = response.Version,
                ["doors"] = new JsonArray([.. branch.Doors.Select(door => (JsonNode)door.Id)]),
            },
            Layout.Sentence(response.Changed
                ? $"Branch {branch.Id} is stored as version {response.Version}, with the doors {doors}."
                : $"Branch {branch.Id} is as it was."));
    }
}
