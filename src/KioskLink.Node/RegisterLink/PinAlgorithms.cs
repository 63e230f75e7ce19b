using KioskLink.Rules.Pins;

namespace KioskLink.Node.RegisterLink;

/// <summary>The slow hashes that this machine can run, as the register is told.</summary>
internal static class PinAlgorithms
{
    private static readonly string[] Known = ["argon2id-19m-t2-p1", "pbkdf2-sha256-600000"];

    /// <summary>Their ids.</summary>
    public static IReadOnlyList<string> Available { get; } = [.. Known.Where(id => PinHashes.Find(id) is not null)];
}
