using System.Text.Json.Nodes;
using KioskLink.Rules.Cards;
using KioskLink.Testing;

namespace KioskLink.Cli;

/// <summary>The same commands against the real register, as an operator sets it up.</summary>
public sealed class RealRegisterTests : IDisposable
{
    private const string Branch = """
        { "id": "FI-Lh-Renkomaki", "name": "Renkomäki", "offlinePolicy": "OFFLINE_POLICY_CACHED", "doors": [ { "id": "front" } ],
          "hours": { "week": [ { "weekday": "WEEKDAY_MONDAY", "periods": [ { "from": "00:00", "to": "24:00", "kind": "PERIOD_KIND_SELF_SERVICE" } ] } ] } }
        """;

    private const string Patrons = """
        customer_id,card_number,pin,surname,first_names,date_of_birth,identity_code,language,group,home_branch,card_expires_on,terms_accepted_on
        1001,29909090000018,4711,Näsi,Aino,1980-01-31,,fi,adult,FI-Lh-Renkomaki,,2026-01-01
        1002,12345,4711,Väärä,Kortti,1980-01-31,,fi,adult,FI-Lh-Renkomaki,,2026-01-01

        """;

    private const int ManyPatronsCount = 500;

    private static readonly string Program = SolutionRoot.Program("KioskLink.Register");

    private readonly TempFolder _folder = new();

    private string Config => _folder["register.json"];

    [Fact]
    public async Task Init_writes_keys_once_and_never_again()
    {
        WriteConfig();

        var first = await Init("--json");
        var second = await Init();

        Assert.Equal(0, first.Code);
        Assert.Contains(_folder["data/ca.pem"], first.Json["files"]!.AsArray().Select(file => (string?)file));
        Assert.NotEqual(0, second.Code);
        Assert.Contains("exists already", second.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_s_certificate_is_renewed_and_the_old_one_revoked()
    {
        WriteConfig();
        Assert.Equal(0, (await Init()).Code);
        await using var register = RunningProgram.Start(Program, ["--config", Config]);
        string[] there = await There(register);
        using var old = new TempFolder();
        foreach (var file in new[] { "admin.pem", "admin.key", "ca.pem" })
            File.Copy(_folder[$"data/{file}"], old[file]);

        var renewed = await CommandLine.Run(["administrator", "renew", .. there]);
        var revoked = await CommandLine.Run(["administrator", "revoke", old["admin.pem"], "--reason", "renewed", .. there]);
        var mine = await CommandLine.Run(["node", "list", .. there]);
        var thief = await CommandLine.Run(["node", "list", .. there, "--identity", old.Path]);

        Assert.Equal((0, 0, 0, 1), (renewed.Code, revoked.Code, mine.Code, thief.Code));
        Assert.Contains("revoked", thief.Errors, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["data/admin.key"]));
    }

    [Fact]
    public async Task R43_The_undertaking_is_read_and_given_before_the_first_patron_is_shown()
    {
        WriteConfig();
        var made = await Init("--json", "--administrator", "maija");
        await using var register = RunningProgram.Start(Program, ["--config", Config]);
        string[] there = await Address(register);

        var early = await CommandLine.Run(["patron", "show", "1001", .. there]);
        var read = await CommandLine.Run(["staff", "undertake", .. there]);
        var given = await CommandLine.Run(["staff", "undertake", (string)read.Json["version"]!, .. there]);
        var late = await CommandLine.Run(["patron", "show", "1001", .. there]);

        Assert.Equal("maija", (string?)made.Json["administrator"]);
        Assert.Contains("UNDERTAKING_MISSING", early.Errors, StringComparison.Ordinal);
        Assert.All(["fi", "sv", "en"], language => Assert.Contains("621/1999", (string?)read.Json["texts"]![language], StringComparison.Ordinal));
        Assert.Equal((false, true, "maija"), ((bool)read.Json["given"]!, (bool)given.Json["given"]!, (string?)given.Json["user"]));
        Assert.Contains("NOT_FOUND", late.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R41_A_second_administrator_makes_a_certificate_of_the_own_and_overwrites_nobody_s()
    {
        WriteConfig();
        Assert.Equal(0, (await Init()).Code);
        await using var register = RunningProgram.Start(Program, ["--config", Config]);
        string[] there = await There(register);
        using var own = new TempFolder();
        File.Copy(_folder["data/ca.pem"], own["ca.pem"]);
        Environment.SetEnvironmentVariable("KIOSKLINK_SESSION", _folder["session.json"]);
        const string Password = "seitsemän pientä sammakkoa";
        var added = await CommandLine.RunTyping(["Ville Testi"], ["staff", "add", "ville", "--name", "-", "--role", "administrator", .. there]);
        var setUp = await CommandLine.RunTyping([(string)added.Json["setUpSecret"]!, Password], ["staff", "set-up", "ville", .. there]);
        var code = OneTimeCode.Of((string)setUp.Json["totpSecret"]!, TimeProvider.System.GetUtcNow());
        var signed = await CommandLine.RunTyping([Password, code], ["staff", "sign-in", "ville", .. there]);
        await CommandLine.Run(["staff", "undertake", (string)signed.Json["undertaking"]!, "--as-staff", .. there]);

        var wrong = await CommandLine.Run(["administrator", "renew", "--as-staff", .. there]);
        var first = await CommandLine.Run(["administrator", "renew", "--as-staff", "--identity", own.Path, .. there]);
        var known = await CommandLine.Run(["staff", "undertake", "--identity", own.Path, .. there]);

        Assert.Equal((2, 0), (wrong.Code, first.Code));
        Assert.Contains("another person's certificate", wrong.Errors, StringComparison.Ordinal);
        Assert.Equal(("ville", true), ((string?)known.Json["user"], (bool)known.Json["given"]!));
    }

    [Fact]
    public async Task A_branch_and_its_patrons_are_set_up_banned_and_explained()
    {
        WriteConfig();
        Assert.Equal(0, (await Init()).Code);
        await using var register = RunningProgram.Start(Program, ["--config", Config]);
        string[] there = await There(register);

        var branch = await CommandLine.Run(["branch", "apply", _folder.Write("branch.json", Branch), .. there]);
        var import = await CommandLine.Run(["patron", "import", _folder.Write("patrons.csv", Patrons), .. there]);
        var ban = await CommandLine.Run(["ban", "add", "1001", "self-service", "--reason-code", "damage", .. there]);
        var explained = await CommandLine.Run(["access", "explain", "--customer", "1001", "--branch", "FI-Lh-Renkomaki", "--door", "front", .. there]);
        var shown = await CommandLine.Run(["patron", "show", "1001", .. there]);
        var found = await CommandLine.RunTyping(["aino nasi"], ["patron", "search", "-", .. there]);
        var consent = await CommandLine.Run(["consent", "give", "1001", "loan-history", .. there]);
        var token = await CommandLine.Run(["node", "enroll", "front", "--branch", "FI-Lh-Renkomaki", .. there]);

        Assert.Equal("", branch.Errors + import.Errors + ban.Errors + explained.Errors + shown.Errors + found.Errors + consent.Errors + token.Errors);
        Assert.True((bool)branch.Json["changed"]!);
        Assert.Equal((1, 1), ((int)import.JsonLines[^1]["summary"]!["created"]!, (int)import.JsonLines[^1]["summary"]!["rejected"]!));
        Assert.Equal(3, (int)import.JsonLines[0]["row"]!["line"]!);
        Assert.Equal("SELF_SERVICE_BAN", (string?)explained.Json["decision"]!["code"]);
        Assert.Equal("SELF_SERVICE", (string?)shown.Json["bans"]![0]!["kind"]);
        Assert.Equal(("1001", true), ((string?)found.Json["patrons"]![0]!["customerId"], (bool)found.Json["patrons"]![0]!["hasBan"]!));
        Assert.True((bool)consent.Json["added"]!);
        Assert.NotEmpty((string)token.Json["token"]!);
        Assert.Equal(0, await register.Stop());
    }

    [Fact]
    public async Task A_person_is_hired_signs_in_and_works_and_the_log_tells_of_it()
    {
        WriteConfig();
        Assert.Equal(0, (await Init()).Code);
        await using var register = RunningProgram.Start(Program, ["--config", Config]);
        string[] there = await There(register);
        await CommandLine.Run(["patron", "import", _folder.Write("patrons.csv", Patrons), .. there]);
        Environment.SetEnvironmentVariable("KIOSKLINK_SESSION", _folder["session.json"]);
        const string Password = "seitsemän pientä sammakkoa";

        var added = await CommandLine.RunTyping(["Aino Testi"], ["staff", "add", "aino", "--name", "-", "--role", "librarian", .. there]);
        var setUp = await CommandLine.RunTyping([(string)added.Json["setUpSecret"]!, Password], ["staff", "set-up", "aino", .. there]);
        var code = OneTimeCode.Of((string)setUp.Json["totpSecret"]!, TimeProvider.System.GetUtcNow());
        var signed = await CommandLine.RunTyping([Password, code], ["staff", "sign-in", "aino", "--device", "desk-1", .. there]);
        var early = await CommandLine.Run(["patron", "show", "1001", "--as-staff", .. there]);
        var accepted = await CommandLine.Run(["staff", "accept", (string)signed.Json["undertaking"]!, .. there]);
        var shown = await CommandLine.Run(["patron", "show", "1001", "--as-staff", .. there]);
        var refused = await CommandLine.Run(["audit", "list", "--as-staff", .. there]);
        var log = await CommandLine.Run(["audit", "list", "--actor", "aino", .. there]);
        var listed = await CommandLine.Run(["staff", "list", .. there]);

        Assert.Equal("", added.Errors + setUp.Errors + signed.Errors + accepted.Errors + shown.Errors + log.Errors + listed.Errors);
        Assert.Contains("UNDERTAKING_MISSING", early.Errors, StringComparison.Ordinal);
        Assert.Equal("1001", (string?)shown.Json["customerId"]);
        Assert.Contains("ROLE_NOT_ALLOWED", refused.Errors, StringComparison.Ordinal);
        Assert.Contains(log.Json["events"]!.AsArray(), row => (string?)row!["action"] == "PatronService/GetPatron" && (string?)row["result"] == "OK");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["session.json"]));

        await CommandLine.Run(["staff", "lock", "aino", "--reason", "left", .. there]);
        Assert.Contains("SESSION_ENDED", (await CommandLine.Run(["patron", "show", "1001", "--as-staff", .. there])).Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandLine.Run(["audit", "verify", .. there])).Code);
        Assert.DoesNotContain(Password, added.Output + setUp.Output + signed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_rotation_killed_at_any_moment_is_run_again_and_every_patron_is_still_there()
    {
        WriteConfig();
        Assert.Equal(0, (await Init()).Code);
        await using (var before = RunningProgram.Start(Program, ["--config", Config]))
        {
            string[] there = await There(before);
            var import = await CommandLine.Run(["patron", "import", _folder.Write("patrons.csv", ManyPatrons), .. there]);
            Assert.Equal(ManyPatronsCount, (int)import.JsonLines[^1]["summary"]!["created"]!);
            var running = await Rotate();
            Assert.Equal(2, running.Code);
            Assert.Contains("already uses the data folder", running.Errors, StringComparison.Ordinal);
            await before.Stop();
        }

        await using (var rotation = RunningProgram.Start(Program, ["rotate-key", "--config", Config]))
        {
            await rotation.Line("SEALED");
            await rotation.Kill();
        }

        var rotated = await Rotate("--json");
        Assert.Equal("", rotated.Errors);
        Assert.Equal((0, _folder["data/master.key.old"]), (rotated.Code, (string?)rotated.Json["oldKey"]));
        Assert.True(File.Exists(_folder["data/master.key.old"]));

        await using var after = RunningProgram.Start(Program, ["--config", Config]);
        var shown = await CommandLine.RunTyping(["29909090000018"], ["patron", "show", "--card", "-", .. await There(after)]);
        Assert.Equal("1001", (string?)shown.Json["customerId"]);
    }

    [Fact]
    public async Task Samples_fill_a_register_that_then_finds_them()
    {
        WriteConfig();
        Assert.Equal(0, (await Init()).Code);

        var made = await CommandLine.Run(["sample", "generate", "--patrons", "20", "--audit", "10", "--config", Config, "--register-program", Program, "--json"]);

        Assert.Equal("", made.Errors);
        Assert.Equal((20, "2468"), ((int)made.Json["patrons"]!, (string?)made.Json["pin"]));
        await using var register = RunningProgram.Start(Program, ["--config", Config]);
        var shown = await CommandLine.RunTyping([(string)made.Json["firstCard"]!], ["patron", "show", "--card", "-", .. await There(register)]);
        Assert.Equal("sample-0000000", (string?)shown.Json["customerId"]);
    }

    [Fact]
    public async Task R37_A_folder_of_applications_becomes_patrons_and_the_same_folder_again_changes_nothing()
    {
        WriteConfig();
        Assert.Equal(0, (await Init()).Code);
        await using var register = RunningProgram.Start(Program, ["--config", Config]);
        string[] there = await There(register);
        var folder = Directory.CreateDirectory(_folder["applications"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.csv"), "surname,first_names,identity_code,language\nMallinen,Testi Aino,010594Y9032,sv\nMallinen,Väärä,010594Y9033,fi\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "b.json"), """{ "surname": "Mallinen", "firstNames": "Toinen", "identityCode": "020594X903P" }""");

        var first = await CommandLine.Run(["application", "import", folder, .. there]);
        var again = await CommandLine.Run(["application", "import", folder, .. there]);
        var found = await CommandLine.RunTyping(["mallinen"], ["patron", "search", "-", .. there]);

        Assert.Equal((1, 1), (first.Code, again.Code));
        Assert.Equal((3, 2, 1), Counts(first, "created"));
        Assert.Equal((3, 2, 1), Counts(again, "known"));
        Assert.Contains("identity_code", (string)first.JsonLines[0]["file"]!["problems"]![0]!, StringComparison.Ordinal);
        Assert.Equal(2, found.Json["patrons"]!.AsArray().Count);

        static (int Applications, int Counted, int Refused) Counts(Printed printed, string what)
        {
            var sum = printed.JsonLines[^1]["summary"]!;
            return ((int)sum["applications"]!, (int)sum[what]!, (int)sum["refused"]!);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string ManyPatrons => Patrons[..Patrons.IndexOf("1002", StringComparison.Ordinal)]
        + string.Concat(Enumerable.Range(2000, ManyPatronsCount - 1).Select(id => $"{id},{Card(id)},,Koe,Henkilö,1980-01-31,,fi,adult,,,2026-01-01\n"));

    private static string Card(int number)
    {
        var body = $"2990909{number:000000}";
        return body + CheckDigit.Of(CheckAlgorithm.LibraryMod10, body);
    }

    private async Task<string[]> There(RunningProgram register)
    {
        var there = await Address(register);
        await Undertaking.GiveAsync(there);
        return there;
    }

    private async Task<string[]> Address(RunningProgram register)
    {
        var address = (string)JsonNode.Parse((await register.Line("LISTENING"))["LISTENING ".Length..])!["grpc"]!;
        return ["--config", Config, "--register", address, "--json"];
    }

    private Task<Printed> Rotate(params string[] options) =>
        CommandLine.Run(["register", "rotate-key", "--config", Config, "--register-program", Program, .. options]);

    private Task<Printed> Init(params string[] options) =>
        CommandLine.Run(["register", "init", "--config", Config, "--register-program", Program, .. options]);

    private void WriteConfig() =>
        _folder.Write("register.json", """{ "register": "https://127.0.0.1:0", "data": "./data", "profile": "lastu", "masterKey": "./data/master.key" }""");
}
