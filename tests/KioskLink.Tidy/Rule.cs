using KioskLink.Testing;
using KioskLink.Tidy.Reading;

namespace KioskLink.Tidy;

/// <summary>Files of a repository that breaks a rule.</summary>
internal sealed record Breach(params (string Path, string Text)[] Files)
{
    public Breach(string path, string text)
        : this((path, text))
    {
    }
}

/// <summary>A rule of the house holds, and is known to notice its breach: a rule that cannot fail keeps nothing.</summary>
internal static class Rule
{
    /// <summary>Asserts that a rule finds something in every breach and nothing in this repository.</summary>
    /// <param name="findings">What breaks the rule, one line each, with its place and its mend.</param>
    /// <param name="breaches">Repositories that break it.</param>
    public static void Holds(Func<Repository, IEnumerable<string>> findings, params Breach[] breaches)
    {
        Assert.NotEmpty(breaches);
        foreach (var breach in breaches)
            Assert.True(IsNoticed(findings, breach), $"The rule does not notice its breach:\n{string.Join('\n', breach.Files.Select(file => $"{file.Path}: {file.Text}"))}");
        var all = findings(Repository.This).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    private static bool IsNoticed(Func<Repository, IEnumerable<string>> findings, Breach breach)
    {
        using var folder = new TempFolder();
        foreach (var (path, text) in breach.Files)
            folder.Write(path, text);
        return findings(new Repository(folder.Path)).Any();
    }
}
