using KioskLink.Testing;

namespace KioskLink.Tidy.Reading;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">Its path from the repository's root, with slashes.</param>
/// <param name="Text">What it says.</param>
internal sealed record RepositoryFile(string Path, string Text)
{
    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    public string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>The files that people write; what builds and tools leave behind is not among them.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] LeftByTools = [".git", ".vs", "bin", "obj", "artifacts", "data", "node_modules", "TestResults"];

    private static readonly string[] TextEndings =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".proto", ".md", ".json", ".yaml", ".yml", ".txt", ".sh", ".py", ".razor", ".html",
        ".css", ".js", ".svg", ".sql", ".csv", ".tsv", ".hex", ".osdpcap", ".service", ".rules", ".script", ".log", ".editorconfig", ".gitignore", ".gitattributes",
    ];

    /// <summary>Every text file.</summary>
    public static IReadOnlyList<RepositoryFile> Texts { get; } =
        Walk(new DirectoryInfo(SolutionRoot.Path)).Where(IsText).Select(Read).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();

    /// <summary>Every C# file of src and tests.</summary>
    public static IReadOnlyList<RepositoryFile> CSharp { get; } = Texts.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)).ToList();

    /// <summary>Text files whose path begins and ends so.</summary>
    public static IEnumerable<RepositoryFile> Under(string folder, string ending) =>
        Texts.Where(file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal) && file.Path.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>One file by its path from the root.</summary>
    public static RepositoryFile One(string path) => Texts.Single(file => file.Path == path);

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(child => !LeftByTools.Contains(child.Name)).SelectMany(Walk));

    private static bool IsText(FileInfo file) => TextEndings.Contains(file.Extension) || file.Directory!.Name == ".ci";

    private static RepositoryFile Read(FileInfo file) =>
        new(Path.GetRelativePath(SolutionRoot.Path, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName));
}
