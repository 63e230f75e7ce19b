using System.Collections;
using System.Text.Json;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;
using KioskLink.Register.Rotation;
using KioskLink.Register.Samples;
using KioskLink.Register.Staff;
using KioskLink.Register.Store;

namespace KioskLink.Register.Hosting;

/// <summary>The program from its arguments to its exit code: 0 ok, 1 failure at run time, 2 bad configuration.</summary>
internal static class RegisterProgram
{
    private const int Ok = 0;
    private const int Failed = 1;
    private const int BadConfiguration = 2;

    /// <summary>Runs until SIGTERM or SIGINT, or does its one task with the register's keys.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        try
        {
            var arguments = Arguments.Read(args);
            var config = ConfigFile.Read(arguments.ConfigPath, Environment());
            switch (arguments.Task)
            {
                case RegisterTask.Init: Init(config, FirstAdministrator.Named(arguments.Administrator, SystemUser()), output); break;
                case RegisterTask.RotateKey: RotateKey(config, output); break;
                case RegisterTask.Sample: await SampleTask.RunAsync(config, arguments, output, TimeProvider.System); break;
                default: await ServeAsync(config, output, arguments.ExitWithStdin ? System.Console.OpenStandardInput() : Stream.Null); break;
            }

            return Ok;
        }
        catch (StartProblem problem)
        {
            await errors.WriteLineAsync(problem.Message);
            return BadConfiguration;
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException)
        {
            await errors.WriteLineAsync($"The register stopped: {failure.Message}");
            return Failed;
        }
    }

    private static void Init(RegisterConfig config, string administrator, TextWriter output)
    {
        using var hold = DataFolderLock.Take(config.Data);
        foreach (var file in RegisterInit.Write(config, Consortium(config), administrator, TimeProvider.System))
            output.WriteLine(file);
        output.WriteLine($"ADMINISTRATOR {administrator}");
    }

    // Whoever makes a register with sudo is a person behind root.
    private static string SystemUser() =>
        System.Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } person ? person : System.Environment.UserName;

    private static void RotateKey(RegisterConfig config, TextWriter output)
    {
        using var hold = DataFolderLock.Take(config.Data);
        var (files, told) = (new KeyFiles(config.MasterKey), -1L);
        try
        {
            var rows = KeyRotation.Run(config.Data, files, Consortium(config), TimeProvider.System, Tell);
            output.WriteLine("ROTATED " + JsonSerializer.Serialize(new { masterKey = files.InForce, oldKey = files.Before, rows }));
        }
        catch (StoreProblem problem)
        {
            throw new StartProblem(problem.Message);
        }

        void Tell(RotationProgress progress)
        {
            var percent = progress.Rows * 100 / Math.Max(1, progress.Total);
            if (percent == told) return;
            told = percent;
            output.WriteLine($"SEALED {progress.Rows} {progress.Total}");
            output.Flush();
        }
    }

    private static async Task ServeAsync(RegisterConfig config, TextWriter output, Stream lifeline)
    {
        using var hold = DataFolderLock.Take(config.Data);
        await using var host = await RegisterHost.StartAsync(config, TimeProvider.System);
        await output.WriteLineAsync(host.Addresses.ToLine());
        await output.FlushAsync();
        await (lifeline == Stream.Null ? host.WaitForShutdownAsync() : Task.WhenAny(host.WaitForShutdownAsync(), lifeline.CopyToAsync(Stream.Null)));
    }

    private static string Consortium(RegisterConfig config)
    {
        try
        {
            return ProfileReader.Load(config.Profile).Id;
        }
        catch (ProfileProblem problem)
        {
            throw new StartProblem(problem.Message);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Environment() =>
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
}
