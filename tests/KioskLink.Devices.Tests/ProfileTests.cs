using KioskLink.Devices.Osdp;
using KioskLink.Devices.Profiles;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests;

/// <summary>The profiles shipped under <c>hardware/</c>, and what is said about a broken one.</summary>
public sealed class ProfileTests
{
    [Fact]
    public void Every_shipped_profile_loads_and_is_named_as_its_folder()
    {
        var paths = Directory.GetFiles(Path.Combine(SolutionRoot.Path, "hardware"), "profile.json", SearchOption.AllDirectories);

        Assert.True(paths.Length >= 3);
        foreach (var path in paths)
        {
            var (profile, problem) = DeviceProfile.Load(path);
            Assert.Null(problem);
            Assert.Equal(Path.GetFileName(Path.GetDirectoryName(path)), profile!.Model);
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "README.md")));
        }
    }

    [Theory]
    [InlineData("{ \"model\": \"x\" }", "maker")]
    [InlineData("{ \"model\": \"x\", \"maker\": \"y\", \"protocol\": \"osdp\", \"bauds\": [9600], \"colour\": 1 }", "colour")]
    [InlineData("{ \"model\": \"x\", \"maker\": \"y\", \"protocol\": \"osdp\", \"bauds\": [1200] }", "bauds")]
    public void A_broken_profile_is_named_with_what_is_wrong(string json, string named)
    {
        using var folder = new TempFolder();
        var path = folder.Write("profile.json", json);

        var (_, problem) = DeviceProfile.Load(path);

        Assert.Contains(path, problem, StringComparison.Ordinal);
        Assert.Contains(named, problem, StringComparison.Ordinal);
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
}
