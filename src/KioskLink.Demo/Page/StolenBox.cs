using System.Text;
using KioskLink.Demo.Samples;
using KioskLink.Demo.Setup;

namespace KioskLink.Demo.Page;

/// <summary>What a thief of the node's box finds in it: every file, searched for everything that must not be there.</summary>
internal sealed record StolenBox(IReadOnlyList<BoxFile> Files, IReadOnlyList<BoxSearch> Searches, string Verdict)
{
    private const int MaxFileBytes = 64 * 1024 * 1024;

    /// <summary>Reads the node's folder as a thief would.</summary>
    public static StolenBox Open(DemoFolder folder)
    {
        var files = Directory.EnumerateFiles(folder.NodeData, "*", SearchOption.AllDirectories)
            .Select(path => new FileInfo(path))
            .Where(file => file is { Exists: true, Length: > 0 and <= MaxFileBytes })
            .Select(file => (Name: Path.GetRelativePath(folder.NodeData, file.FullName), Bytes: Read(file.FullName)))
            .OrderBy(file => file.Name)
            .ToList();
        var searches = new[]
        {
            Search("card numbers", [.. SamplePatron.All.Select(sample => sample.CardNumber)], files),
            Search("names", [.. SamplePatron.All.Where(sample => sample.Customer.Length > 0).SelectMany(sample => sample.Name.Split(' ')).Where(name => name.Length > 4)], files),
            Search("identity codes", [.. IdentityCodes()], files),
        };
        return new StolenBox([.. files.Select(file => new BoxFile(file.Name, file.Bytes.Length, What(file.Name)))], searches,
            "The key is on this disk: with it, card numbers can be guessed in minutes and a four-digit PIN in about 100 s of one core each. " +
            "Revoke the node and give new PINs to the cards that it held.");
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static BoxSearch Search(string what, IReadOnlyList<string> needles, IReadOnlyList<(string Name, byte[] Bytes)> files) => new(
        what,
        needles.Count,
        needles.Count(needle => files.Any(file => file.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(needle)) >= 0)));

    private static IEnumerable<string> IdentityCodes()
    {
        using var reader = new StreamReader(SamplePatron.OpenImportFile());
        foreach (var line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            yield return line.Split(',')[6];
        }
    }

    private static string What(string name) => Path.GetFileName(name) switch
    {
        var file when file.Contains("journal", StringComparison.Ordinal) => "what happened: tokens, and card numbers that only the register can open",
        var file when file.Contains("replica", StringComparison.Ordinal) => "facts by keyed token: bans, dates, PIN proofs; no names",
        var file when file.EndsWith(".key", StringComparison.Ordinal) => "a key",
        var file when file.EndsWith(".pem", StringComparison.Ordinal) => "a certificate",
        var file when file.EndsWith(".log", StringComparison.Ordinal) => "a log",
        _ => "",
    };
}

/// <summary>A file in the box.</summary>
internal sealed record BoxFile(string Name, long Bytes, string What);

/// <summary>How many of some secrets were found in the box's files.</summary>
internal sealed record BoxSearch(string What, int Looked, int Found);
