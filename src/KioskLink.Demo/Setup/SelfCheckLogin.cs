namespace KioskLink.Demo.Setup;

/// <summary>With what checkout machines log in at the demo's node.</summary>
internal static class SelfCheckLogin
{
    /// <summary>The user name.</summary>
    public const string User = "selfcheck";

    /// <summary>The password; the demo prints it, as it prints the samples' PINs.</summary>
    public const string Password = "selfcheck-demo";

    // Load is tried at the demo from one machine and with one login, so neither is limited below all.
    private const int Connections = 16_000;

    /// <summary>The sip2 section of node.json.</summary>
    /// <param name="port">Where machines connect, on loopback.</param>
    /// <param name="passwords">Path of the passwords' file.</param>
    public static object Section(int port, string passwords) => new
    {
        listeners = new[] { new { address = $"127.0.0.1:{port}" } },
        passwords,
        machines = new[] { new { login = User, role = "selfCheck", institution = DemoBranch.Id, libraryName = "Renkomäki" } },
        limits = new { connections = Connections, connectionsPerSource = Connections, connectionsPerLogin = Connections, connectionsWithoutLogin = Connections },
    };
}
