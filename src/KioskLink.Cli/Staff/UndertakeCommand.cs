using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Staff;

/// <summary><c>staff undertake</c>: shows the undertaking of secrecy, and records that whoever calls gives it, by certificate or with <c>--as-staff</c>.</summary>
internal static class UndertakeCommand
{
    public static Command Create(Session session)
    {
        var version = new Argument<string?>("VERSION") { Description = "The version that you have read and give; without it the text is shown.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("undertake", "Read the undertaking of secrecy, then give it: before that your certificate reads no patron.") { version };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            if (parsed.GetValue(version) is not { } read)
            {
                return Shown(await register.Staff.GetUndertakingAsync(new GetUndertakingRequest(), register.Bounded(stop)));
            }

            var given = (await register.Staff.AcceptUndertakingAsync(new AcceptUndertakingRequest { Version = read }, register.Bounded(stop))).Account;
            return new Answer(Json(given.UndertakingVersion, given), Given(given));
        });
        return command;
    }

    private static Answer Shown(GetUndertakingResponse answer)
    {
        var undertaking = answer.Undertaking;
        var json = Json(undertaking.Version, answer.Account);
        json["texts"] = new JsonObject([.. undertaking.Texts.Select(text => KeyValuePair.Create(text.Language, (JsonNode?)text.Text))]);
        return new Answer(json, Layout.Stack(
            Layout.Sentence($"{string.Join("\n\n", undertaking.Texts.Select(text => text.Text))}\n"),
            answer.Account.UndertakingVersion == undertaking.Version
                ? Given(answer.Account)
                : Layout.Sentence($"If you undertake this, run `kiosklink staff undertake {undertaking.Version}`.")));
    }

    private static JsonObject Json(string version, StaffAccount account) => new()
    {
        ["version"] = version,
        ["user"] = account.UserName,
        ["given"] = account.UndertakingVersion == version,
        ["time"] = account.UndertakingTime is { } time ? Times.Show(time) : null,
    };

    private static IRenderable Given(StaffAccount account) =>
        Layout.Sentence($"{account.UserName} gave version {account.UndertakingVersion} on {Times.Show(account.UndertakingTime)}.");
}
