using System.Runtime.InteropServices;

namespace KioskLink.Register.Store;

/// <summary>Makes a rename durable; .NET opens no folders.</summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder to its disk.</summary>
    /// <exception cref="IOException">It could not be flushed.</exception>
    public static void Sync(string path)
    {
        var folder = Open(path, ReadOnly);
        var synced = folder >= 0 && FSync(folder) == 0;
        _ = Close(folder);
        if (!synced)
        {
            throw new IOException($"The folder {path} cannot be synced to its disk.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
