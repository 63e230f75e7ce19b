using System.Text.Json.Serialization;
using KioskLink.Circulation.Machines;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Rules.Premises;

namespace KioskLink.Node.Hosting;

/// <summary>What node.json says: identity, ports, files and wiring. Hours, policies and names come by sync. Paths are absolute once read.</summary>
internal sealed record NodeConfig
{
    /// <summary>Path of node.schema.json, for the editor alone.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The node's id.</summary>
    public string Node { get; init; } = "";

    /// <summary>The branch's id (`FI-Lh-Renkomaki`).</summary>
    public string Branch { get; init; } = "";

    /// <summary>Address of the register (`https://host:7443`).</summary>
    public string Register { get; init; } = "";

    /// <summary>The data folder.</summary>
    public string Data { get; init; } = "";

    /// <summary>Who keeps the node key.</summary>
    public KeyCustody KeyCustody { get; init; }

    /// <summary>Who accepted for the data controller that the key lies on the disk, and when; required with custody `disk`.</summary>
    public string? DiskCustodyAcceptedBy { get; init; }

    /// <summary>Path of the systemd credential that holds the node key; required with custody `tpm`.</summary>
    public string? NodeKeyCredential { get; init; }

    /// <summary>Path of the one-time enrolment token, read when there is no certificate yet.</summary>
    public string? Enrollment { get; init; }

    /// <summary>Where the node listens.</summary>
    public ListenConfig Listen { get; init; } = new();

    /// <summary>Path of the tokens of programs inside the kiosk: a JSON object, device id to role and SHA-256 of the token in hexadecimal.</summary>
    public string? DeviceTokens { get; init; }

    /// <summary>Checkout machines, PC booking and gates that speak SIP2; unset where there are none.</summary>
    public Sip2Config? Sip2 { get; init; }

    /// <summary>Path of the OSDP keys: a JSON object, device id to 32 hexadecimal digits.</summary>
    public string? Keys { get; init; }

    /// <summary>Whether the machine has a clock with a battery of its own.</summary>
    public bool BatteryClock { get; init; }

    /// <summary>Where the boot id is read.</summary>
    public string BootIdPath { get; init; } = "/proc/sys/kernel/random/boot_id";

    /// <summary>Serial lines.</summary>
    public IReadOnlyList<BusConfig> Buses { get; init; } = [];

    /// <summary>Readers, keypads, displays and I/O modules.</summary>
    public IReadOnlyList<DeviceConfig> Devices { get; init; } = [];

    /// <summary>What belongs together on one side of a door.</summary>
    public IReadOnlyList<EntranceConfig> Entrances { get; init; } = [];

    /// <summary>Doors: locks and contacts.</summary>
    public IReadOnlyList<DoorConfig> Doors { get; init; } = [];

    /// <summary>Doors of which one opens at a time.</summary>
    public IReadOnlyList<InterlockConfig> Interlocks { get; init; } = [];

    /// <summary>Lobbies: pairs of doors, one behind the other.</summary>
    public IReadOnlyList<LobbyConfig> Lobbies { get; init; } = [];

    /// <summary>What is done about a card that comes in although it is inside already.</summary>
    public AntiPassback AntiPassback { get; init; }

    /// <summary>How long people inside have to show their card to a reader inside once staff has gone, 1 min to 2 h.</summary>
    public TimeSpan RollCall { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What the node does when the branch's state changes.</summary>
    public IReadOnlyList<ActionConfig> Actions { get; init; } = [];

    /// <summary>The burglar alarm; unset where there is none, or none that the node knows of.</summary>
    public AlarmPanelConfig? AlarmPanel { get; init; }

    /// <summary>Outputs that are on while a critical alarm stands.</summary>
    public IReadOnlyList<AlarmOutputConfig> AlarmOutputs { get; init; } = [];
}

/// <summary>Where the node listens.</summary>
internal sealed record ListenConfig
{
    /// <summary>Loopback address of KioskService; port 0 means a free one.</summary>
    public string Kiosk { get; init; } = "127.0.0.1:7450";

    /// <summary>Address of the node's pages, for patrons at a panel and for staff: loopback, unless they have a certificate; port 0 means a free one.</summary>
    public string Pages { get; init; } = "127.0.0.1:7081";

    /// <summary>Path of the pages' certificate, PEM; unset means plain text on loopback.</summary>
    public string? PagesCertificate { get; init; }

    /// <summary>Path of its key, PEM; required with the certificate.</summary>
    public string? PagesKey { get; init; }

    /// <summary>Path of the Unix socket for technicians; unset means `node.sock` in the data folder.</summary>
    public string? Socket { get; init; }

    /// <summary>Path of the Unix socket of a second person, who approves what a technician may not do alone; unset means that nobody can.</summary>
    public string? SecondRoleSocket { get; init; }

    /// <summary>The group of the machine that may use the second socket, another than the technicians'; required with it.</summary>
    public string? SecondRoleGroup { get; init; }
}

/// <summary>Who keeps the node key.</summary>
internal enum KeyCustody
{
    /// <summary>Not said: the node does not start.</summary>
    Unset,

    /// <summary>The machine's TPM, through a systemd credential.</summary>
    Tpm,

    /// <summary>The register; the node holds it in memory only.</summary>
    Register,

    /// <summary>The node's disk, accepted by the data controller.</summary>
    Disk,
}
