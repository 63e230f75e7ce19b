using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Patrons;

/// <summary><c>patron import</c>: a CSV file, its progress, its bad rows and a summary.</summary>
internal static class ImportCommand
{
    public static Command Create(Session session)
    {
        var file = new Argument<string>("FILE") { Description = "CSV (UTF-8, comma, RFC 4180) with the header that the README names." };
        var strict = new Option<bool>("--strict") { Description = "Stop at the first bad row." };
        var resume = new Option<bool>("--resume") { Description = "Go on where an interrupted import of the same file stopped." };
        var command = new Command("import", "Import patrons; with --json one object a line, the summary last. 1 when a row was not stored.") { file, strict, resume };
        command.SetAction(async (parsed, stop) =>
        {
            using var register = session.Connect(parsed);
            await using var csv = Open(parsed.GetRequiredValue(file));
            var start = new ImportStart { Strict = parsed.GetValue(strict), Resume = parsed.GetValue(resume) };
            ImportSummary? summary = null;
            await session.Terminal.WithProgress("Importing", async progress =>
            {
                var import = new PatronImport(register, csv, session.Address, message => Show(session.Terminal, message), progress);
                summary = await import.Run(start, stop);
            });
            return Show(session.Terminal, summary!, start.Strict);
        });
        return command;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{path} cannot be read; check the path and the file's rights.");
        }
    }

    private static void Show(Terminal terminal, ImportRowMessage row) => terminal.ShowNext(
        new JsonObject { ["row"] = ProtoJson.Of(row) },
        Layout.Sentence($"line {row.Line}{(row.Field.Length == 0 ? "" : $", {row.Field}")}: {row.Reason}{(row.Stored ? " (stored)" : " (not stored)")}"));

    private static int Show(Terminal terminal, ImportSummary summary, bool strict)
    {
        var end = !summary.Aborted ? "" : strict && summary.Rejected > 0 ? " Stopped at the first bad row (--strict)." : " The rest of the file was not read.";
        terminal.ShowNext(new JsonObject { ["summary"] = ProtoJson.Of(summary) }, Layout.Sentence(
            $"{summary.Rows} rows: {summary.Created} created, {summary.Changed} changed, {summary.Unchanged} unchanged, {summary.Rejected} not stored, "
            + $"{summary.Resumed} stored by an earlier run, {summary.Remarks} with a remark.{end}"));
        return (int)(summary.Rejected > 0 || summary.Aborted ? ExitCode.Refused : ExitCode.Done);
    }
}
