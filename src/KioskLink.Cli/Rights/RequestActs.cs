using System.CommandLine;
using System.Text.Json.Nodes;
using Google.Protobuf;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Rights;

/// <summary>What is done about a request: handed out, corrected, erased, restricted or refused.</summary>
internal static class RequestActs
{
    private static readonly Dictionary<string, Language> Languages = new() { ["fi"] = Language.Fi, ["sv"] = Language.Sv, ["en"] = Language.En };

    private const string Asked = "-";
    private static readonly string[] Codes = ["language", "home_branch"];

    /// <summary><c>request export</c>.</summary>
    public static Command Export(Session session)
    {
        var (id, language) = (RequestCommands.Id(), LanguageOption());
        var folder = new Option<string>("--to") { Description = "Folder for the two files; only you may read them.", HelpName = "FOLDER", Required = true };
        var command = new Command("export", "Hand out everything that is held of the person, as JSON and as a page. The files are secret.") { id, folder, language };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ExportSubjectRequest { RequestId = parsed.GetRequiredValue(id), Language = Languages[parsed.GetRequiredValue(language)] };
            var export = await register.Rights.ExportSubjectAsync(request, register.Bounded(stop));
            var name = Path.Combine(parsed.GetRequiredValue(folder), $"request-{export.Request.Id}");
            var (json, html) = (Write($"{name}.json", export.DocumentJson), Write($"{name}.html", export.DocumentHtml));
            return new Answer(
                new JsonObject { ["request"] = ProtoJson.Of(export.Request), ["files"] = new JsonArray(json, html) },
                Layout.Sentence($"Written to {json} and {html}. They are secret: hand them over and delete them."));
        });
        return command;
    }

    /// <summary><c>request erase</c>.</summary>
    public static Command Erase(Session session)
    {
        var (id, certificate) = (RequestCommands.Id(), CertificateOption());
        var reason = new Option<string>("--reason") { Description = "Why; kept as evidence, so without name, number and identity code.", HelpName = "TEXT", Required = true };
        var command = new Command("erase", "Erase the person everywhere, or learn what forbids it.") { id, reason, certificate };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new EraseSubjectRequest { RequestId = parsed.GetRequiredValue(id), Reason = parsed.GetRequiredValue(reason) };
            var answer = await register.Rights.EraseSubjectAsync(request, register.Bounded(stop));
            if (answer.Erased)
            {
                var reach = answer.Erasure;
                return new Answer(
                    new JsonObject { ["erased"] = true, ["request"] = ProtoJson.Of(answer.Request), ["erasure"] = ProtoJson.Of(reach) },
                    Layout.Sentence($"Erased; {reach.ConfirmedNodes} of {reach.TotalNodes} nodes have confirmed{Missing(reach)}."));
            }

            if (parsed.GetValue(certificate) is { } file)
                Write(file, answer.DocumentHtml);
            return new Answer(
                new JsonObject { ["erased"] = false, ["request"] = ProtoJson.Of(answer.Request), ["reasons"] = new JsonArray([.. answer.Reasons.Select(reason => (JsonNode)reason)]) },
                Layout.Sentence($"Refused: {string.Join("; ", answer.Reasons)}."),
                ExitCode.Refused);
        });
        return command;
    }

    /// <summary><c>request restrict</c>.</summary>
    public static Command Restrict(Session session)
    {
        var (id, lift) = (RequestCommands.Id(), new Option<bool>("--lift") { Description = "End the restriction." });
        var doors = new Option<bool>("--keep-doors") { Description = "Doors and machines go on serving the patron, who asked for that." };
        var command = new Command("restrict", "Restrict the processing of the person's data: doors refuse, only the data protection officer reads.") { id, lift, doors };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new RestrictSubjectRequest { RequestId = parsed.GetRequiredValue(id), Lift = parsed.GetValue(lift), KeepDoors = parsed.GetValue(doors) };
            var restricted = await register.Rights.RestrictSubjectAsync(request, register.Bounded(stop));
            return RequestCommands.Shown(restricted.Request, request.Lift ? "The restriction has ended." : "The processing is restricted.");
        });
        return command;
    }

    /// <summary><c>request rectify</c>.</summary>
    public static Command Rectify(Session session)
    {
        var changes = new Argument<string[]>("FIELD=VALUE") { Description = "What is right: surname, first_names, date_of_birth, identity_code, language, home_branch; of where the person is reached street, postal_code, city, country, street2, postal_code2, city2, country2, phones, email. With - as the value it is asked for; what tells of the person always is.", Arity = ArgumentArity.OneOrMore };
        var id = new Option<long>("--request") { Description = "The request.", HelpName = "REQUEST" };
        var customer = new Option<string>("--customer") { Description = "The patron, where staff corrects on its own initiative.", HelpName = "CUSTOMER", DefaultValueFactory = _ => "" };
        var person = new Option<string>("--person") { Description = "The person who answers for patrons and is none, where staff corrects on its own initiative.", HelpName = "PERSON", DefaultValueFactory = _ => "" };
        var reason = new Option<string>("--reason") { Description = "How the error is known; the person may read it.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var command = new Command("rectify", "Correct a person's data; old and new value are kept.") { changes, id, customer, person, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new RectifySubjectRequest { RequestId = parsed.GetValue(id), CustomerId = parsed.GetRequiredValue(customer), PersonId = parsed.GetRequiredValue(person), Reason = parsed.GetRequiredValue(reason) };
            request.Changes.AddRange(parsed.GetRequiredValue(changes).Select(text => Change(text, session.Terminal)));
            var done = await register.Rights.RectifySubjectAsync(request, register.Bounded(stop));
            return new Answer(
                ProtoJson.Of(done),
                Layout.Sentence(done.ChangedFields.Count == 0 ? "It stood so already." : $"Corrected: {string.Join(", ", done.ChangedFields)}."));
        });
        return command;
    }

    /// <summary><c>request refuse</c>.</summary>
    public static Command Refuse(Session session)
    {
        var (id, language, certificate) = (RequestCommands.Id(), LanguageOption(), CertificateOption());
        var reason = new Option<string>("--reason") { Description = "Why, as the person may read it.", HelpName = "TEXT", Required = true };
        var command = new Command("refuse", "Refuse a request; the person gets a certificate and may complain.") { id, reason, language, certificate };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new RefuseRequestRequest
            {
                RequestId = parsed.GetRequiredValue(id),
                Reason = parsed.GetRequiredValue(reason),
                Language = Languages[parsed.GetRequiredValue(language)],
            };
            var refused = await register.Rights.RefuseRequestAsync(request, register.Bounded(stop));
            var file = parsed.GetValue(certificate) is { } path ? Write(path, refused.DocumentHtml) : "";
            return RequestCommands.Shown(refused.Request, file.Length > 0 ? $"The certificate is in {file}." : "`--certificate FILE` writes the certificate; the person must get it.");
        });
        return command;
    }

    // What is no more than a code of a list may stand on the command line.
    private static FieldChange Change(string text, Terminal terminal)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var (field, value) = at > 0 ? (text[..at], text[(at + 1)..]) : throw CommandProblem.Usage("Write each correction as FIELD=VALUE.");
        return new FieldChange { Field = field, NewValue = Codes.Contains(field) && value != Asked ? value : terminal.OfPerson(value, field) };
    }

    private static Option<string> LanguageOption() =>
        new Option<string>("--language") { Description = "Language of the document: fi, sv or en.", HelpName = "LANGUAGE", DefaultValueFactory = _ => "fi" }.AcceptOnlyFromAmong([.. Languages.Keys]);

    private static Option<string?> CertificateOption() => new("--certificate") { Description = "Where to write the certificate of a refusal.", HelpName = "FILE" };

    private static string Missing(Erasure erasure) => string.Concat(
        erasure.MissingNodeIds.Count == 0 ? "" : $"; not yet {string.Join(", ", erasure.MissingNodeIds)}",
        erasure.MissingRecipients.Count == 0 ? "" : $"; still to delete: {string.Join(", ", erasure.MissingRecipients)}");

    // What is held of a person is for nobody else on this machine.
    private static string Write(string path, ByteString content)
    {
        try
        {
            // A file that is there may be open to others, or a link of somebody else's: it is replaced and not written into.
            var aside = $"{path}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(aside, options))
                content.WriteTo(file);
            File.Move(aside, path, overwrite: true);
            return path;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{path} cannot be written: {problem.Message}");
        }
    }
}
