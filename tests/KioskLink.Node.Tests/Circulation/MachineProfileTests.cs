using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using KioskLink.Circulation.Machines;
using KioskLink.Node.Hosting;
using KioskLink.Node.Tests.Rig;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;
using KioskLink.Sip2.Wire;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>What node.json says of a machine reaches the wire: each setting has its place in the profile by which the machine is spoken to.</summary>
public sealed class MachineProfileTests : IDisposable
{
    // Every setting other than it is by default; a gate's alone says its door.
    private const string Machine = """
        { "login": "kiosk1", "role": "door", "door": "front", "institution": "KIRJ", "institutionRule": "own", "location": "HALL", "libraryName": "Renkomäki", "encoding": "cp850",
          "terminator": "crLf", "errorDetection": "required", "language": "sv", "unknownCommands": "askAgain", "shownFlags": [ "chargeDenied", "cardLost" ], "refusedFlags": [ "chargeDenied" ],
          "namesWithoutPin": true, "patronFields": { "PB": "selfServiceAccess" }, "holdCounting": "all", "alertOnReturn": false, "replyTimeout": "8s", "retries": 2, "idleLimit": "20m",
          "pinProvenFor": "1m", "goneAfter": "0s" }
        """;

    private static readonly Dictionary<string, object?> Expected = new()
    {
        [nameof(DeviceProfile.Style)] = new WireStyle(TextEncoding.Cp850, Terminator.CrLf),
        [nameof(DeviceProfile.Role)] = DeviceRole.Door,
        [nameof(DeviceProfile.Institution)] = "KIRJ",
        [nameof(DeviceProfile.InstitutionRule)] = InstitutionRule.Own,
        [nameof(DeviceProfile.LibraryName)] = "Renkomäki",
        [nameof(DeviceProfile.TerminalLocation)] = "HALL",
        [nameof(DeviceProfile.Language)] = Language.Swedish,
        [nameof(DeviceProfile.Zone)] = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki"),
        [nameof(DeviceProfile.ErrorDetectionRequired)] = true,
        [nameof(DeviceProfile.UnknownCommands)] = UnknownCommandRule.AskAgain,
        [nameof(DeviceProfile.ShownFlags)] = PatronFlags.ChargeDenied | PatronFlags.CardLost,
        [nameof(DeviceProfile.RefusedFlags)] = PatronFlags.ChargeDenied,
        [nameof(DeviceProfile.PatronFields)] = new[] { new PatronField("PB", PatronAttribute.SelfServiceAccess) },
        [nameof(DeviceProfile.HoldCounting)] = HoldCounting.All,
        // No machine lends without a PIN, whatever is written of it.
        [nameof(DeviceProfile.LoansNeedPin)] = true,
        [nameof(DeviceProfile.DetailsNeedPin)] = false,
        [nameof(DeviceProfile.AlertOnReturn)] = false,
        [nameof(DeviceProfile.ReplyTimeout)] = TimeSpan.FromSeconds(8),
        [nameof(DeviceProfile.Retries)] = 2,
        [nameof(DeviceProfile.IdleLimit)] = TimeSpan.FromMinutes(20),
        [nameof(DeviceProfile.PinProvenFor)] = TimeSpan.FromMinutes(1),
    };

    private readonly TempFolder _folder = new();

    [Fact]
    public void Every_setting_of_a_machine_is_in_the_profile_by_which_it_is_spoken_to()
    {
        var (machine, unset) = (Read(), new MachineConfig());
        Assert.All(SettingsOf<MachineConfig>(), setting => Assert.False(Equals(setting.GetValue(machine), setting.GetValue(unset)), $"{setting.Name} is not set here: give it another value than its default"));

        var profile = MachineProfiles.Of(machine, branch: "FI-Lh-Renkomaki");

        Assert.Equal(Expected.Keys.Order(), SettingsOf<DeviceProfile>().Select(setting => setting.Name).Order());
        Assert.All(SettingsOf<DeviceProfile>(), setting => Assert.Equal(Expected[setting.Name], setting.GetValue(profile)));
    }

    [Fact]
    public async Task A_machine_hears_its_letters_its_line_ends_its_check_digits_and_the_flags_it_is_shown()
    {
        const string unknownCard = "20000000000025";
        await using var hall = await MachineHall.OpenAsync(config => config with
        {
            Machines = [MachineHall.SelfCheck with { Encoding = TextEncoding.Cp850, Terminator = Terminator.CrLf, ErrorDetection = ErrorDetection.Required, ShownFlags = [PatronFlags.CardLost], RefusedFlags = [PatronFlags.ChargeDenied] }, .. config.Machines.Skip(1)],
        });
        using var machine = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await machine.ConnectAsync(IPEndPoint.Parse(hall.Address));
        Assert.StartsWith("941", await SayAsync(machine, Checked($"{MachineHall.Login}AY0AZ")), StringComparison.Ordinal);
        hall.Lending.CardCode = Protos.Types.V1.DecisionCode.CardLost;

        Assert.Equal("96AZFEF6\r\n", await SayAsync(machine, MachineHall.Ask63));
        var known = await SayAsync(machine, Checked($"{MachineHall.Ask63}AY1AZ"));
        var unknown = await SayAsync(machine, Checked($"{MachineHall.Ask63.Replace(FakeLending.Card, unknownCard, StringComparison.Ordinal)}AY2AZ"));

        // Of the flags of a lost card it is shown that one, and the one that its profile sets for whoever is refused.
        Assert.StartsWith("64Y   Y         007", known, StringComparison.Ordinal);
        Assert.Matches("AY1AZ[0-9A-F]{4}\r\n$", known);
        // The letter ä is 84 in code page 850.
        Assert.Contains("|AFTuntematon kortti tai v\u0084\u0084r\u0084 PIN|", unknown, StringComparison.Ordinal);
        Assert.Matches("AY2AZ[0-9A-F]{4}\r\n$", unknown);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<PropertyInfo> SettingsOf<T>() => typeof(T).GetProperties().Where(property => property.CanWrite);

    private MachineConfig Read()
    {
        MachineHall.PasswordFile(_folder, """{ "kiosk1": "s3cret" }""");
        return ConfigFile.Read(_folder.Write("node.json", $$"""
            { "node": "front", "branch": "FI-Lh-Renkomaki", "register": "https://127.0.0.1:7443", "data": "./data", "keyCustody": "disk", "diskCustodyAcceptedBy": "Lahti, 2026-11-01",
              "sip2": { "listeners": [ { "address": "127.0.0.1:6001" } ], "passwords": "passwords.json", "machines": [ {{Machine}} ] }, "doors": [ { "id": "front" } ] }
            """), []).Sip2!.Machines[0];
    }

    // SIP2 appendix: the bytes and their check digits add up to nothing in 16 bits.
    private static string Checked(string message) => $"{message}{-message.Sum(letter => letter) & 0xFFFF:X4}";

    private static async Task<string> SayAsync(Socket machine, string line)
    {
        await machine.SendAsync(Encoding.Latin1.GetBytes(line + "\r"));
        var (heard, buffer) = (new StringBuilder(), new byte[1024]);
        while (heard.Length == 0 || heard[^1] != '\n')
        {
            var count = await Patience.For(machine.ReceiveAsync(buffer), "an answer that ends with CR and LF");
            Assert.True(count > 0, $"the connection ended after {heard}");
            heard.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        return heard.ToString();
    }
}
