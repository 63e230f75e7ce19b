namespace KioskLink.Devices.Profiles;

/// <summary>The product's folder of device models, as it lies beside the program: <c>hardware/KIND/MODEL/profile.json</c>.</summary>
public static class HardwareFolder
{
    private const string FileName = "profile.json";

    /// <summary>The folder beside the running program.</summary>
    public static string Beside { get; } = Path.Combine(AppContext.BaseDirectory, "hardware");

    /// <summary>The profile of a model by the name of its folder.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="folder">The folder of models; <see cref="Beside"/> when null.</param>
    /// <returns>The profile, or one sentence that names what is wrong and the mend.</returns>
    public static (DeviceProfile? Profile, string? Problem) Read(string model, string? folder = null)
    {
        var models = Models(folder ?? Beside);
        if (!models.TryGetValue(model, out var path))
            return (null, $"there is no device model \"{model}\" in {folder ?? Beside}: write one of {string.Join(", ", models.Keys.Order())}, or the path of a profile such as ./{model}.json.");
        var (profile, problem) = ProfileFile.Read(path);
        return profile is null || profile.Model == model
            ? (profile, problem)
            : (null, $"{path}: \"model\" is \"{profile.Model}\" and its folder \"{model}\": give both the same name.");
    }

    private static Dictionary<string, string> Models(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.GetDirectories(folder).SelectMany(Directory.GetDirectories)
            .Where(model => File.Exists(Path.Combine(model, FileName)))
            .GroupBy(model => Path.GetFileName(model))
            .ToDictionary(group => group.Key, group => Path.Combine(group.Order().First(), FileName));
}
