using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli;

public sealed class DoorCommandsTests : FakeServerTest
{
    [Theory]
    [InlineData("open", DoorCommand.Open)]
    [InlineData("state", DoorCommand.State)]
    [InlineData("lockdown", DoorCommand.Lockdown)]
    [InlineData("release", DoorCommand.Release)]
    public async Task Each_verb_is_its_command(string verb, DoorCommand command)
    {
        Script.On<CommandDoorRequest>(_ => new CommandDoorResponse { Doors = { new DoorState { NodeId = "n", DoorId = "front", State = "Locked", Done = true } } });

        var printed = await Server.Run("door", verb, "--branch", "A", "--door", "front", "--reason", "delivery");

        Assert.Equal(0, printed.Code);
        Assert.Contains("Locked", printed.Output, StringComparison.Ordinal);
        var request = Script.Requests<CommandDoorRequest>().Single();
        Assert.Equal((command, "A", "front", "delivery"), (request.Command, request.BranchId, request.DoorId, request.Reason));
    }

    [Fact]
    public async Task A_door_that_did_not_obey_is_1_with_its_problem()
    {
        Script.On<CommandDoorRequest>(_ => new CommandDoorResponse
        {
            Doors = { new DoorState { DoorId = "front", Done = true }, new DoorState { DoorId = "back", Problem = "the lock does not answer; look at its cable" } },
        });

        var printed = await Server.Run("door", "lockdown", "--branch", "A", "--reason", "alarm", "--json");

        Assert.Equal(1, printed.Code);
        Assert.Equal("the lock does not answer; look at its cable", (string?)printed.Json["doors"]![1]!["problem"]);
    }

    [Theory]
    [InlineData("open", "--branch", "A", "--reason", "x")]
    [InlineData("open", "--branch", "A", "--door", "front")]
    [InlineData("lockdown", "--branch", "A")]
    public async Task Opening_needs_a_door_and_a_reason_lockdown_a_reason(params string[] args) =>
        Assert.Equal(2, (await Server.Run(["door", .. args])).Code);

    [Fact]
    public async Task A_branch_without_a_connected_node_is_refused_by_the_register_not_unreachable()
    {
        Script.Refuse<CommandDoorRequest>(StatusCode.Unavailable, "NODE_NOT_CONNECTED", "No node of branch A is connected; look at its network.");

        var printed = await Server.Run("door", "state", "--branch", "A", "--json");

        Assert.Equal(1, printed.Code);
        Assert.Contains("\"reason\":\"NODE_NOT_CONNECTED\"", printed.Errors, StringComparison.Ordinal);
    }
}
