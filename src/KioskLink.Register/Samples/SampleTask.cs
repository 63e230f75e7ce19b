using System.Text.Json;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;

namespace KioskLink.Register.Samples;

/// <summary>`KioskLink.Register sample`: fills a stopped register with artificial patrons, and tells how far it is.</summary>
internal static class SampleTask
{
    /// <summary>Runs to the end.</summary>
    /// <exception cref="StartProblem">Keys, profile or store cannot be used, the register runs, or it holds real patrons.</exception>
    public static async Task RunAsync(RegisterConfig config, Arguments arguments, TextWriter output, TimeProvider time)
    {
        using var hold = DataFolderLock.Take(config.Data);
        try
        {
            var key = new MasterKey(new IdentityFiles(config.Data, config.MasterKey).ReadMasterKey());
            await using var core = await RegisterCore.OpenAsync(config.Data, key, ProfileReader.Load(config.Profile), time);
            await new SampleGenerator(core).RunAsync(arguments.SamplePatrons, arguments.SampleAuditRows, Telling(output));
            output.WriteLine("SAMPLED " + JsonSerializer.Serialize(new
            {
                patrons = arguments.SamplePatrons,
                auditRows = arguments.SampleAuditRows,
                firstCard = SamplePeople.Card(0, core.Profile),
                pin = SampleGenerator.Pin,
            }));
        }
        catch (Exception problem) when (problem is StoreProblem or ProfileProblem)
        {
            throw new StartProblem(problem.Message);
        }
    }

    private static Action<SampleProgress> Telling(TextWriter output)
    {
        var told = -1L;
        return progress =>
        {
            var percent = progress.Done * 100 / Math.Max(1, progress.Total);
            if (percent == told) return;
            told = percent;
            output.WriteLine($"MADE {progress.Done} {progress.Total}");
            output.Flush();
        };
    }
}
