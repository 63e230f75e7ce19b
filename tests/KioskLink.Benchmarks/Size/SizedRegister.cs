using System.Globalization;
using System.Text.Json;
using Grpc.Net.Client;
using KioskLink.Demo.Setup;
using KioskLink.Demo.World;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Samples;
using KioskLink.Testing;

namespace KioskLink.Benchmarks.Size;

/// <summary>A register as a program of its own, with artificial patrons and audit rows as <c>sample generate</c> makes them.</summary>
internal sealed class SizedRegister : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private RunningProgram? _program;

    /// <summary>The register, as the administrator who set it up.</summary>
    public GrpcChannel Channel { get; private set; } = null!;

    /// <summary>Makes the samples and starts the program.</summary>
    public static async Task<SizedRegister> OpenAsync(int patrons, int auditRows)
    {
        var register = new SizedRegister();
        var data = register._folder["register"];
        var config = new RegisterConfig(new Uri("https://127.0.0.1:0"), Console: null, data, DemoBranch.Profile, Path.Combine(data, "master.key"));
        RegisterInit.Write(config, DemoBranch.Profile, RegisterSetup.Administrator, TimeProvider.System);
        await SampleTask.RunAsync(config, new Arguments("", RegisterTask.Sample, false, patrons, auditRows, null), TextWriter.Null, TimeProvider.System);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await register.StartAsync(data);
        return register;
    }

    /// <summary>The most memory that the program has had resident since its start, MB.</summary>
    public double PeakMegabytes() => double.Parse(
        File.ReadLines($"/proc/{_program!.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1000;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Channel?.Dispose();
        if (_program is not null)
            await _program.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(string data)
    {
        var file = _folder.Write("register.json", JsonSerializer.Serialize(new { register = "https://127.0.0.1:0", data, profile = DemoBranch.Profile }));
        _program = RunningProgram.Start(SolutionRoot.Program("KioskLink.Register"), ["--config", file]);
        using var told = JsonDocument.Parse((await _program.Line("LISTENING"))["LISTENING".Length..]);
        Channel = Channels.ToRegister(new Uri(told.RootElement.GetProperty("grpc").GetString()!), data);
        await new RegisterSetup(Channel, System.Console.Error, TimeProvider.System).UndertakeAsync();
    }
}
