namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>The node apart from its devices.</summary>
internal static class NodeHealth
{
    /// <summary>Less free disk than this ends decisions soon: none is made that cannot be recorded.</summary>
    public const long LittleDisk = 100L * 1024 * 1024;

    /// <summary>Its lines of the sheet.</summary>
    public static IEnumerable<Finding> Of(NodeSight node)
    {
        yield return node.LinkOnline
            ? Finding.Pass("link", "The register answers.")
            : Finding.Warn("LINK_DOWN", "link", $"The register has not answered for {Spoken(node.LinkFor)}; the node decides alone.", "Check the network, the register, and \"register\" in node.json.");
        yield return node.ClockTrusted
            ? Finding.Pass("clock", "The time is vouched for.")
            : Finding.Fail("CLOCK_UNTRUSTED", "clock", "Nobody vouches for the time, so that only some badges open.", "Bring the link up, or fit a battery clock and write \"batteryClock\": true.");
        yield return node.ReplicaComplete
            ? Finding.Pass("facts", $"The facts are {Spoken(node.FactsAge)} old.")
            : Finding.Fail("NO_FACTS", "facts", "The node has no facts of cards yet.", "Bring the link up once.");
        yield return node.JournalProblem is null
            ? Finding.Pass("journal", "The chain holds.")
            : Finding.Fail("JOURNAL_BROKEN", "journal", $"The chain does not hold: {node.JournalProblem}.", "Keep the file for the register's operator, and find out who had the disk in hand.");
        yield return node.DiskFree >= LittleDisk
            ? Finding.Pass("disk", $"{node.DiskFree / (1024 * 1024)} MiB are free.")
            : Finding.Fail("DISK_FULL", "disk", $"Only {node.DiskFree / (1024 * 1024)} MiB are free, and nothing opens without a record.", "Free the disk that holds the node's data.");
    }

    private static string Spoken(TimeSpan span) => span.TotalHours >= 1 ? $"{span.TotalHours:0} h" : span.TotalMinutes >= 1 ? $"{span.TotalMinutes:0} min" : $"{span.TotalSeconds:0} s";
}
