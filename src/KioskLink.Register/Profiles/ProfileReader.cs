using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace KioskLink.Register.Profiles;

/// <summary>A consortium profile cannot be used; the message is one sentence that names the key and the mend.</summary>
internal sealed class ProfileProblem(string message) : Exception(message);

/// <summary>Reads a consortium profile by the name of a shipped one or from a file, strictly: an unknown key is refused.</summary>
internal static class ProfileReader
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new SpanConverter() },
    };

    /// <summary>The names of the shipped profiles.</summary>
    public static IReadOnlyList<string> Shipped { get; } = [.. typeof(ProfileReader).Assembly.GetManifestResourceNames()
        .Where(name => name.Contains(".Profiles.", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
        .Select(name => name.Split('.')[^2])
        .Order(StringComparer.Ordinal)];

    /// <summary>Reads a shipped profile by its name, or the file at a path.</summary>
    /// <exception cref="ProfileProblem">There is none, or it breaks the form.</exception>
    public static ConsortiumProfile Load(string nameOrPath)
    {
        if (Shipped.Contains(nameOrPath))
        {
            using var stream = typeof(ProfileReader).Assembly.GetManifestResourceStream($"KioskLink.Register.Profiles.{nameOrPath}.json")!;
            using var reader = new StreamReader(stream);
            return Read(reader.ReadToEnd(), nameOrPath);
        }

        if (!File.Exists(nameOrPath))
        {
            throw new ProfileProblem(
                $"There is no profile \"{nameOrPath}\": name one of {string.Join(", ", Shipped)}, or the path of a JSON file.");
        }

        return Read(File.ReadAllText(nameOrPath), nameOrPath);
    }

    /// <summary>Reads a profile from its text; <paramref name="name"/> stands in the problem's sentence.</summary>
    /// <exception cref="ProfileProblem">The text breaks the form.</exception>
    public static ConsortiumProfile Read(string json, string name)
    {
        ConsortiumProfile profile;
        try
        {
            profile = JsonSerializer.Deserialize<ConsortiumProfile>(json, Strict)
                ?? throw new ProfileProblem($"The profile \"{name}\" is empty: give a JSON object.");
        }
        catch (JsonException problem)
        {
            throw new ProfileProblem($"The profile \"{name}\"{PlaceOf(problem)}: {Plain(problem.Message)}");
        }

        return ProfileCheck.Problem(profile) is { } wrong ? throw new ProfileProblem($"The profile \"{name}\": {wrong}") : profile;
    }

    // A problem within a text counts lines and keys from the text's own beginning.
    private static string PlaceOf(JsonException problem)
    {
        var within = problem.InnerException is JsonException { Path: not null } inner ? inner : null;
        var line = problem.LineNumber is { } from ? string.Create(CultureInfo.InvariantCulture, $", line {from + (within?.LineNumber ?? 0) + 1}") : "";
        return $"{line}, key {problem.Path ?? "$"}{within?.Path![1..]}";
    }

    private static string Plain(string message)
    {
        var quoted = message.Split('\'');
        if (message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return $"the key \"{quoted[1]}\" is unknown: correct its spelling or remove it.";
        }

        return message.Contains("missing required", StringComparison.Ordinal)
            ? $"the key \"{quoted[^2]}\" is missing: add it."
            : "the value has the wrong form: correct it.";
    }

    /// <summary>Spans of time as people write them: `250ms`, `10s`, `5m`, `12h`, `7d`.</summary>
    private sealed class SpanConverter : JsonConverter<Duration>
    {
        private static readonly (string Unit, Duration Span)[] Units =
        [
            ("ms", Duration.FromMilliseconds(1)),
            ("s", Duration.FromSeconds(1)),
            ("m", Duration.FromMinutes(1)),
            ("h", Duration.FromHours(1)),
            ("d", Duration.FromDays(1)),
        ];

        public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? "";
            var (unit, span) = Units.FirstOrDefault(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
            return unit is not null && int.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? span * count
                : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) =>
            writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds}ms"));
    }
}
