using System.Diagnostics;
using System.Text.RegularExpressions;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Hosting;

public sealed partial class SystemdUnitTests : IDisposable
{
    /// <summary>The most that the units may expose by the count of `systemd-analyze security`, where 10 is everything.</summary>
    private const double MostExposure = 2;

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Units => [.. Directory.GetFiles(Folder, "*.service").Select(path => Path.GetFileName(path)!)];

    private static string Folder => Path.Combine(SolutionRoot.Path, "hardware", "systemd");

    public void Dispose() => _folder.Dispose();

    // The exit code is 0 on an unknown key too: only the error stream tells.
    [Theory]
    [MemberData(nameof(Units))]
    public async Task Systemd_knows_every_key_of_the_units(string unit)
    {
        var (output, errors) = await AnalyzeAsync("verify", Runnable(unit, await ReadAsync(unit)));

        Assert.Equal(("", ""), (output, errors));
    }

    [Fact]
    public async Task A_misspelt_key_is_found()
    {
        var broken = (await ReadAsync("kiosklink-node.service")).Replace("WatchdogSec=", "WatchdogSeconds=", StringComparison.Ordinal);

        Assert.Contains("WatchdogSeconds", (await AnalyzeAsync("verify", Runnable("kiosklink-node.service", broken))).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task The_units_expose_little_of_the_machine(string unit)
    {
        var (output, _) = await AnalyzeAsync("security", Runnable(unit, await ReadAsync(unit)), "--offline=true", "--no-pager");

        var exposure = double.Parse(Exposure().Match(output).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(exposure, 0, MostExposure);
    }

    [Fact]
    public async Task The_node_is_watched_restarted_for_ever_and_sees_serial_lines_only()
    {
        var unit = await ReadAsync("kiosklink-node.service");

        string[] wanted =
        [
            "Type=notify", "WatchdogSec=20", "Restart=always", "StartLimitIntervalSec=0", "LimitCORE=0", "DevicePolicy=closed",
            "DeviceAllow=char-ttyUSB rw", "DeviceAllow=char-ttyACM rw", "Group=kiosklink", "NoNewPrivileges=yes",
        ];
        Assert.All(wanted, line => Assert.Contains($"\n{line}\n", unit, StringComparison.Ordinal));
    }

    private static Task<string> ReadAsync(string unit) => File.ReadAllTextAsync(Path.Combine(Folder, unit));

    // The programs and their README lie on no machine that runs these tests.
    private string Runnable(string name, string unit) =>
        _folder.Write(name, Installed().Replace(unit, match => match.Value.StartsWith("Exec", StringComparison.Ordinal) ? "ExecStart=/bin/true" : ""));

    private static async Task<(string Output, string Errors)> AnalyzeAsync(string verb, string unit, params string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo("systemd-analyze", [verb, .. options, unit])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Patience.For(process.WaitForExitAsync(), "systemd-analyze", Patience.Program);
        return (await output, await errors);
    }

    [GeneratedRegex("^(ExecStart|Documentation)=.*$", RegexOptions.Multiline)]
    private static partial Regex Installed();

    [GeneratedRegex(@"Overall exposure level for \S+: ([\d.]+)")]
    private static partial Regex Exposure();
}
