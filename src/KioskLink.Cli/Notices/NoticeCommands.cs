using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Notices;

/// <summary><c>notice show|versions|ropa</c>: privacy notices, and the record of processing activities.</summary>
internal static class NoticeCommands
{
    private static readonly Dictionary<string, DataRegister> Registers = new() { ["customer"] = DataRegister.Customer, ["camera"] = DataRegister.Camera };
    private static readonly Dictionary<string, Language> Languages = new() { ["fi"] = Language.Fi, ["sv"] = Language.Sv, ["en"] = Language.En };

    public static Command Create(Session session) =>
        new("notice", "Privacy notices: what the controllers tell everybody.") { Show(session), Versions(session), Record(session) };

    private static Command Show(Session session)
    {
        var (register, language) = (RegisterArgument(), LanguageOption());
        var at = new Option<string>("--at") { Description = "The notice in force on this day (today by default).", HelpName = "DATE", DefaultValueFactory = _ => "" };
        var command = new Command("show", "Show the notice of a register.") { register, language, at };
        session.AtRegister(command, async (connection, parsed, stop) =>
        {
            var request = new GetPrivacyNoticeRequest
            {
                Register = Registers[parsed.GetRequiredValue(register)],
                Language = Languages[parsed.GetRequiredValue(language)],
                At = parsed.GetRequiredValue(at),
            };
            var notice = (await connection.Notices.GetPrivacyNoticeAsync(request, connection.Bounded(stop))).Notice;
            return new Answer(ProtoJson.Of(notice), NoticeText.Of(notice));
        });
        return command;
    }

    private static Command Versions(Session session)
    {
        var register = RegisterArgument();
        var command = new Command("versions", "List every version of a register's notice, newest first.") { register };
        session.AtRegister(command, async (connection, parsed, stop) =>
        {
            var request = new ListPrivacyNoticeVersionsRequest { Register = Registers[parsed.GetRequiredValue(register)] };
            var versions = (await connection.Notices.ListPrivacyNoticeVersionsAsync(request, connection.Bounded(stop))).Versions;
            return new Answer(
                new JsonObject { ["versions"] = ProtoJson.Of(versions) },
                Layout.Table(["version", "superseded on", "dated"], versions.Select(Row), "No notices."));
        });
        return command;
    }

    private static Command Record(Session session)
    {
        var language = LanguageOption();
        var command = new Command("ropa", "Show the record of processing activities: each purpose with its legal bases in force.") { language };
        session.AtRegister(command, async (connection, parsed, stop) =>
        {
            var request = new GetRecordOfProcessingRequest { Language = Languages[parsed.GetRequiredValue(language)] };
            var record = await connection.Notices.GetRecordOfProcessingAsync(request, connection.Bounded(stop));
            return new Answer(ProtoJson.Of(record), Layout.Table(["register", "purpose", "legal bases"], record.Registers.SelectMany(Rows), "No registers."));
        });
        return command;
    }

    private static string[] Row(PrivacyNoticeVersion version) => [version.VersionDate, version.SupersededOn, version.Dated ? "by the document" : "by its reader"];

    private static IEnumerable<string[]> Rows(ProcessingRecord record) => record.Purposes.Select(purpose =>
        new[] { record.Title, purpose.Code, string.Join("; ", purpose.LegalBases.Select(basis => $"{basis.Text} {basis.Article}".TrimEnd())) });

    private static Argument<string> RegisterArgument() => new Argument<string>("REGISTER")
    {
        Description = "customer or camera.",
        DefaultValueFactory = _ => "customer",
    }.AcceptOnlyFromAmong([.. Registers.Keys]);

    private static Option<string> LanguageOption() => new Option<string>("--language")
    {
        Description = "fi, sv or en.",
        DefaultValueFactory = _ => "fi",
    }.AcceptOnlyFromAmong([.. Languages.Keys]);
}
