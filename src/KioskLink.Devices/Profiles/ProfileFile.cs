using System.Text.Json;
using System.Text.Json.Serialization;

namespace KioskLink.Devices.Profiles;

/// <summary>Reads a profile file: JSON with comments, strict about its keys and values.</summary>
public static class ProfileFile
{
    /// <summary>The largest profile file, in bytes.</summary>
    public const int LargestFile = 64 * 1024;

    /// <summary>How a profile is read: every key must be known.</summary>
    internal static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads a profile.</summary>
    /// <returns>The profile, or one sentence that names the file, the field and the mend.</returns>
    public static (DeviceProfile? Profile, string? Problem) Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > LargestFile)
                return (null, $"{path} is larger than {LargestFile} bytes: it is no device profile.");
            if (JsonSerializer.Deserialize<DeviceProfile>(file, Format) is not { } profile)
                return (null, $"{path} is empty: write a device profile.");
            return ProfileCheck.FindProblem(profile) is { } problem ? (null, $"{path}: {problem}") : (profile, null);
        }
        catch (JsonException wrong)
        {
            return (null, $"{path}: {Explain(wrong)}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return (null, $"The device profile {path} cannot be read: check its name and its rights.");
        }
    }

    private static string Explain(JsonException wrong)
    {
        var field = wrong.Path?.TrimStart('$', '.') ?? "";
        if (wrong.Message.Contains("could not be mapped", StringComparison.Ordinal))
            return $"the key \"{field}\" is not known: remove it, or mend its spelling.";
        if (wrong.Message.Contains("duplicate", StringComparison.OrdinalIgnoreCase))
            return $"the key \"{field}\" stands twice: remove one of the two.";
        return field.Length == 0 || wrong.InnerException is JsonException
            ? $"it is not valid JSON at line {wrong.LineNumber + 1}: mend the text there."
            : $"the value of \"{field}\" is not of the right kind: {ProfileCheck.Mend(field)}.";
    }
}
