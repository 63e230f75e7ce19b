using System.Security.Cryptography;
using System.Text.Json;

namespace KioskLink.Demo.Setup;

/// <summary>The demo's folder: configuration of both programs, their data and their logs. One demo at a time holds it.</summary>
internal sealed class DemoFolder : IDisposable
{
    /// <summary>The rights of a demo's folder: it holds keys.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string HoldName = "demo.lock";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly FileStream _hold;

    /// <summary>Takes a folder, making it where it is missing.</summary>
    /// <exception cref="IOException">It cannot be written, or another demo holds it; says which.</exception>
    public DemoFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path, OwnerOnly);
            Directory.CreateDirectory(Logs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{Path} cannot be written ({e.Message.TrimEnd('.')}): name another folder with --data.", e);
        }
        _hold = Hold(Path) ?? throw new IOException($"{Path} is in use by another demo: stop that one, or name another folder with --data.");
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Logs of both programs.</summary>
    public string Logs => In("logs");

    /// <summary>The register's configuration.</summary>
    public string RegisterConfig => In("register.json");

    /// <summary>The register's data, with its administrator's certificate.</summary>
    public string RegisterData => In("register");

    /// <summary>The node's configuration.</summary>
    public string NodeConfig => In("node.json");

    /// <summary>The node's data: what a thief of the box gets.</summary>
    public string NodeData => In("node");

    /// <summary>The node's technician socket.</summary>
    public string NodeSocket => In("node/node.sock");

    /// <summary>The one-time token with which the node enrols.</summary>
    public string EnrolmentToken => In("enrolment.token");

    /// <summary>Keys of the OSDP devices.</summary>
    public string DeviceKeys => In("keys.json");

    /// <summary>Tokens of programs inside the kiosk.</summary>
    public string DeviceTokens => In("device-tokens.json");

    /// <summary>Passwords of checkout machines.</summary>
    public string MachinePasswords => In("machine-passwords.json");

    /// <summary>A link to the serial line of the virtual devices.</summary>
    public string BusLink => In("bus0");

    /// <summary>Whether the register was set up here before.</summary>
    public bool IsInitialised => File.Exists(In("register/ca.pem"));

    /// <summary>Who hears of alarms; nobody while there is no such file.</summary>
    public string Alarms => In("alarms.json");

    /// <summary>Writes register.json.</summary>
    /// <param name="port">Where gRPC listens.</param>
    /// <param name="consolePort">Where the staff's pages listen; 0 takes a free port.</param>
    public void WriteRegisterConfig(int port, int consolePort = 0)
    {
        var config = new Dictionary<string, string>
        {
            ["register"] = $"https://127.0.0.1:{port}",
            ["console"] = $"http://127.0.0.1:{consolePort}",
            ["data"] = "./register",
            ["profile"] = DemoBranch.Profile,
            ["masterKey"] = "./register/master.key",
        };
        if (File.Exists(Alarms))
            config["alarms"] = "./alarms.json";
        Write(RegisterConfig, config);
    }

    /// <summary>Writes node.json: the wiring of one door.</summary>
    /// <param name="register">Where the register is, seen from the node.</param>
    /// <param name="kioskPort">Where the kiosk API listens.</param>
    /// <param name="machinePort">Where checkout machines connect.</param>
    /// <param name="wiring">The door.</param>
    /// <param name="pagesPort">Where the node's pages are; 0 takes a free port.</param>
    public void WriteNodeConfig(Uri register, int kioskPort, int machinePort, Wiring wiring, int pagesPort = 0) => Write(NodeConfig, new
    {
        node = DemoBranch.Node,
        branch = DemoBranch.Id,
        register = register.GetLeftPart(UriPartial.Authority),
        data = "./node",
        enrollment = "./enrolment.token",
        keyCustody = "disk",
        diskCustodyAcceptedBy = "KioskLink demo, 2026-11-01",
        keys = "./keys.json",
        deviceTokens = "./device-tokens.json",
        listen = new { kiosk = $"127.0.0.1:{kioskPort}", socket = "./node/node.sock", pages = $"127.0.0.1:{pagesPort}" },
        sip2 = SelfCheckLogin.Section(machinePort, "./machine-passwords.json"),
        buses = wiring.Buses,
        devices = wiring.Devices,
        entrances = wiring.Entrances,
        doors = wiring.Doors,
    });

    /// <summary>Writes the passwords of checkout machines, which nobody else may read.</summary>
    public void WriteMachinePasswords()
    {
        Write(MachinePasswords, new Dictionary<string, string> { [SelfCheckLogin.User] = SelfCheckLogin.Password });
        File.SetUnixFileMode(MachinePasswords, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>The secure-channel key of a device, made at the first start.</summary>
    public byte[] KeyOf(string device)
    {
        var keys = File.Exists(DeviceKeys)
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(DeviceKeys)) ?? []
            : [];
        if (!keys.TryGetValue(device, out var key))
        {
            keys[device] = key = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            Write(DeviceKeys, keys);
        }
        return Convert.FromHexString(key);
    }

    /// <summary>Takes the mark of a folder in use; null when a demo that runs has it.</summary>
    public static FileStream? Hold(string folder)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(folder, HoldName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether a demo has ever taken this folder.</summary>
    public static bool WasTaken(string folder) => File.Exists(System.IO.Path.Combine(folder, HoldName));

    /// <inheritdoc/>
    public void Dispose() => _hold.Dispose();

    /// <summary>A file or folder in the demo's folder.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    private static void Write(string file, object content) => File.WriteAllText(file, JsonSerializer.Serialize(content, Indented));
}
