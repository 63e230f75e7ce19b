namespace KioskLink.Tidy;

/// <summary>How a tidiness test tells what it found: every finding, one a line, each with its place and its mend.</summary>
internal static class Verdict
{
    public static void None(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
