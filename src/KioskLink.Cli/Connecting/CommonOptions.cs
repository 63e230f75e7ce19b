using System.CommandLine;

namespace KioskLink.Cli.Connecting;

/// <summary>Options that every command takes: how the register is reached, and how answers are written.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string?> _register = new("--register")
    {
        Description = "The register's address (https://host:7443).",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> _identity = new("--identity")
    {
        Description = "Folder with admin.pem, admin.key and ca.pem.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "The register's own configuration file, on the register's machine (register.json here by default).",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<bool> _asStaff = new("--as-staff")
    {
        Description = "Call as the person who signed in with `staff sign-in`, not with the administrator's certificate.",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON for programs.", Recursive = true };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_register, _identity, _config, _asStaff, _json];

    /// <summary>Whether answers are JSON.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Whether calls are made by a person's session.</summary>
    public bool IsAsStaff(ParseResult parsed) => parsed.GetValue(_asStaff);

    /// <summary>The configuration file that the command line names; null when it names none.</summary>
    public string? Config(ParseResult parsed) => parsed.GetValue(_config);

    /// <summary>What command line and environment say about the register.</summary>
    public Wish Of(ParseResult parsed) => new(
        parsed.GetValue(_register) ?? Environment.GetEnvironmentVariable("KIOSKLINK_REGISTER"),
        parsed.GetValue(_identity) ?? Environment.GetEnvironmentVariable("KIOSKLINK_IDENTITY"),
        parsed.GetValue(_config) ?? Environment.GetEnvironmentVariable("KIOSKLINK_CONFIG"));

    /// <summary>How the register is to be reached, as it was typed.</summary>
    /// <param name="Register">Its address.</param>
    /// <param name="Identity">The identity folder.</param>
    /// <param name="Config">Its configuration file.</param>
    internal sealed record Wish(string? Register, string? Identity, string? Config);
}
