using System.Runtime.InteropServices;

namespace KioskLink.Node.Hosting;

/// <summary>Makes a folder's entries durable; .NET opens no folders, so this asks libc.</summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>fsync of a folder.</summary>
    public static void Flush(string folder)
    {
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            throw new IOException($"the folder {folder} cannot be opened to be synced: errno {Marshal.GetLastPInvokeError()}");
        var synced = FSync(descriptor) == 0;
        _ = Close(descriptor);
        if (!synced)
            throw new IOException($"the folder {folder} cannot be synced: errno {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
