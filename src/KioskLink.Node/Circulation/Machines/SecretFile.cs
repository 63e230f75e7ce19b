namespace KioskLink.Circulation.Machines;

/// <summary>Files that hold secrets: their owner alone may read them.</summary>
internal static class SecretFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Why a file cannot be used, as the end of a sentence; null when it can.</summary>
    public static string? FindProblem(string path)
    {
        try
        {
            return (File.GetUnixFileMode(path) & Others) == 0 ? null : $"{path} may be read or changed by others than its owner: `chmod 600 {path}`.";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: mend the path, or the rights of its folder.";
        }
    }
}
