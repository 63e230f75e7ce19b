using KioskLink.Circulation.Lending;
using KioskLink.Circulation.Machines;
using KioskLink.Node.Circulation;
using KioskLink.Node.Hosting;
using KioskLink.Node.Tests.Rig;
using KioskLink.Sip2.Circulation;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>The listener of a real node with its link up, a register that is scripted, and machines on real sockets.</summary>
internal sealed class MachineHall : IAsyncDisposable
{
    public const string Login = "9300CNkiosk1|COs3cret|CPHALL|", Time = "20261121    233000", Institution = "KIRJ";
    public const string Ask63 = $"63007{Time}          AO{Institution}|AA{FakeLending.Card}|AC|AD{FakeLending.Pin}|";

    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();

    private MachineHall()
    {
    }

    public ScriptedRegister Register { get; private set; } = null!;

    public FakeLending Lending => Register.Lending;

    public NodeRig Rig { get; private set; } = null!;

    public NodeParts Parts => Rig.Parts;

    public MachineDesk Desk { get; private set; } = null!;

    public string Address => Desk.Addresses[0];

    private static MachineConfig Gate { get; } = new()
    {
        Login = "gate",
        Role = MachineRole.Door,
        Door = Samples.Door,
        PatronFields = new Dictionary<string, PatronAttribute> { ["PA"] = PatronAttribute.SelfServiceAccess },
    };

    public static MachineConfig SelfCheck { get; } = new() { Login = "kiosk1", Role = MachineRole.SelfCheck, Institution = Institution, Location = "HALL" };

    public static async Task<MachineHall> OpenAsync(Func<Sip2Config, Sip2Config>? change = null, Func<NodeParts, string?, ICirculation>? offline = null, TimeProvider? time = null)
    {
        var hall = new MachineHall();
        hall.Register = await ScriptedRegister.StartAsync(hall._authority);
        hall.Rig = new NodeRig(hall._folder, hall._authority, hall.Register.Address, time: time).Holding(Samples.Branch(), Samples.Adult()).Online();
        var config = new Sip2Config
        {
            Listeners = [new Sip2ListenConfig { Address = "127.0.0.1:0" }],
            Passwords = PasswordFile(hall._folder, """{ "kiosk1": "s3cret", "gate": "open", "booking": "sha256:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b" }"""),
            Machines = [SelfCheck, new MachineConfig { Login = "booking", Role = MachineRole.PcBooking }, Gate],
        };
        var parts = hall.Parts with { Config = hall.Parts.Config with { Sip2 = change?.Invoke(config) ?? config } };
        hall.Desk = (await MachineDesk.StartAsync(parts, login => offline?.Invoke(parts, login) ?? new CirculationAway(), new GateWork(_ => new(), hall.Rig.Decider.DecideAsync)))!;
        return hall;
    }

    public static string PasswordFile(TempFolder folder, string text)
    {
        var path = folder.Write("passwords.json", text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    public Task<LineDevice> ConnectAsync(string? from = null) => LineDevice.ConnectAsync(Address, from);

    public async Task<LineDevice> LogInAsync(string login = Login, string? from = null)
    {
        var device = await ConnectAsync(from);
        Assert.Equal("941", await device.SayAsync(login));
        return device;
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await Register.DisposeAsync();
        Rig.Dispose();
        _folder.Dispose();
    }
}
