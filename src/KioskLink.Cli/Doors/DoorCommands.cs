using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Doors;

/// <summary><c>door open|state|watch|test|try|lockdown|release|confirm-staff</c>, through the register and the branch's node.</summary>
internal static class DoorCommands
{
    public static Command Create(Session session) => new("door", "Doors: open one, see them, lock them down.")
    {
        OneDoor(session),
        AllDoors(session, "state", "Tell the state of a branch's doors.", DoorCommand.State),
        WatchCommand.Create(session),
        TestLockCommand.Create(session),
        TryCommand.Create(session),
        AllDoors(session, "lockdown", "Lock down: nobody gets in but badges that pass it. Leaving is never locked.", DoorCommand.Lockdown),
        AllDoors(session, "release", "End a lockdown.", DoorCommand.Release),
        AllDoors(session, "confirm-staff", "Confirm that staff has come today, in place of the first staff badge: staffed hours free the doors.", DoorCommand.ConfirmStaff),
    };

    private static Command OneDoor(Session session)
    {
        var door = DoorOption();
        door.Required = true;
        return Make(session, "open", "Unlock a door once.", DoorCommand.Open, door);
    }

    private static Command AllDoors(Session session, string name, string description, DoorCommand what) =>
        Make(session, name, description, what, DoorOption());

    private static Option<string?> DoorOption() => new("--door") { Description = "The door; none means every door of the branch.", HelpName = "DOOR" };

    private static Command Make(Session session, string name, string description, DoorCommand what, Option<string?> door)
    {
        var branch = new Option<string>("--branch") { Description = "The branch.", HelpName = "BRANCH", Required = true };
        var reason = new Option<string?>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = what != DoorCommand.State };
        var command = new Command(name, description) { branch, door, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new CommandDoorRequest
            {
                BranchId = parsed.GetRequiredValue(branch),
                DoorId = parsed.GetValue(door) ?? "",
                Command = what,
                Reason = parsed.GetValue(reason) ?? "",
            };
            return Told(await register.Branches.CommandDoorAsync(request, register.Bounded(stop)));
        });
        return command;
    }

    private static Answer Told(CommandDoorResponse response) => new(
        new JsonObject { ["doors"] = ProtoJson.Of(response.Doors) },
        Layout.Table(["node", "door", "state", "unlocked for", "problem"], response.Doors.Select(Row), "No door answered."),
        response.Doors.Count > 0 && response.Doors.All(door => door.Done) ? ExitCode.Done : ExitCode.Refused);

    private static string[] Row(DoorState door) => [door.NodeId, door.DoorId, door.State, Times.Show(door.UnlockedFor), door.Problem];
}
