using System.CommandLine;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Nodes;

/// <summary><c>node enroll</c>: a one-time token with which a node gets its certificate.</summary>
internal static class EnrollCommand
{
    private const int DefaultHours = 24;

    public static Command Create(Session session)
    {
        var node = new Argument<string>("NODE") { Description = "The node's id, as in its node.json." };
        var branch = new Option<string>("--branch") { Description = "The branch.", HelpName = "BRANCH", Required = true };
        var hours = new Option<int>("--hours") { Description = "How long the token works, at most 168.", HelpName = "N", DefaultValueFactory = _ => DefaultHours };
        var file = new Option<string?>("--out") { Description = "Write the token to this file, readable by you alone, and not to the screen.", HelpName = "FILE" };
        var command = new Command("enroll", "Make a one-time enrolment token for a node.") { node, branch, hours, file };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new CreateEnrollmentRequest
            {
                NodeId = parsed.GetRequiredValue(node),
                BranchId = parsed.GetRequiredValue(branch),
                ValidFor = Duration.FromTimeSpan(TimeSpan.FromHours(parsed.GetValue(hours))),
            };
            var path = parsed.GetValue(file);
            if (path is not null && File.Exists(path))
                throw CommandProblem.Usage($"--out: {path} exists already; name a new file, or delete the old token.");
            var made = await register.Nodes.CreateEnrollmentAsync(request, register.Bounded(stop));
            if (path is not null)
                await Write(path, made.Token, stop);
            return Made(request.NodeId, path, made);
        });
        return command;
    }

    private static async Task Write(string path, string token, CancellationToken stop)
    {
        var forMeAlone = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        try
        {
            await using var writer = new StreamWriter(path, forMeAlone);
            await writer.WriteLineAsync(token.AsMemory(), stop);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new CommandProblem(ExitCode.Refused, "TOKEN_NOT_WRITTEN", $"--out: {path} cannot be written; name another file and enrol again.");
        }
    }

    private static Answer Made(string node, string? path, CreateEnrollmentResponse made)
    {
        var json = new JsonObject { ["nodeId"] = node, ["expireTime"] = ProtoJson.Of(made)["expireTime"]!.DeepClone() };
        json[path is null ? "token" : "file"] = path ?? made.Token;
        return new Answer(json, Layout.Stack(
            Layout.Sentence(path is null ? made.Token : $"The token for {node} is in {path}."),
            Layout.Sentence($"It works once, until {Times.Show(made.ExpireTime)}; node.json names its file as \"enrollment\".")));
    }
}
