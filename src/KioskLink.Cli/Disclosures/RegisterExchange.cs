using System.CommandLine;
using Google.Protobuf;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Disclosures;

/// <summary><c>disclosure ask-addresses|take-addresses</c>: files to and from the population register.</summary>
internal static class RegisterExchange
{
    public static Command Ask(Session session)
    {
        var command = new Command("ask-addresses", "Make the file of people whose address is asked of the population register.");
        session.AtRegister(command, async (register, _, stop) =>
        {
            var response = await register.Disclosures.ExportAddressQueryAsync(new ExportAddressQueryRequest(), register.Bounded(stop));
            return new Answer(ProtoJson.Of(response), Layout.Stack(
                Layout.Sentence("The question:" + Held(response.HeldPersons)),
                DisclosureCommands.Table(response.Disclosure is { } one ? [one] : [], "There is nobody to ask about.")));
        });
        return command;
    }

    private static string Held(int persons) => persons == 0 ? "" : $" {persons} people are left out, since their processing is restricted.";

    public static Command Answer(Session session)
    {
        var file = new Argument<string>("FILE") { Description = "CSV with the header identity_code,street_address,postal_code,city,status." };
        var command = new Command("take-addresses", "Take the population register's answer; 1 when a row was not used.") { file };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ImportAddressAnswerRequest { Chunk = ByteString.CopyFrom(Read(parsed.GetRequiredValue(file))) };
            var response = await register.Disclosures.ImportAddressAnswerAsync(request, register.Bounded(stop));
            return new Answer(
                ProtoJson.Of(response),
                Layout.Stack(
                [
                    Layout.Sentence($"{response.Rows} rows: {response.Updated} updated, {response.Unchanged} unchanged, {response.Withheld} not told, {response.Problems.Count} not used."),
                    .. response.Problems.Select(problem => Layout.Sentence($"line {problem.Line}: {problem.Reason}")),
                ]),
                response.Problems.Count > 0 ? ExitCode.Refused : ExitCode.Done);
        });
        return command;
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{path} cannot be read; check the path and the file's rights.");
        }
    }
}
