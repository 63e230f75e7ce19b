using System.CommandLine;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Cli.Staff;

namespace KioskLink.Cli;

/// <summary>One run of the program: where it writes, what time it is, whom it talks to.</summary>
internal sealed class Session(Terminal terminal, TimeProvider clock)
{
    /// <summary>Options that every command takes.</summary>
    public CommonOptions Options { get; } = new();

    /// <summary>Where results go.</summary>
    public Terminal Terminal { get; } = terminal;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>Whom the command talks to, for error texts.</summary>
    public string Address { get; private set; } = "the register";

    /// <summary>How long before the end of an administrator's certificate each command warns of it.</summary>
    public static readonly TimeSpan WarnBefore = TimeSpan.FromDays(30);

    /// <summary>Makes a command run against the register that the options name, and show its answer.</summary>
    public void AtRegister(Command command, Func<RegisterConnection, ParseResult, CancellationToken, Task<Answer>> work) =>
        command.SetAction(async (parsed, stop) =>
        {
            using var register = Connect(parsed);
            return Terminal.Show(await work(register, parsed, stop));
        });

    /// <summary>Connects to the register that the options name; the first call makes the connection.</summary>
    public RegisterConnection Connect(ParseResult parsed)
    {
        var target = Target(parsed);
        if (Options.IsAsStaff(parsed))
        {
            return ConnectAsPerson(parsed);
        }

        WarnOfEnd(target.Identity);
        return RegisterConnection.Open(target, Clock);
    }

    private void WarnOfEnd(string folder)
    {
        using var certificate = AdministratorIdentity.Certificate(folder);
        if (certificate is not null && new DateTimeOffset(certificate.NotAfter) - Clock.GetUtcNow() < WarnBefore)
        {
            Terminal.Errors.WriteLine(
                $"The administrator's certificate in {folder} ends on {certificate.NotAfter:yyyy-MM-dd}: run `kiosklink administrator renew`, with `--as-staff` once it has ended.");
        }
    }

    /// <summary>Connects to the register as the person who signed in.</summary>
    public RegisterConnection ConnectAsPerson(ParseResult parsed)
    {
        var target = Target(parsed);
        return RegisterConnection.OpenAsPerson(target, Clock, SessionFile.Default.Read(target.Address).Token);
    }

    /// <summary>Connects to the register without any proof of who calls: for signing in.</summary>
    public RegisterConnection ConnectAsNobody(ParseResult parsed) => RegisterConnection.OpenAsPerson(Target(parsed), Clock, null);

    /// <summary>The register that the options name.</summary>
    public RegisterTarget Target(ParseResult parsed)
    {
        var target = RegisterTarget.From(Options.Of(parsed));
        Address = target.Address.ToString().TrimEnd('/');
        return target;
    }

    /// <summary>Connects to the node behind a Unix socket.</summary>
    public NodeConnection ConnectNode(string socket)
    {
        Address = socket;
        return NodeConnection.Open(socket, Clock);
    }
}
