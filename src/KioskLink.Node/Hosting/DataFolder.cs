namespace KioskLink.Node.Hosting;

/// <summary>Holds a data folder for one process: an exclusive lock on its file `lock`, which the kernel drops with the process.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
    private const int WouldBlock = 11; // EWOULDBLOCK of flock(2)
    private readonly FileStream _file;

    private DataFolder(FileStream file) => _file = file;

    /// <summary>Takes the folder, making it (0750) where it is missing.</summary>
    /// <exception cref="StartProblem">Another process holds it, or it cannot be written.</exception>
    public static DataFolder Take(string folder)
    {
        var file = Path.Combine(folder, "lock");
        try
        {
            if (Directory.CreateDirectory(folder).GetFileSystemInfos().Length == 0)
                File.SetUnixFileMode(folder, Mode);
            // FileShare.None is flock(LOCK_EX | LOCK_NB) on Linux.
            return new DataFolder(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartProblem($"The data folder {folder} cannot be written: give it to the user that runs the node.");
        }
        catch (IOException taken) when (taken.HResult == WouldBlock)
        {
            throw new StartProblem($"Another node already uses the data folder {folder}: stop it first, or name another folder under \"data\".");
        }
        catch (IOException broken)
        {
            throw new StartProblem($"The data folder {folder} cannot be used ({broken.Message}): make its disk writable, or name another folder under \"data\".");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
