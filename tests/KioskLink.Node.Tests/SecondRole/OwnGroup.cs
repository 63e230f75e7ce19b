using System.Globalization;

namespace KioskLink.Node.Tests.SecondRole;

/// <summary>The group of the user who runs the tests: a file may always be given to it.</summary>
internal static class OwnGroup
{
    /// <summary>Its name on this machine.</summary>
    public static string Name()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("Gid:", StringComparison.Ordinal));
        var id = int.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture);
        return File.ReadLines("/etc/group").Select(group => group.Split(':')).First(group => group[2] == $"{id}")[0];
    }
}
