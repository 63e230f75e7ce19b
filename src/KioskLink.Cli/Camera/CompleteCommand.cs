using System.CommandLine;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Camera;

/// <summary><c>camera session complete</c>: the record of a viewing, six items.</summary>
internal static class CompleteCommand
{
    private static readonly Dictionary<string, OutsiderDecision> Decisions = new() { ["approved"] = OutsiderDecision.Approved, ["rejected"] = OutsiderDecision.Rejected };

    public static Command Create(Session session)
    {
        var id = new Argument<string>("ID") { Description = "The viewing." };
        var viewed = Text("--viewed", "1: when the recording was looked at.", "TIME");
        var matter = Text("--matter", "2: the matter that was looked at.", "TEXT");
        var matterTime = Text("--matter-time", "2: its time, as exactly as it is known.", "TIME");
        var ground = Text("--ground", "3: the ground.", "TEXT");
        var decided = Text("--decided-by", "4: user name of who decided: an administrator or a data-protection officer. 5, the viewer, is who is signed in.", "USER");
        var outsider = new Option<string?>("--outsider") { Description = "6: name of the outsider who asked. Write -, and it is asked for.", HelpName = "NAME" };
        var decision = new Option<string?>("--outsider-request") { Description = "6: approved or rejected." };
        decision.AcceptOnlyFromAmong([.. Decisions.Keys]);
        var command = new Command("complete", "Write the record of a viewing; it stays as it is written.") { id, viewed, matter, matterTime, ground, decided, outsider, decision };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var name = session.Terminal.OfPerson(parsed.GetValue(outsider), "outsider's name");
            var record = new CameraRecord
            {
                ViewingTime = Times.Read(parsed.GetRequiredValue(viewed), "--viewed"),
                Matter = parsed.GetRequiredValue(matter),
                MatterTime = Times.Read(parsed.GetRequiredValue(matterTime), "--matter-time"),
                Ground = parsed.GetRequiredValue(ground),
                Decider = parsed.GetRequiredValue(decided),
                OutsiderAsked = name is not null || parsed.GetValue(decision) is not null,
                OutsiderName = name ?? "",
                OutsiderDecision = parsed.GetValue(decision) is { } word ? Decisions[word] : OutsiderDecision.Unspecified,
            };
            var request = new CompleteCameraSessionRequest { SessionId = parsed.GetRequiredValue(id), Record = record };
            return SessionCommands.Shown((await register.Camera.CompleteCameraSessionAsync(request, register.Bounded(stop))).Session);
        });
        return command;
    }

    private static Option<string> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help, Required = true };
}
