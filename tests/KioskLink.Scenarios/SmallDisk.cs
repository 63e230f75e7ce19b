using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>A disk of a few megabytes (tmpfs) that a test fills and frees. Mounting needs root, as tests/run.sh does for its packages.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int ChunkBytes = 4096;
    private readonly TempFolder _folder = new();

    private SmallDisk()
    {
    }

    private string Filler => _folder["filler"];

    /// <summary>Mounts it.</summary>
    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var disk = new SmallDisk();
        var mounted = await Ended.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "tmpfs", disk._folder.Path);
        Assert.True(mounted.Code == 0, $"This scenario mounts a small disk and must run as root where mounting is permitted: {mounted.Errors}");
        return disk;
    }

    /// <summary>Puts a folder that a program will use on this disk.</summary>
    public void Take(string folder) =>
        Directory.CreateSymbolicLink(folder, Directory.CreateDirectory(_folder[Path.GetFileName(folder)]).FullName);

    /// <summary>Leaves not one page free.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        while (HasRoom(filler))
            filler.Flush();
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(Filler);

    /// <inheritdoc/>
    public void Dispose()
    {
        using var unmount = System.Diagnostics.Process.Start("umount", ["--lazy", _folder.Path]);
        unmount.WaitForExit();
        _folder.Dispose();
    }

    private static bool HasRoom(FileStream filler)
    {
        try
        {
            filler.Write(new byte[ChunkBytes]);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
