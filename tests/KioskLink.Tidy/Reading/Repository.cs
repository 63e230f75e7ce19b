using KioskLink.Testing;

namespace KioskLink.Tidy.Reading;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">Its path from the repository's root, with slashes.</param>
/// <param name="Text">What it says.</param>
internal sealed record RepositoryFile(string Path, string Text)
{
    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Whether it lies in a folder and has a name that ends so.</summary>
    public bool Is(string folder, string ending) =>
        Path.StartsWith(folder + "/", StringComparison.Ordinal) && Path.EndsWith(ending, StringComparison.Ordinal);

    /// <summary>The line, from 1, on which a position of the text lies.</summary>
    public int LineOf(int position) => 1 + Text.AsSpan(0, position).Count('\n');
}

/// <summary>The files that people write; what builds and tools leave behind is not among them.</summary>
internal sealed class Repository
{
    private static readonly string[] LeftByTools = [".git", ".vs", "bin", "obj", "artifacts", "data", "node_modules", "TestResults"];

    private static readonly string[] TextEndings =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".proto", ".md", ".json", ".yaml", ".yml", ".txt", ".sh", ".py", ".razor", ".html",
        ".css", ".js", ".svg", ".sql", ".csv", ".tsv", ".hex", ".osdpcap", ".service", ".rules", ".script", ".log", ".editorconfig", ".gitignore", ".gitattributes",
    ];

    private readonly string _root;

    /// <summary>Reads the files of a folder.</summary>
    public Repository(string root)
    {
        _root = root;
        Texts = [.. Walk(new DirectoryInfo(root)).Where(IsText).Select(Read).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>The one in which the tests run.</summary>
    public static Repository This { get; } = new(SolutionRoot.Path);

    /// <summary>Every text file.</summary>
    public IReadOnlyList<RepositoryFile> Texts { get; }

    /// <summary>Every C# file.</summary>
    public IEnumerable<RepositoryFile> CSharp => Texts.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>Every project file.</summary>
    public IEnumerable<RepositoryFile> Projects => Texts.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>Text files whose path begins and ends so.</summary>
    public IEnumerable<RepositoryFile> Under(string folder, string ending) => Texts.Where(file => file.Is(folder, ending));

    /// <summary>One file by its path from the root; empty where there is none.</summary>
    public RepositoryFile One(string path) => Texts.SingleOrDefault(file => file.Path == path) ?? new RepositoryFile(path, "");

    /// <summary>Whether a file or folder of this path exists.</summary>
    public bool Has(string path) => Path.Exists(Path.Combine(_root, path));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(child => !LeftByTools.Contains(child.Name)).SelectMany(Walk));

    private static bool IsText(FileInfo file) => TextEndings.Contains(file.Extension) || file.Directory!.Name == ".ci";

    private RepositoryFile Read(FileInfo file) =>
        new(Path.GetRelativePath(_root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName));
}
