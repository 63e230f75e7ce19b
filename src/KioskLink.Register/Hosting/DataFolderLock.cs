namespace KioskLink.Register.Hosting;

/// <summary>Holds a data folder for one process: an exclusive lock on its file <c>lock</c>, which the kernel drops with the process.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, making it where it is missing.</summary>
    /// <exception cref="StartProblem">Another process holds it, or it cannot be written.</exception>
    public static DataFolderLock Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            // FileShare.None is flock(LOCK_EX | LOCK_NB) on Linux.
            return new DataFolderLock(new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartProblem($"The data folder {folder} cannot be written; give it to the user that runs the register.");
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, "lock")))
        {
            throw new StartProblem($"Another register already uses the data folder {folder}; stop it first, or name another folder under 'data'.");
        }
        catch (IOException broken)
        {
            throw new StartProblem($"The data folder {folder} cannot be made: {broken.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
