using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Staff;

/// <summary><c>staff add|list|roles|lock|unlock|reset-totp</c>: the accounts, one person each.</summary>
internal static class StaffCommands
{
    private static readonly string[] Columns = ["user", "person", "roles", "state", "undertaking", "sessions"];

    private static readonly Dictionary<string, StaffRole> Roles = new()
    {
        ["librarian"] = StaffRole.Librarian,
        ["administrator"] = StaffRole.Administrator,
        ["data-protection-officer"] = StaffRole.DataProtectionOfficer,
        ["camera-viewer"] = StaffRole.CameraViewer,
        ["technician"] = StaffRole.Technician,
        ["robot"] = StaffRole.Robot,
        ["e-service"] = StaffRole.EService,
    };

    public static Command Create(Session session) => new("staff", "The staff's personal accounts, and signing in.")
    {
        Add(session), List(session), ChangeRoles(session), Lock(session), Unlock(session), Reset(session),
        SignInCommands.SetUp(session), SignInCommands.SignIn(session), SignInCommands.Accept(session), UndertakeCommand.Create(session), SignInCommands.SignOut(session),
    };

    /// <summary>The argument that names an account.</summary>
    public static Argument<string> User() => new("USER") { Description = "The account's user name." };

    /// <summary>An account in words.</summary>
    public static IRenderable Text(params IEnumerable<StaffAccount> accounts) => Layout.Table(Columns, accounts.Select(Row), "No accounts.");

    private static Command Add(Session session)
    {
        var user = User();
        var name = new Option<string>("--name") { Description = "Whose account it is. Write -, and the person's name is asked for; what a robot or e-service does stands here.", HelpName = "NAME", Required = true };
        var roles = RoleOption();
        var command = new Command("add", "Make an account for one person, robot or e-service, and print the one-time secret to set it up with.") { user, name, roles };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var duties = parsed.GetRequiredValue(roles).Select(role => Roles[role]).ToList();
            var whose = parsed.GetRequiredValue(name);
            var request = new CreateAccountRequest
            {
                UserName = parsed.GetRequiredValue(user),
                PersonName = duties is [StaffRole.Robot or StaffRole.EService] ? whose : session.Terminal.OfPerson(whose, "person's name"),
                Roles = { duties },
            };
            var made = await register.Staff.CreateAccountAsync(request, register.Bounded(stop));
            return Secret(made.Account, request.UserName, made.SetUpSecret, Times.Show(made.ExpireTime));
        });
        return command;
    }

    private static Command List(Session session)
    {
        var command = new Command("list", "List accounts.");
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var accounts = await RegisterConnection.All<StaffAccount>(async token =>
            {
                var page = await register.Staff.ListAccountsAsync(new ListAccountsRequest { PageToken = token }, register.Bounded(stop));
                return (page.Accounts, page.NextPageToken);
            });
            return new Answer(new JsonObject { ["accounts"] = ProtoJson.Of(accounts) }, Text(accounts));
        });
        return command;
    }

    private static Command ChangeRoles(Session session)
    {
        var (user, roles) = (User(), RoleOption());
        var command = new Command("roles", "Give an account other roles; its sessions end.") { user, roles };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new ChangeRolesRequest { UserName = parsed.GetRequiredValue(user), Roles = { parsed.GetRequiredValue(roles).Select(role => Roles[role]) } };
            return Shown((await register.Staff.ChangeRolesAsync(request, register.Bounded(stop))).Account);
        });
        return command;
    }

    private static Command Lock(Session session)
    {
        var user = User();
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var command = new Command("lock", "Lock an account for good; its sessions end.") { user, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new LockAccountRequest { UserName = parsed.GetRequiredValue(user), Reason = parsed.GetRequiredValue(reason) };
            return Shown((await register.Staff.LockAccountAsync(request, register.Bounded(stop))).Account);
        });
        return command;
    }

    private static Command Unlock(Session session)
    {
        var user = User();
        var command = new Command("unlock", "Unlock an account, also one that wrong passwords have locked.") { user };
        session.AtRegister(command, async (register, parsed, stop) =>
            Shown((await register.Staff.UnlockAccountAsync(new UnlockAccountRequest { UserName = parsed.GetRequiredValue(user) }, register.Bounded(stop))).Account));
        return command;
    }

    private static Command Reset(Session session)
    {
        var user = User();
        var command = new Command("reset-totp", "Take password and second factor from an account and print a new one-time secret; its sessions end.") { user };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var name = parsed.GetRequiredValue(user);
            var made = await register.Staff.ResetSecondFactorAsync(new ResetSecondFactorRequest { UserName = name }, register.Bounded(stop));
            return Secret(null, name, made.SetUpSecret, Times.Show(made.ExpireTime));
        });
        return command;
    }

    private static Answer Shown(StaffAccount account) => new(ProtoJson.Of(account), Text(account));

    private static Answer Secret(StaffAccount? account, string user, string secret, string until) => new(
        new JsonObject { ["account"] = account is null ? null : ProtoJson.Of(account), ["setUpSecret"] = secret },
        Layout.Sentence($"One-time secret for {user}, until {until}: {secret}\nHand it to the person alone, who runs `kiosklink staff set-up {user}`."));

    private static Option<string[]> RoleOption() => new Option<string[]>("--role")
    {
        Description = $"A role: {string.Join(", ", Roles.Keys)}; several times for more.",
        HelpName = "ROLE",
        Required = true,
    }.AcceptOnlyFromAmong([.. Roles.Keys]);

    private static string[] Row(StaffAccount account) =>
    [
        account.UserName,
        account.PersonName,
        string.Join(", ", account.Roles.Select(role => Roles.First(pair => pair.Value == role).Key)),
        State(account),
        account.UndertakingVersion,
        $"{account.Sessions}",
    ];

    private static string State(StaffAccount account) => account switch
    {
        { Locked: true } => "locked",
        { LockedUntil: { } until, ShutOutEverywhere: true } => $"open to known devices alone until {Times.Show(until)}",
        { LockedUntil: { } until } => $"shut to {account.ShutOutPlaces} place(s) until {Times.Show(until)}",
        { SetUp: false } => "not set up",
        _ => "",
    };
}
