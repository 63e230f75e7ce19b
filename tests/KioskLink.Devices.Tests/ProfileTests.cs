using System.Text.RegularExpressions;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Profiles;
using KioskLink.Devices.Readers;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests;

/// <summary>The profiles shipped under <c>hardware/</c>, and what is said about a broken one.</summary>
public sealed partial class ProfileTests : IDisposable
{
    private const string Good = """
        { "model": "x", "maker": "y", "protocol": "osdp", "bauds": [9600], "secure": ["scbk"], "reader": true, "leds": 1,
          "display": { "rows": 1, "columns": 16 }, "cards": { "encoding": "hex", "byteOrder": "e0First", "minBits": 64, "maxBits": 64 } }
        """;

    private const string GoodLine = """
        { "model": "x", "maker": "y", "protocol": "uid-ascii", "bauds": [9600], "reader": true,
          "line": { "end": "etx", "form": "rdm6300", "prefix": "$", "letters": "ab", "kinds": "ACF", "commands": "datalogic", "pauseMs": 50, "sameAgainMs": 1500 } }
        """;

    private readonly TempFolder _folder = new();

    [Fact]
    public void Every_shipped_profile_is_read_and_is_named_as_its_folder()
    {
        var shipped = Path.Combine(SolutionRoot.Path, "hardware");
        var paths = Directory.GetFiles(shipped, "profile.json", SearchOption.AllDirectories);

        Assert.True(paths.Length >= 3);
        foreach (var path in paths)
        {
            var (profile, problem) = HardwareFolder.Read(Path.GetFileName(Path.GetDirectoryName(path))!, shipped);
            Assert.Null(problem);
            Assert.NotNull(profile);
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "README.md")));
        }
    }

    [Fact]
    public void Every_model_that_can_be_bought_has_a_drawing_a_udev_rule_of_its_own_and_names_its_schema()
    {
        foreach (var folder in BoughtModels())
        {
            var (model, readme) = (Path.GetFileName(folder), File.ReadAllText(Path.Combine(folder, "README.md")));
            var drawing = Wiring().Match(readme).Groups["path"].Value;
            Assert.True(File.Exists(Path.Combine(folder, drawing)) && drawing.EndsWith(".svg", StringComparison.Ordinal), $"{model} has no drawing");
            var schema = Schema().Match(File.ReadAllText(Path.Combine(folder, "profile.json"))).Groups["path"].Value;
            Assert.True(schema.Length > 0 && File.Exists(Path.Combine(folder, schema)), $"{model} names no schema");
            var rule = File.ReadAllLines(Path.Combine(folder, $"70-kiosklink-{model}.rules")).Single(line => line.StartsWith("SUBSYSTEM==\"tty\", ENV{", StringComparison.Ordinal));
            Assert.Contains("GROUP=\"kiosklink\", MODE=\"0660\", ENV{ID_MM_DEVICE_IGNORE}=\"1\"", rule, StringComparison.Ordinal);
            Assert.EndsWith($"SYMLINK+=\"kiosklink/{model}\"", rule, StringComparison.Ordinal);
            Assert.Contains($"70-kiosklink-{model}.rules", readme, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_model_that_can_be_bought_has_a_capture_of_its_bytes()
    {
        foreach (var folder in BoughtModels())
        {
            var captures = Path.Combine(folder, "captures");
            Assert.True(Directory.Exists(captures) && Directory.GetFiles(captures, "*.txt").Length > 0, $"{Path.GetFileName(folder)} has no capture");
            Assert.All(Directory.GetFiles(captures), path => Assert.Contains(File.ReadLines(path), line => line.StartsWith('>') || line.StartsWith('<')));
        }
    }

    // Virtual devices hang on pseudo-terminals, which no rule names.
    private static IEnumerable<string> BoughtModels() =>
        Directory.GetFiles(Path.Combine(SolutionRoot.Path, "hardware"), "profile.json", SearchOption.AllDirectories)
            .Select(path => Path.GetDirectoryName(path)!).Where(folder => !Path.GetFileName(folder).StartsWith("virtual-", StringComparison.Ordinal));

    [GeneratedRegex(@"!\[Wiring\]\((?<path>[^)]+)\)")]
    private static partial Regex Wiring();

    [GeneratedRegex(@"""\$schema"": ""(?<path>[^""]+)""")]
    private static partial Regex Schema();

    [Fact]
    public void The_shipped_profiles_lie_beside_the_program()
    {
        var (reader, problem) = HardwareFolder.Read("virtual-osdp-reader");

        Assert.Null(problem);
        Assert.Equal(new CardMapping(CardEncoding.Bcd, 16, 256), reader!.Cards);
    }

    [Fact]
    public void An_unknown_model_is_answered_with_those_there_are()
    {
        var (_, problem) = HardwareFolder.Read("reader-3000");

        Assert.Contains("\"reader-3000\" in " + HardwareFolder.Beside, problem, StringComparison.Ordinal);
        Assert.Contains("virtual-osdp-io, virtual-osdp-reader, virtual-scanner", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_under_another_name_than_its_folders_is_named()
    {
        _folder.Write("readers/z/profile.json", Good);

        Assert.Contains("its folder \"z\"", HardwareFolder.Read("z", _folder.Path).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_arrives()
    {
        var (profile, problem) = ProfileFile.Read(_folder.Write("profile.json", Good));

        Assert.Null(problem);
        Assert.Equal(new CardMapping(CardEncoding.Hex, 64, 64, ByteOrder: UidOrder.E0First), profile!.Cards);
        Assert.Equal(16, profile.Display!.Cells);
        Assert.Equal([SecureMode.Scbk], profile.Secure);
    }

    [Theory]
    [InlineData("\"maker\": \"y\",", "", "the key \"maker\" is missing: write a text.")]
    [InlineData("\"protocol\": \"osdp\",", "", "the key \"protocol\" is missing: write \"osdp\" or \"scanner\"")]
    [InlineData("\"maker\"", "\"colour\": 1, \"maker\"", "the key \"colour\" is not known: remove it, or mend its spelling.")]
    [InlineData("\"encoding\"", "\"codec\": 1, \"encoding\"", "the key \"cards.codec\" is not known: remove it, or mend its spelling.")]
    [InlineData("\"maker\"", "\"maker\": \"z\", \"maker\"", "the key \"maker\" stands twice: remove one of the two.")]
    [InlineData("[9600]", "[1200]", "\"bauds\" needs one or more of 9600")]
    [InlineData("[9600]", "9600", "the value of \"bauds\" is not of the right kind: write a list of speeds, such as [9600, 38400].")]
    [InlineData("\"osdp\"", "\"rs232\"", "the value of \"protocol\" is not of the right kind: write \"osdp\" or \"scanner\"")]
    [InlineData("\"osdp\"", "\"numato\"", "a numato line has no protection: remove \"secure\".")]
    [InlineData("\"osdp\", \"bauds\": [9600], \"secure\": [\"scbk\"]", "\"numato\", \"bauds\": [9600]", "a relay board has relays: write how many under \"outputs\".")]
    [InlineData("\"osdp\"", "\"scanner\"", "remove \"secure\".")]
    [InlineData("[\"scbk\"]", "[\"install\"]", "write one or both of \"scbk\" and \"clear\".")]
    [InlineData("\"reader\": true", "\"reader\": \"yes\"", "the value of \"reader\" is not of the right kind: write true or false.")]
    [InlineData("\"reader\": true", "\"reader\": false", "remove \"cards\".")]
    [InlineData("\"leds\": 1", "\"leds\": 300", "\"leds\" is 300: write a number from 0 to 255.")]
    [InlineData("\"rows\": 1", "\"rows\": 0", "\"display\" shows nothing or too much")]
    [InlineData("\"encoding\": \"hex\",", "", "the value of \"cards\" is not of the right kind: write at least the encoding")]
    [InlineData("\"hex\"", "\"roman\"", "\"cards.encoding\" is not of the right kind: write \"bcd\" or \"ascii\"")]
    [InlineData("\"e0First\"", "\"lastFirst\"", "write \"asRead\" or \"reversed\" or \"e0First\".")]
    [InlineData("\"hex\"", "\"bcd\"", "only hex and decimal have a \"byteOrder\"")]
    [InlineData("\"maxBits\": 64", "\"maxBits\": 500", "\"cards\" takes 64 to 500 bits: hex takes 1 to 256")]
    [InlineData("\"y\"", "null", "the value of \"maker\" is not of the right kind: write a text.")]
    [InlineData("\"leds\": 1,", "\"leds\": 1,,", "it is not valid JSON at line 1: mend the text there.")]
    [InlineData("\"leds\": 1", "\"twn4\": { \"pollMs\": 75 }", "\"twn4\" says how a TWN4 is set up, and this is none: remove it.")]
    [InlineData("\"osdp\", \"bauds\": [9600], \"secure\": [\"scbk\"]", "\"twn4\", \"bauds\": [9600], \"twn4\": { \"pollMs\": 5 }", "\"twn4.pollMs\" is 5: write 20 to 1000 milliseconds.")]
    [InlineData("\"osdp\", \"bauds\": [9600], \"secure\": [\"scbk\"]", "\"twn4\", \"bauds\": [9600], \"twn4\": { \"crc\": 1 }", "the value of \"twn4.crc\" is not of the right kind: write true or false.")]
    [InlineData("\"leds\": 1", "\"supervisedInputs\": [0]", "\"supervisedInputs\" is for relay boards: other devices watch their lines themselves; remove it.")]
    [InlineData("\"osdp\", \"bauds\": [9600], \"secure\": [\"scbk\"], \"reader\": true", "\"modbus-rtu\", \"bauds\": [9600], \"outputs\": 1, \"inputs\": 2, \"supervisedInputs\": [1]", "\"supervisedInputs\" names input 1, whose second contact is on input 2, and there are 2")]
    [InlineData("\"leds\": 1", "\"supervisedInputs\": true", "the value of \"supervisedInputs\" is not of the right kind: write the first input of each two, such as [0, 2].")]
    [InlineData("\"leds\": 1", "\"line\": { \"end\": \"cr\" }", "and osdp has frames of its own: remove \"line\".")]
    public void A_broken_profile_is_one_sentence_with_file_field_and_mend(string right, string wrong, string said)
    {
        var path = _folder.Write("profile.json", Good.Replace(right, wrong, StringComparison.Ordinal));

        var (_, problem) = ProfileFile.Read(path);

        Assert.StartsWith(path + ": ", problem, StringComparison.Ordinal);
        Assert.Contains(said, problem, StringComparison.Ordinal);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem!);
    }

    [Theory]
    [InlineData("\"end\"", "\"ends\"", "the key \"line.ends\" is not known")]
    [InlineData("\"etx\"", "\"never\"", "the value of \"line.end\" is not of the right kind: write \"any\" or \"cr\"")]
    [InlineData("\"rdm6300\"", "\"decimal10\"", "\"line.form\": a uid-ascii line has no readings of the form decimal10: write \"hex\" or \"rdm6300\"")]
    [InlineData("\"datalogic\"", "\"any\"", "the value of \"line.commands\" is not of the right kind: write \"none\" or \"datalogic\" or \"honeywell\" or \"cipherLab\".")]
    [InlineData("\"$\"", "\"a b\"", "\"line.prefix\" takes 0 to 16 printable characters")]
    [InlineData("\"ab\"", "\"]\"", "\"line.letters\" takes the letters")]
    [InlineData("\"ACF\"", "\"A,C\"", "\"line.kinds\" takes letters of AIM identifiers")]
    [InlineData("50", "1", "\"line.pauseMs\" is 1: write 5 to 10000 milliseconds.")]
    [InlineData("1500", "20000", "\"line.sameAgainMs\" is 20000: write 0 to 10000 milliseconds.")]
    [InlineData("\"reader\": true", "\"reader\": true, \"secure\": [\"scbk\"]", "a uid-ascii line has no protection: remove \"secure\".")]
    [InlineData("\"reader\": true", "\"reader\": true, \"keypad\": true", "\"keypad\": keys come with the line form decimal10 alone: write false.")]
    public void A_mistake_in_how_a_line_is_read_names_its_key(string right, string wrong, string said)
    {
        Assert.Null(ProfileFile.Read(_folder.Write("profile.json", GoodLine)).Problem);

        var (_, problem) = ProfileFile.Read(_folder.Write("profile.json", GoodLine.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_that_is_not_there_or_too_large_is_named()
    {
        Assert.Contains(_folder["absent.json"], ProfileFile.Read(_folder["absent.json"]).Problem, StringComparison.Ordinal);
        var large = _folder.Write("large.json", new string(' ', ProfileFile.LargestFile + 1));
        Assert.Contains("no device profile", ProfileFile.Read(large).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_bus_options_are_told_one_sentence_each()
    {
        var options = new OsdpBusOptions
        {
            Id = "bus0",
            Path = "/dev/null",
            Baud = 1200,
            Devices = [new() { Id = "a", Address = 1, Secure = SecureMode.Clear }, new() { Id = "b", Address = 1, Keys = [new byte[3]] }],
        };

        var problems = options.Problems().ToList();

        Assert.Contains(problems, problem => problem.Contains("1200 baud", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("a and b share address 1", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("not 16 bytes", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
