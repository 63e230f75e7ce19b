namespace KioskLink.Testing;

/// <summary>The repository in which the tests run.</summary>
public static class SolutionRoot
{
    /// <summary>The folder that holds KioskLink.sln, above the running test.</summary>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The build output of a project of src, in the configuration of the running test.</summary>
    /// <param name="project">The project's name (`KioskLink.Node`).</param>
    /// <param name="assembly">The assembly's name where it differs (`kiosklink`).</param>
    public static string Program(string project, string? assembly = null)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return System.IO.Path.Combine(Path, "src", project, "bin", output.Parent!.Name, output.Name, (assembly ?? project) + ".dll");
    }

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "KioskLink.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {from} holds KioskLink.sln: run the tests from a clone of the repository.");
    }
}
