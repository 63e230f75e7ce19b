using System.CommandLine;
using System.Text.Json.Nodes;
using Google.Protobuf;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Staff;

/// <summary><c>staff set-up|sign-in|accept|sign-out</c>: what a person does with the own account. Secrets are typed, never given as words.</summary>
internal static class SignInCommands
{
    public static Command SetUp(Session session)
    {
        var user = StaffCommands.User();
        var command = new Command("set-up", "Set your account up: asks for the one-time secret and a new password, and prints the secret for your authenticator app.") { user };
        command.SetAction(async (parsed, stop) =>
        {
            using var register = session.ConnectAsNobody(parsed);
            var request = new SetUpAccountRequest
            {
                UserName = parsed.GetRequiredValue(user),
                SetUpSecret = session.Terminal.ReadSecret("one-time secret"),
                Password = ByteString.CopyFromUtf8(session.Terminal.ReadSecret("new password")),
            };
            var factor = await register.Staff.SetUpAccountAsync(request, register.Bounded(stop));
            return session.Terminal.Show(new Answer(
                new JsonObject { ["totpSecret"] = factor.TotpSecret, ["totpUri"] = factor.TotpUri },
                Layout.Sentence(factor.TotpSecret.Length == 0
                    ? "The account is set up."
                    : $"The account is set up. Put this into your authenticator app; it is shown once:\n{factor.TotpSecret}\n{factor.TotpUri}")));
        });
        return command;
    }

    public static Command SignIn(Session session)
    {
        var user = StaffCommands.User();
        var device = new Option<string>("--device") { Description = "The device, such as desk-1.", HelpName = "NAME", DefaultValueFactory = _ => "" };
        var command = new Command("sign-in", "Sign in: asks for password and code, and keeps the session for commands with --as-staff.") { user, device };
        command.SetAction(async (parsed, stop) =>
        {
            using var register = session.ConnectAsNobody(parsed);
            var (address, devices) = (session.Target(parsed).Address.ToString(), KnownDeviceFile.Beside(SessionFile.Default));
            var request = new SignInRequest
            {
                UserName = parsed.GetRequiredValue(user),
                Password = ByteString.CopyFromUtf8(session.Terminal.ReadSecret("password")),
                TotpCode = session.Terminal.ReadSecret("code of your authenticator app"),
                Device = parsed.GetRequiredValue(device),
                DeviceKey = devices.Read(address),
            };
            var signed = await register.Staff.SignInAsync(request, register.Bounded(stop));
            SessionFile.Default.Write(new SessionFile.Kept(address, request.UserName, signed.SessionToken));
            devices.Write(address, signed.DeviceKey);
            return session.Terminal.Show(Signed(signed));
        });
        return command;
    }

    public static Command Accept(Session session)
    {
        var version = new Argument<string>("VERSION") { Description = "The version of the undertaking that you have read." };
        var command = new Command("accept", "Give the undertaking of secrecy that sign-in showed.") { version };
        command.SetAction(async (parsed, stop) =>
        {
            using var register = session.ConnectAsPerson(parsed);
            var given = await register.Staff.AcceptUndertakingAsync(new AcceptUndertakingRequest { Version = parsed.GetRequiredValue(version) }, register.Bounded(stop));
            return session.Terminal.Show(new Answer(ProtoJson.Of(given.Account), StaffCommands.Text(given.Account)));
        });
        return command;
    }

    public static Command SignOut(Session session)
    {
        var command = new Command("sign-out", "End the session.");
        command.SetAction(async (parsed, stop) =>
        {
            using var register = session.ConnectAsPerson(parsed);
            SessionFile.Default.Delete();
            await register.Staff.SignOutAsync(new SignOutRequest(), register.Bounded(stop));
            return session.Terminal.Show(new Answer(new JsonObject { ["signedOut"] = true }, Layout.Sentence("The session has ended.")));
        });
        return command;
    }

    private static Answer Signed(SignInResponse signed)
    {
        var json = new JsonObject
        {
            ["account"] = ProtoJson.Of(signed.Account),
            ["expireTime"] = Times.Show(signed.ExpireTime),
            ["undertaking"] = signed.Undertaking?.Version,
        };
        IRenderable ends = Layout.Sentence($"Signed in until {Times.Show(signed.ExpireTime)}, or {signed.IdleTimeout.ToTimeSpan().TotalMinutes:0} minutes without a command. Use --as-staff.");
        return signed.Undertaking is not { } undertaking
            ? new Answer(json, ends)
            : new Answer(json, Layout.Stack(
                ends,
                Layout.Sentence($"\n{string.Join("\n\n", undertaking.Texts.Select(text => text.Text))}\n"),
                Layout.Sentence($"If you undertake this, run `kiosklink staff accept {undertaking.Version}`; until then no other command works.")));
    }
}
