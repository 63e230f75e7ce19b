using System.Runtime.InteropServices;

namespace KioskLink.Demo.Programs;

/// <summary>Finds the programs that were built with the demo, and what runs them.</summary>
internal static class ProgramFiles
{
    /// <summary>The dotnet that runs the demo, wherever it is installed.</summary>
    public static string Host { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    /// <summary>The assembly of a program (`KioskLink.Node`): beside the running one, or in the same clone and configuration.</summary>
    /// <exception cref="FileNotFoundException">The program was not built.</exception>
    public static string Find(string name)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        return File.Exists(beside) ? beside
            : InClone(name) is { } built && File.Exists(built) ? built
            : throw new FileNotFoundException($"{name} is not built. Run 'dotnet build KioskLink.sln', then try again.");
    }

    private static string? InClone(string name)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = output.Parent; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KioskLink.sln")))
            {
                return Path.Combine(folder.FullName, "src", name, "bin", output.Parent!.Name, output.Name, name + ".dll");
            }
        }
        return null;
    }
}
