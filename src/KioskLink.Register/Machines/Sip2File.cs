using System.Text.Json;
using System.Text.Json.Serialization;
using KioskLink.Circulation.Machines;
using KioskLink.Register.Hosting;

namespace KioskLink.Register.Machines;

/// <summary>Reads the file of machines (<c>sip2</c> in register.json), strictly: an unknown key is refused. Relative paths start at its folder.</summary>
internal static class Sip2File
{
    private const long SizeMax = 1024 * 1024;

    /// <summary>How the file is read: every key must be known.</summary>
    internal static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new SpanConverter() },
    };

    /// <summary>The machines of a register; null where register.json names no file.</summary>
    /// <exception cref="StartProblem">It cannot be used.</exception>
    public static Sip2Config? Load(string? path)
    {
        if (path is null)
            return null;
        var config = Read(path).WithPaths(Path.GetDirectoryName(path)!);
        return Sip2Check.FindProblem(config, branch: "", doors: []) is { } problem ? throw new StartProblem($"{path}: {problem}") : config;
    }

    private static Sip2Config Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= SizeMax
                ? JsonSerializer.Deserialize<Sip2Config>(File.ReadAllText(path), Strict) ?? throw new StartProblem($"{path} must hold one JSON object.")
                : throw new StartProblem($"{path} is larger than 1 MiB and cannot be a file of machines.");
        }
        catch (JsonException wrong) when (wrong.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            throw new StartProblem($"{path}: the key {wrong.Path} is not known: remove it, or mend its spelling.");
        }
        catch (JsonException wrong)
        {
            throw new StartProblem($"{path}: line {wrong.LineNumber + 1}, key {wrong.Path}, cannot be understood: mend the text there; sip2.schema.json lists the keys.");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new StartProblem($"The file of machines {path} cannot be read: check 'sip2' in register.json and the file's rights.");
        }
    }
}
