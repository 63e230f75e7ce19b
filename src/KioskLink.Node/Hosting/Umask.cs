using System.Runtime.InteropServices;

namespace KioskLink.Node.Hosting;

/// <summary>The rights that new files get: SQLite and the log make theirs without asking.</summary>
internal static partial class Umask
{
    private const uint GroupAndOthers = 0x3F; // 0077 in octal

    /// <summary>From now on files are the owner's alone.</summary>
    public static void OwnerOnly() => _ = SetUmask(GroupAndOthers);

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetUmask(uint mask);
}
