using System.Runtime.InteropServices;
using KioskLink.Node.Hosting;

namespace KioskLink.Node.SecondRole;

/// <summary>Gives a socket to a group of the machine.</summary>
internal static partial class SocketGroup
{
    // struct group of grp.h: two pointers come before gr_gid.
    private const int GroupIdAt = 16;
    private const uint OwnerStays = uint.MaxValue;

    /// <summary>Changes the group of a file.</summary>
    /// <exception cref="StartProblem">There is no such group, or the node may not give files to it.</exception>
    public static void Give(string path, string group)
    {
        var found = GetGroup(group);
        if (found == 0)
            throw new StartProblem($"There is no group {group} on this machine: create it, or mend \"listen.secondRoleGroup\".");
        if (ChangeOwner(path, OwnerStays, (uint)Marshal.ReadInt32(found, GroupIdAt)) != 0)
            throw new StartProblem($"The node may not give {path} to the group {group}: make the node's user a member of it.");
    }

    [LibraryImport("libc", EntryPoint = "getgrnam", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetGroup(string name);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
