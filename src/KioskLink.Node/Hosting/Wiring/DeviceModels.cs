using KioskLink.Devices.Profiles;

namespace KioskLink.Node.Hosting.Wiring;

/// <summary>Reads the profiles that the devices of node.json name: a model's folder beside the program, or a file.</summary>
internal static class DeviceModels
{
    /// <summary>The configuration with each device's profile in it.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="path">Its file, for the sentence; relative paths start at its folder.</param>
    /// <exception cref="StartProblem">A profile is missing or wrong.</exception>
    public static NodeConfig Read(NodeConfig config, string path) =>
        config with { Devices = [.. config.Devices.Select(device => device with { Model = Read(device, path) })] };

    private static DeviceProfile? Read(DeviceConfig device, string path)
    {
        if (device.Profile is not { } name)
            return null;
        var (profile, problem) = IsPath(name) ? ProfileFile.Read(Path.GetFullPath(name, Path.GetDirectoryName(path)!)) : HardwareFolder.Read(name);
        return profile ?? throw new StartProblem($"{path}: the profile of device \"{device.Id}\": {problem}");
    }

    private static bool IsPath(string name) => name.Contains('/', StringComparison.Ordinal) || name.EndsWith(".json", StringComparison.Ordinal);
}
