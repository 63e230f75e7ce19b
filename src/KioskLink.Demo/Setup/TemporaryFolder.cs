namespace KioskLink.Demo.Setup;

/// <summary>A demo's folder where none was named: fresh, and gone with the demo.</summary>
internal static class TemporaryFolder
{
    private const string Prefix = "kiosklink-demo-";

    /// <summary>Makes one among the temporary files. What a demo left behind that was killed with SIGKILL is removed first.</summary>
    public static string Make(string among)
    {
        foreach (var left in Directory.EnumerateDirectories(among, Prefix + "*"))
        {
            RemoveIfLeft(left);
        }
        return Directory.CreateDirectory(Path.Combine(among, Prefix + Path.GetRandomFileName()), DemoFolder.OwnerOnly).FullName;
    }

    private static void RemoveIfLeft(string folder)
    {
        try
        {
            // A folder without the mark belongs to a demo that is about to take it.
            using var hold = DemoFolder.WasTaken(folder) ? DemoFolder.Hold(folder) : null;
            if (hold is not null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or just removed by another demo.
        }
    }
}
