using System.Text.Json.Nodes;
using KioskLink.Testing;

namespace KioskLink.Cli;

/// <summary>Requests of data subjects, retention and jobs against the real register, as a data-protection officer works.</summary>
public sealed class RightsCommandsTests : IDisposable
{
    private const string Patrons = """
        customer_id,card_number,pin,surname,first_names,date_of_birth,identity_code,language,group,home_branch,card_expires_on,terms_accepted_on
        1001,29909090000018,4711,Näsi,Aino,1980-01-31,,fi,adult,,,2026-01-01

        """;

    private static readonly string Program = SolutionRoot.Program("KioskLink.Register");

    private readonly TempFolder _folder = new();

    private string Config => _folder["register.json"];

    [Fact]
    public async Task R74_R75_R77_A_request_is_opened_proven_answered_and_the_person_erased()
    {
        await using var register = await StartAsync();
        string[] there = await There(register);

        var opened = await Run("request", "open", "inspect", "1001", "--channel", "desk");
        var early = await Run("request", "export", "1", "--to", _folder.Path);
        var proven = await Run("request", "prove", "1", "in-person-id-document");
        var exported = await Run("request", "export", "1", "--to", _folder.Path, "--language", "sv");
        var corrected = await CommandLine.RunTyping(["Niemi"], [.. (string[])["request", "rectify", "surname=-", "--customer", "1001"], .. there]);
        await Run("request", "open", "erase", "1001", "--channel", "desk", "--identified-by", "in-person-id-document");
        var erased = await Run("request", "erase", "2", "--reason", "moved away");
        var listed = await Run("request", "list", "--closed");

        Assert.Equal(("1", "OPEN"), ((string?)opened.Json["id"]?.ToString(), (string?)opened.Json["state"]));
        Assert.Equal(1, early.Code);
        Assert.Contains("identity is not proven", early.Errors, StringComparison.Ordinal);
        Assert.Equal("in-person-id-document", (string?)proven.Json["identifiedBy"]);
        var files = exported.Json["files"]!.AsArray().Select(file => (string)file!).ToList();
        Assert.All(files, file => Assert.Contains("Näsi", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(("surname", "STAFF"), ((string?)corrected.Json["changedFields"]![0], (string?)corrected.Json["origin"]));
        Assert.True((bool)erased.Json["erased"]!, erased.Output + erased.Errors);
        Assert.Equal(["DONE", "DONE"], listed.Json["requests"]!.AsArray().Select(request => (string?)request!["state"]));

        Task<Printed> Run(params string[] command) => CommandLine.Run([.. command, .. there]);
    }

    [Fact]
    public async Task R75_An_identity_code_is_asked_for_and_never_taken_from_the_command_line()
    {
        await using var register = await StartAsync();
        string[] there = await There(register);

        var told = await CommandLine.Run([.. (string[])["request", "rectify", "identity_code=010180-9029", "--customer", "1001"], .. there]);
        var asked = await CommandLine.RunTyping(["310180-999N"], [.. (string[])["request", "rectify", "identity_code=-", "--customer", "1001"], .. there]);

        Assert.Equal(2, told.Code);
        Assert.DoesNotContain("010180", told.Errors + told.Output, StringComparison.Ordinal);
        Assert.Equal("identity_code", (string?)asked.Json["changedFields"]![0]);
    }

    [Fact]
    public async Task R74_An_export_replaces_a_file_that_others_may_read()
    {
        await using var register = await StartAsync();
        string[] there = await There(register);
        await CommandLine.Run([.. (string[])["request", "open", "inspect", "1001", "--channel", "desk", "--identified-by", "in-person-id-document"], .. there]);
        await File.WriteAllTextAsync(_folder["elsewhere"], "");
        File.SetUnixFileMode(_folder["elsewhere"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        File.CreateSymbolicLink(_folder["request-1.json"], _folder["elsewhere"]);

        await CommandLine.Run([.. (string[])["request", "export", "1", "--to", _folder.Path], .. there]);

        Assert.Equal("", await File.ReadAllTextAsync(_folder["elsewhere"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["request-1.json"]));
        Assert.Contains("Näsi", await File.ReadAllTextAsync(_folder["request-1.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R79_A_refusal_writes_its_certificate_and_an_extension_needs_a_reason()
    {
        await using var register = await StartAsync();
        string[] there = await There(register);

        await Run("request", "open", "rectify", "1001", "--channel", "desk", "--received", TimeProvider.System.GetUtcNow().AddDays(-10).ToString("yyyy-MM-dd", null));
        var bare = await Run("request", "extend", "1");
        var extended = await Run("request", "extend", "1", "--months", "1", "--reason", "many systems");
        var refused = await Run("request", "refuse", "1", "--reason", "the data is right", "--certificate", _folder["certificate.html"]);

        Assert.Equal(2, bare.Code);
        Assert.Equal("many systems", (string?)extended.Json["extensionReason"]);
        Assert.Equal("REFUSED", (string?)refused.Json["state"]);
        Assert.Contains("Tietosuojavaltuutetun toimisto", File.ReadAllText(_folder["certificate.html"]), StringComparison.Ordinal);

        Task<Printed> Run(params string[] command) => CommandLine.Run([.. command, .. there]);
    }

    [Fact]
    public async Task R58_R65_A_plan_is_previewed_approved_and_run_and_its_evidence_listed()
    {
        await using var register = await StartAsync();
        string[] there = await There(register);

        var rules = await Run("retention", "list");
        var plan = await Run("retention", "plan", "inactive-patrons");
        var early = await Run("retention", "run", "1");
        var approved = await Run("retention", "approve", "1", "--reason", "yearly cleaning");
        var run = await Run("retention", "run", "1");
        var runs = await Run("retention", "list", "--runs");
        var jobs = await Run("job", "list");
        var job = await Run("job", "run", "retention-door-log");

        Assert.Contains("door-log", rules.Json["rules"]!.AsArray().Select(rule => (string?)rule!["name"]));
        Assert.Equal("PLANNED", (string?)plan.Json["state"]);
        Assert.Equal(1, early.Code);
        Assert.Equal("APPROVED", (string?)approved.Json["state"]);
        Assert.Equal(("DONE", 64), ((string?)run.Json["state"], ((string)run.Json["evidence"]!).Length));
        Assert.True((bool)runs.Json["evidenceWhole"]!);
        Assert.Contains("retention-door-log", jobs.Json["jobs"]!.AsArray().Select(one => (string?)one!["name"]));
        Assert.Equal((0, false), (job.Code, (bool)job.Json["failed"]!));

        Task<Printed> Run(params string[] command) => CommandLine.Run([.. command, .. there]);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<RunningProgram> StartAsync()
    {
        _folder.Write("register.json", """{ "register": "https://127.0.0.1:0", "data": "./data", "profile": "lastu", "masterKey": "./data/master.key" }""");
        Assert.Equal(0, (await CommandLine.Run(["register", "init", "--config", Config, "--register-program", Program])).Code);
        return RunningProgram.Start(Program, ["--config", Config]);
    }

    private async Task<string[]> There(RunningProgram register)
    {
        var address = (string)JsonNode.Parse((await register.Line("LISTENING"))["LISTENING ".Length..])!["grpc"]!;
        string[] there = ["--config", Config, "--register", address, "--json"];
        await Undertaking.GiveAsync(there);
        var import = await CommandLine.Run(["patron", "import", _folder.Write("patrons.csv", Patrons), .. there]);
        Assert.Equal("", import.Errors);
        return there;
    }
}
