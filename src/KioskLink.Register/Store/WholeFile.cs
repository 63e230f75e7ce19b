namespace KioskLink.Register.Store;

/// <summary>Replaces a small file whole or not at all, durably; readable by its owner only. What a power cut leaves half written bears another name.</summary>
internal static class WholeFile
{
    private const string Draft = ".draft";

    /// <summary>Writes a file in the place of the one that is there, if one is.</summary>
    /// <exception cref="IOException">The disk does not take it; the file is as it was.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var draft = path + Draft;
        File.Delete(draft);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(draft, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        FolderSync.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
