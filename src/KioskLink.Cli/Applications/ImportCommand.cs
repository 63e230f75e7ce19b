using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;

namespace KioskLink.Cli.Applications;

/// <summary><c>application import</c>: the robot's run over a file or a folder of files, with progress and a result for each.</summary>
internal static class ImportCommand
{
    public static Command Create(Session session)
    {
        var path = new Argument<string>("FILE|FOLDER") { Description = "CSV with a header, or JSON; of a folder every .csv and .json file, by name." };
        var command = new Command(
            "import",
            "Hand applications in and let the robot work through them; with --json one object a file, the sum last. The same application again changes nothing, so that an interrupted import is run again. 1 when one was not taken.")
        {
            path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            using var register = session.Connect(parsed);
            var files = ApplicationFile.Find(parsed.GetRequiredValue(path));
            var run = new ApplicationImport(register, session.Clock);
            var sum = new FileResult("", "");
            await session.Terminal.WithProgress("Importing", async progress =>
            {
                for (var at = 0; at < files.Count; at++)
                {
                    var (before, part) = ((double)at / files.Count, 1.0 / files.Count);
                    var result = await run.Run(files[at], done => progress(before + (part * done)), stop);
                    Show(session.Terminal, result);
                    sum.Add(result);
                }
            });
            session.Terminal.ShowNext(new JsonObject { ["summary"] = Json(sum) }, Layout.Sentence($"{files.Count} files. {Words(sum)}"));
            return (int)(sum.Refused > 0 ? ExitCode.Refused : ExitCode.Done);
        });
        return command;
    }

    private static void Show(Terminal terminal, FileResult result)
    {
        var json = Json(result);
        json.Insert(0, "file", result.File);
        json.Insert(1, "sha256", result.Hash);
        json["problems"] = new JsonArray([.. result.Problems.Select(problem => (JsonNode)problem)]);
        terminal.ShowNext(new JsonObject { ["file"] = json }, Layout.Stack(
            [Layout.Sentence($"{result.File}: {Words(result)}"), .. result.Problems.Select(problem => Layout.Sentence($"  {problem}"))]));
    }

    private static JsonObject Json(FileResult result) => new()
    {
        ["applications"] = result.Applications,
        ["created"] = result.Created,
        ["updated"] = result.Updated,
        ["unchanged"] = result.Unchanged,
        ["queued"] = result.Queued,
        ["rejected"] = result.Rejected,
        ["refused"] = result.Refused,
        ["known"] = result.Known,
        ["over"] = result.Over,
    };

    private static string Words(FileResult result) =>
        $"{result.Applications} applications: {result.Created} created, {result.Updated} updated, {result.Unchanged} unchanged, {result.Queued} for staff, "
        + $"{result.Rejected} rejected before, {result.Refused} not taken, {result.Known} known from an earlier run, {result.Over} received too long ago.";
}
