namespace KioskLink.Circulation.Machines;

/// <summary>SIP2: where checkout machines, PC booking and gates connect, and how each is spoken to.</summary>
internal sealed record Sip2Config
{
    /// <summary>Where machines connect; without one nothing listens.</summary>
    public IReadOnlyList<Sip2ListenConfig> Listeners { get; init; } = [];

    /// <summary>
    /// Path of the machines' passwords, a file that its owner alone may read: a JSON object, login to its password, or to `sha256:` and the
    /// SHA-256 of it in hexadecimal.
    /// </summary>
    public string? Passwords { get; init; }

    /// <summary>The machines by login.</summary>
    public IReadOnlyList<MachineConfig> Machines { get; init; } = [];

    /// <summary>How much of a listener anybody may take.</summary>
    public Sip2LimitsConfig Limits { get; init; } = new();

    /// <summary>The section with its relative paths starting at a folder.</summary>
    public Sip2Config WithPaths(string folder)
    {
        return this with
        {
            Passwords = Full(Passwords),
            Listeners = [.. Listeners.Select(listener => listener with { Certificate = Full(listener.Certificate), CertificateKey = Full(listener.CertificateKey) })],
        };

        string? Full(string? path) => string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path, folder);
    }
}

/// <summary>Where machines connect.</summary>
internal sealed record Sip2ListenConfig
{
    /// <summary>Address and port; port 0 means a free one.</summary>
    public string Address { get; init; } = "127.0.0.1:6001";

    /// <summary>Path of the certificate for TLS, PEM, the chain behind it; unset speaks in clear.</summary>
    public string? Certificate { get; init; }

    /// <summary>Path of its private key, PEM, that its owner alone may read; unset means that it stands in the certificate's file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>The network on which clear text is accepted beyond loopback, and why; machines of other networks are turned away.</summary>
    public PlainTextConfig? AcceptPlainText { get; init; }

    /// <summary>The login of the machine that is meant where machines here never log in; unset means that they must.</summary>
    public string? WithoutLogin { get; init; }

    /// <summary>What a machine may do before it logs in.</summary>
    public KioskLink.Sip2.Server.BeforeLoginRule BeforeLogin { get; init; }
}

/// <summary>A network on which PINs may pass in clear.</summary>
internal sealed record PlainTextConfig
{
    /// <summary>The network (`10.20.0.0/24`).</summary>
    public string Segment { get; init; } = "";

    /// <summary>Who accepted it, when, and what keeps others off that network.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>How much of a listener anybody may take.</summary>
internal sealed record Sip2LimitsConfig
{
    /// <summary>Connections in all, up to 16384.</summary>
    public int Connections { get; init; } = 8192;

    /// <summary>Connections from one address.</summary>
    public int ConnectionsPerSource { get; init; } = 256;

    /// <summary>Connections of one login.</summary>
    public int ConnectionsPerLogin { get; init; } = 128;

    /// <summary>Connections that have not logged in yet; the oldest of them makes room for a new one.</summary>
    public int ConnectionsWithoutLogin { get; init; } = 512;
}
