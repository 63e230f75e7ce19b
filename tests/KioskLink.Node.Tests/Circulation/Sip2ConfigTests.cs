using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Node.Hosting;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>The section sip2 of node.json: what is wrong stops the node with one sentence that names it.</summary>
public class Sip2ConfigTests : IDisposable
{
    private const string Good = """
        { "node": "front", "branch": "FI-Lh-Renkomaki", "register": "https://127.0.0.1:7443", "data": "./data", "keyCustody": "disk", "diskCustodyAcceptedBy": "Lahti, 2026-11-01",
          "sip2": {
            "listeners": [ { "address": "127.0.0.1:6001" },
                           { "address": "10.20.0.5:6001", "certificate": "sip2.pem", "certificateKey": "sip2.key" },
                           { "address": "10.30.0.5:6001", "acceptPlainText": { "segment": "10.30.0.0/24", "reason": "VLAN 30 holds the machines alone; Lahti, 2026-11-01" } },
                           { "address": "127.0.0.2:6001", "withoutLogin": "gate" } ],
            "passwords": "passwords.json",
            "machines": [ { "login": "kiosk1", "role": "selfCheck", "institution": "KIRJ", "location": "HALL", "encoding": "cp850", "terminator": "crLf", "errorDetection": "required",
                            "language": "sv", "unknownCommands": "askAgain", "shownFlags": [ "chargeDenied", "cardLost" ], "refusedFlags": [ "chargeDenied" ], "namesWithoutPin": true,
                            "patronFields": { "PB": "homeLibrary", "PC": "category" }, "idleLimit": "20m", "replyTimeout": "8s", "retries": 2, "goneAfter": "0s" },
                          { "login": "booking", "role": "pcBooking" }, { "login": "gate", "role": "door", "door": "front" } ],
            "limits": { "connections": 100, "connectionsPerSource": 10, "connectionsPerLogin": 10, "connectionsWithoutLogin": 20 } }, "doors": [ { "id": "front" } ] }
        """;

    private readonly TempFolder _folder = new();

    public Sip2ConfigTests()
    {
        MachineHall.PasswordFile(_folder, """{ "kiosk1": "s3cret", "booking": "sha256:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b" }""");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=sip2", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        _folder.Write("sip2.pem", certificate.ExportCertificatePem());
        Private(_folder.Write("sip2.key", key.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void A_section_with_everything_is_read()
    {
        var sip2 = Read(Good).Sip2!;

        Assert.Equal(_folder["passwords.json"], sip2.Passwords);
        Assert.Equal(_folder["sip2.key"], sip2.Listeners[1].CertificateKey);
        Assert.Equal(KioskLink.Sip2.TextEncoding.Cp850, sip2.Machines[0].Encoding);
        Assert.Equal(TimeSpan.FromMinutes(20), sip2.Machines[0].IdleLimit);
    }

    [Theory]
    [InlineData("127.0.0.1:6001", "127.0.0.1", "127.0.0.1:6001")]
    [InlineData("127.0.0.1:6001", "localhost:6001", "localhost:6001")]
    [InlineData("127.0.0.1:6001", "0.0.0.0:6001", "PINs in clear text")]
    [InlineData("127.0.0.1:6001", "10.20.0.9:6001", "PINs in clear text")]
    [InlineData("127.0.0.2:6001", "127.0.0.1:6001", "twice")]
    [InlineData("10.30.0.0/24", "10.30.0.0", "segment")]
    [InlineData("10.30.0.0/24", "10.31.0.0/24", "not within the segment")]
    [InlineData("10.30.0.5:6001", "0.0.0.0:6001", "not within the segment")]
    [InlineData("VLAN 30 holds the machines alone; Lahti, 2026-11-01", " ", "\"reason\"")]
    [InlineData("\"certificate\": \"sip2.pem\", \"certificateKey\"", "\"certificateKey\"", "no \"certificate\"")]
    [InlineData("\"certificate\": \"sip2.pem\"", "\"certificate\": \"absent.pem\"", "absent.pem")]
    [InlineData("\"certificateKey\": \"sip2.key\"", "\"certificateKey\": \"absent.key\"", "absent.key")]
    [InlineData("\"certificate\": \"sip2.pem\", \"certificateKey\": \"sip2.key\"", "\"certificate\": \"passwords.json\"", "PEM")]
    [InlineData("\"certificate\": \"sip2.pem\",", "\"certificate\": \"sip2.pem\", \"acceptPlainText\": { \"segment\": \"10.20.0.0/24\", \"reason\": \"x\" },", "remove \"acceptPlainText\"")]
    [InlineData("\"withoutLogin\": \"gate\"", "\"withoutLogin\": \"gaet\"", "gaet")]
    [InlineData("\"address\": \"127.0.0.1:6001\"", "\"adress\": \"127.0.0.1:6001\"", "adress")]
    [InlineData("\"passwords\": \"passwords.json\",", "", "\"passwords\"")]
    [InlineData("\"passwords\": \"passwords.json\"", "\"passwords\": \"absent.json\"", "absent.json")]
    [InlineData("\"passwords\": \"passwords.json\"", "\"passwords\": \"sip2.pem\"", "chmod 600")]
    [InlineData("\"login\": \"booking\"", "\"login\": \"bookings\"", "bookings")]
    [InlineData(", { \"login\": \"gate\", \"role\": \"door\", \"door\": \"front\" }", "", "gate")]
    [InlineData("{ \"login\": \"booking\", \"role\": \"pcBooking\" },", "", "\"booking\"")]
    [InlineData("\"login\": \"booking\"", "\"login\": \"kiosk1\"", "twice")]
    [InlineData("\"login\": \"booking\"", "\"login\": \"\"", "\"login\"")]
    [InlineData("\"login\": \"booking\"", "\"login\": \"book|ing\"", "\"login\"")]
    [InlineData("\"role\": \"pcBooking\"", "\"institution\": \"X\"", "\"role\"")]
    [InlineData("\"role\": \"pcBooking\"", "\"role\": \"kiosk\"", "role")]
    [InlineData("\"door\": \"front\"", "\"door\": \"back\"", "back")]
    [InlineData(", \"door\": \"front\"", "", "\"door\"")]
    [InlineData("\"role\": \"pcBooking\"", "\"role\": \"pcBooking\", \"door\": \"front\"", "no gate")]
    [InlineData("\"encoding\": \"cp850\"", "\"encoding\": \"ebcdic\"", "encoding")]
    [InlineData("\"terminator\": \"crLf\"", "\"terminator\": \"lf\"", "terminator")]
    [InlineData("\"errorDetection\": \"required\"", "\"errorDetection\": \"yes\"", "errorDetection")]
    [InlineData("\"language\": \"sv\"", "\"language\": \"de\"", "language")]
    [InlineData("\"unknownCommands\": \"askAgain\"", "\"unknownCommands\": \"hangUp\"", "unknownCommands")]
    [InlineData("\"cardLost\"", "\"cardEaten\"", "shownFlags")]
    [InlineData("\"refusedFlags\": [ \"chargeDenied\" ]", "\"refusedFlags\": \"chargeDenied\"", "refusedFlags")]
    [InlineData("\"PB\": \"homeLibrary\"", "\"pb\": \"homeLibrary\"", "\"pb\"")]
    [InlineData("\"PB\": \"homeLibrary\"", "\"PB\": \"shoeSize\"", "patronFields")]
    [InlineData("\"PB\": \"homeLibrary\"", "\"PB\": \"birthDate\"", "\"birthDate\" in the field \"PB\"")]
    [InlineData("\"PB\": \"homeLibrary\"", "\"PB\": \"internet\"", "write \"category\" or \"homeLibrary\"")]
    [InlineData("\"role\": \"pcBooking\"", "\"role\": \"pcBooking\", \"patronFields\": { \"PB\": \"category\" }", "never told: remove it")]
    [InlineData("\"idleLimit\": \"20m\"", "\"idleLimit\": \"5s\"", "idle")]
    [InlineData("\"replyTimeout\": \"8s\"", "\"replyTimeout\": \"2m\"", "99.8")]
    [InlineData("\"retries\": 2", "\"retries\": 1000", "998")]
    [InlineData("\"retries\": 2", "\"retries\": 2, \"pinProvenFor\": \"1h\"", "proven")]
    [InlineData("\"goneAfter\": \"0s\"", "\"goneAfter\": \"often\"", "goneAfter")]
    [InlineData("\"connections\": 100", "\"connections\": 0", "sip2.limits.connections")]
    [InlineData("\"connections\": 100", "\"connections\": 100000", "16384")]
    [InlineData("\"connectionsPerSource\": 10", "\"connectionsPerSource\": 101", "connectionsPerSource")]
    [InlineData("\"connectionsPerLogin\": 10", "\"connectionsPerLogin\": -1", "connectionsPerLogin")]
    [InlineData("\"connectionsWithoutLogin\": 20", "\"connectionsWithoutLogin\": 0", "connectionsWithoutLogin")]
    public void A_mistake_is_one_sentence_that_names_it(string right, string wrong, string named)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);

        Check(Assert.Throws<StartProblem>(() => Read(Good.Replace(right, wrong, StringComparison.Ordinal))), named);
    }

    [Theory]
    [InlineData("""{ "kiosk1": "s3cret" }""", "\"booking\"")]
    [InlineData("""{ "kiosk1": "s3cret", "booking": "x", "other": "y" }""", "\"other\"")]
    [InlineData("""{ "kiosk1": "", "booking": "x" }""", "\"kiosk1\"")]
    [InlineData("""{ "kiosk1": "sha256:abc", "booking": "x" }""", "\"kiosk1\"")]
    [InlineData("""{ "kiosk1": 4711, "booking": "x" }""", "JSON object")]
    [InlineData("kiosk1: s3cret", "JSON object")]
    public void A_mistake_in_the_password_file_is_one_sentence_without_the_password(string text, string named)
    {
        MachineHall.PasswordFile(_folder, text);

        var problem = Assert.Throws<StartProblem>(() => Read(Good));

        Check(problem, named);
        Assert.DoesNotContain("s3cret", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("passwords.json")]
    [InlineData("sip2.key")]
    public void A_secret_that_others_may_read_is_not_used(string file)
    {
        File.SetUnixFileMode(_folder[file], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Check(Assert.Throws<StartProblem>(() => Read(Good)), $"chmod 600 {_folder[file]}");
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private static void Check(StartProblem problem, string named)
    {
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", problem.Message.TrimEnd('`'), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    private static void Private(string path) => File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private NodeConfig Read(string text) => ConfigFile.Read(_folder.Write("node.json", text), []);
}
