using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Camera;

/// <summary><c>camera reconcile|export</c>: the books against the camera system's log, and the books as a file.</summary>
internal static class BookCommands
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Command Reconcile(Session session)
    {
        var file = new Argument<string>("FILE") { Description = "The camera system's log: CSV with the columns viewed_at, user, branch, camera." };
        var (from, to) = (Time("--from", "Start of the time."), Time("--to", "End of the time, excluded."));
        var command = new Command("reconcile", "Compare the records with the camera system's own log, both ways. 1 when they differ.") { file, from, to };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ReconcileCameraViewsRequest
            {
                FromTime = Times.Read(parsed.GetRequiredValue(from), "--from"),
                ToTime = Times.Read(parsed.GetRequiredValue(to), "--to"),
                LogCsv = Read(parsed.GetRequiredValue(file)),
            };
            return Found(await register.Camera.ReconcileCameraViewsAsync(request, register.Bounded(stop)));
        });
        return command;
    }

    public static Command Export(Session session)
    {
        var (from, to) = (Time("--from", "Start of the time."), Time("--to", "End of the time, excluded."));
        var output = new Option<string?>("--output") { Description = "Folder for the file (here by default).", HelpName = "FOLDER" };
        var command = new Command("export", "Write the records of a time to a secret CSV file, readable by you only.") { from, to, output };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ExportCameraSessionsRequest
            {
                FromTime = Times.Read(parsed.GetRequiredValue(from), "--from"),
                ToTime = Times.Read(parsed.GetRequiredValue(to), "--to"),
            };
            var response = await register.Camera.ExportCameraSessionsAsync(request, register.Bounded(stop));
            var path = Path.Combine(parsed.GetValue(output) ?? ".", Path.GetFileName(response.FileName));
            Write(path, response.Csv);
            return new Answer(
                new JsonObject { ["file"] = path, ["records"] = response.Records },
                Layout.Sentence($"{path} holds {response.Records} records. It is secret: keep it where only those see it who may."));
        });
        return command;
    }

    private static Answer Found(ReconcileCameraViewsResponse found)
    {
        var differs = found.ViewsWithoutRecord.Count + found.RecordsWithoutView.Count > 0;
        return new Answer(
            ProtoJson.Of(found),
            Layout.Stack(
                Layout.Sentence($"{found.Views} viewings, {found.Records} records, {found.Matched} pairs."),
                Layout.Sentence("\nViewings without a record:"),
                Layout.Table(["line", "at", "user", "branch", "camera", "open session"], found.ViewsWithoutRecord.Select(Row), "None."),
                Layout.Sentence("\nRecords without a viewing:"),
                found.RecordsWithoutView.Count == 0 ? Layout.Sentence("None.") : SessionCommands.Table(found.RecordsWithoutView)),
            differs ? ExitCode.Refused : ExitCode.Done);
    }

    private static string[] Row(CameraView view) => [$"{view.Line}", Times.Show(view.ViewingTime), view.User, view.BranchId, view.Camera, view.OpenSessionId];

    private static Option<string> Time(string name, string description) => new(name) { Description = description, HelpName = "TIME", Required = true };

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{path} cannot be read; check the path and the file's rights.");
        }
    }

    private static void Write(string path, string text)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
            using var writer = new StreamWriter(path, options);
            writer.Write(text);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{path} cannot be written; it may be there already, or its folder may not be yours.");
        }
    }
}
