using System.CommandLine;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Cli.Output;
using KioskLink.Sip2;
using KioskLink.Sip2.Client;
using KioskLink.Sip2.Wire;

namespace KioskLink.Cli.Checkout;

/// <summary>The options that say whom the machine speaks to, and how.</summary>
internal sealed class WireOptions
{
    private const int DefaultPort = 6001, MaxPort = 65535;
    private const string Asked = "-";

    // A person tries again when it suits them, so nothing keeps them waiting after a failure.
    private static readonly TimeSpan NoDelay = TimeSpan.FromMilliseconds(1);

    private static readonly Dictionary<string, TextEncoding> Encodings = new()
    {
        ["utf-8"] = TextEncoding.Utf8,
        ["latin1"] = TextEncoding.Latin1,
        ["windows-1252"] = TextEncoding.Windows1252,
        ["cp850"] = TextEncoding.Cp850,
        ["ascii"] = TextEncoding.Ascii,
    };

    private static readonly Dictionary<string, Terminator> Terminators = new() { ["cr"] = Terminator.Cr, ["crlf"] = Terminator.CrLf };
    private static readonly Dictionary<string, bool> Switches = new() { ["on"] = true, ["off"] = false };
    private static readonly Dictionary<string, Language> Languages = new() { ["fi"] = Sip2.Language.Finnish, ["sv"] = Sip2.Language.Swedish, ["en"] = Sip2.Language.English };

    private readonly Option<string> _host = Text("--host", "NAME", "The host's name or address.", "127.0.0.1");
    private readonly Option<int> _port = new("--port") { Description = "The port.", HelpName = "PORT", DefaultValueFactory = _ => DefaultPort, Recursive = true };
    private readonly Option<bool> _tls = new("--tls") { Description = "Speak TLS.", Recursive = true };
    private readonly Option<string?> _ca = new("--ca") { Description = "A PEM file of the authority to trust, with TLS; the machine's own ones without it.", HelpName = "FILE", Recursive = true };
    private readonly Option<string?> _user = new("--user") { Description = "The login; without it none is made.", HelpName = "NAME", Recursive = true };
    private readonly Option<string> _password = Text("--password", "FILE", "A file with the login's password, or `-` to be asked.", Asked);
    private readonly Option<string> _location = Text("--location", "TEXT", "Where the machine stands (CP and AP).", "");
    private readonly Option<string> _institution = Text("--institution", "TEXT", "The branch or library (AO).", "");
    private readonly Option<string> _encoding = Choice("--encoding", "How letters are written.", Encodings.Keys, "utf-8");
    private readonly Option<string> _terminator = Choice("--terminator", "How messages end.", Terminators.Keys, "cr");
    private readonly Option<string> _detection = Choice("--error-detection", "Whether messages carry check digits.", Switches.Keys, "on");
    private readonly Option<string?> _language = new("--language") { Description = "The language of answers.", Recursive = true };

    public WireOptions()
    {
        _language.AcceptOnlyFromAmong([.. Languages.Keys]);
        _port.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 1 or > MaxPort)
                given.AddError($"--port takes 1 to {MaxPort}");
        });
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_host, _port, _tls, _ca, _user, _password, _location, _institution, _encoding, _terminator, _detection, _language];

    /// <summary>The language that patrons are spoken to in.</summary>
    public Language Language(ParseResult parsed) => parsed.GetValue(_language) is { } language ? Languages[language] : Sip2.Language.Unknown;

    /// <summary>What the client is told. Asks for the password where that is wished.</summary>
    public Sip2ClientOptions Of(ParseResult parsed, Terminal terminal) => new()
    {
        Host = parsed.GetRequiredValue(_host),
        Port = parsed.GetValue(_port),
        Tls = parsed.GetValue(_tls) || parsed.GetValue(_ca) is not null ? Tls(parsed.GetRequiredValue(_host), parsed.GetValue(_ca)) : null,
        Style = new WireStyle(Encodings[parsed.GetRequiredValue(_encoding)], Terminators[parsed.GetRequiredValue(_terminator)]),
        Login = parsed.GetValue(_user) is { } user ? new ClientLogin(user, SecretFile.Read(terminal, parsed.GetRequiredValue(_password), "password"), Known(parsed.GetRequiredValue(_location))) : null,
        Institution = parsed.GetRequiredValue(_institution),
        Location = parsed.GetRequiredValue(_location),
        ErrorDetection = Switches[parsed.GetRequiredValue(_detection)],
        Zone = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Helsinki", out var zone) ? zone : TimeZoneInfo.Local,
        ReconnectMin = NoDelay,
        ReconnectMax = NoDelay,
    };

    private static SslClientAuthenticationOptions Tls(string host, string? ca)
    {
        var tls = new SslClientAuthenticationOptions { TargetHost = host };
        if (ca is null)
            return tls;
        tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        tls.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(File.Exists(ca) ? ca : throw CommandProblem.Usage($"--ca: there is no file {Path.GetFileName(ca)}."));
        return tls;
    }

    private static string? Known(string text) => text.Length > 0 ? text : null;

    private static Option<string> Text(string name, string help, string description, string otherwise) =>
        new(name) { Description = description, HelpName = help, DefaultValueFactory = _ => otherwise, Recursive = true };

    private static Option<string> Choice(string name, string description, IEnumerable<string> values, string otherwise)
    {
        var choice = new Option<string>(name) { Description = description, DefaultValueFactory = _ => otherwise, Recursive = true };
        choice.AcceptOnlyFromAmong([.. values]);
        return choice;
    }
}
