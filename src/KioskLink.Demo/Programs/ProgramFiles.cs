namespace KioskLink.Demo.Programs;

/// <summary>Finds the programs that were built beside the demo.</summary>
internal static class ProgramFiles
{
    private const string Own = "KioskLink.Demo";

    /// <summary>The assembly of a program (`KioskLink.Node`), built in the same configuration as the demo.</summary>
    /// <exception cref="FileNotFoundException">The program was not built.</exception>
    public static string Find(string name)
    {
        var own = AppContext.BaseDirectory;
        var beside = Path.Combine(own, name + ".dll");
        var built = Path.Combine(ReplaceLast(own, Own, name), name + ".dll");
        return File.Exists(built) ? built
            : File.Exists(beside) ? beside
            : throw new FileNotFoundException($"{name} is not built: neither {built} nor {beside} exists. Run 'dotnet build KioskLink.sln'.");
    }

    private static string ReplaceLast(string text, string old, string replacement)
    {
        var at = text.LastIndexOf(old, StringComparison.Ordinal);
        return at < 0 ? text : text[..at] + replacement + text[(at + old.Length)..];
    }
}
