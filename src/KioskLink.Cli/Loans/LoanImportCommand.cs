using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Loans;

/// <summary><c>loan import</c> and <c>item import</c>: a file of the library system, its progress, its bad rows and a summary.</summary>
internal static class LoanImportCommand
{
    private const string Form = "CSV (UTF-8, comma, RFC 4180) whose header names fields of the message LoanRecord";

    /// <summary><c>item</c>.</summary>
    public static Command CreateItem(Session session) => new("item", "Items of the library.")
    {
        Create(session, LoanRecordKind.Item, $"{Form}: id, title, owner, cents, item_type, title_id, home_branch, call_number, collection, media, magnetic, missing.", "Take items from a file"),
    };

    /// <summary><c>loan import</c>.</summary>
    public static Command OfLoans(Session session) => Create(
        session, LoanRecordKind.Loan, $"{Form}: kind (item, loan, return, hold, fee, invoice or bus-stop; without it each row is a loan), id, customer_id, item_id, on, due_on and so on.",
        "Take items, loans, returns, holds, fees, invoices and bus stops from a file");

    private static Command Create(Session session, LoanRecordKind usual, string form, string what)
    {
        var file = new Argument<string>("FILE") { Description = form };
        var adapter = new Option<string>("--adapter") { Description = "The system that wrote the file, one of the profile's adapters.", HelpName = "NAME", DefaultValueFactory = _ => "" };
        var strict = new Option<bool>("--strict") { Description = "Stop at the first bad row." };
        var resume = new Option<bool>("--resume") { Description = "Go on where an interrupted import of the same file stopped." };
        var command = new Command("import", $"{what}; the same again changes nothing. 1 when a row was not stored.") { file, adapter, strict, resume };
        command.SetAction(async (parsed, stop) =>
        {
            using var register = session.Connect(parsed);
            LoanImportSummary? summary = null;
            await session.Terminal.WithProgress("Importing", async progress =>
            {
                var import = new LoanImport(register, parsed.GetRequiredValue(file), session.Address, progress);
                summary = await import.Run(usual, parsed.GetRequiredValue(adapter), parsed.GetValue(strict), parsed.GetValue(resume), stop);
            });
            return session.Terminal.Show(Imported(summary!));
        });
        return command;
    }

    private static Answer Imported(LoanImportSummary summary) => new(
        new JsonObject
        {
            ["stored"] = summary.Stored,
            ["unchanged"] = summary.Unchanged,
            ["resumed"] = summary.Resumed,
            ["aborted"] = summary.Aborted,
            ["problems"] = new JsonArray([.. summary.Problems.Select(problem => new JsonObject { ["line"] = problem.Line, ["field"] = problem.Field, ["reason"] = problem.Reason })]),
        },
        Layout.Stack(
            [
                .. summary.Problems.Select(problem => Layout.Sentence($"line {problem.Line}{(problem.Field.Length == 0 ? "" : $", {problem.Field}")}: {problem.Reason} (not stored)")),
                Layout.Sentence($"{summary.Stored} stored, {summary.Unchanged} unchanged, {summary.Problems.Count} not stored, {summary.Resumed} sent by an earlier run.{(summary.Aborted ? " Stopped at the first bad row (--strict)." : "")}"),
            ]),
        summary.Problems.Count == 0 ? ExitCode.Done : ExitCode.Refused);
}
