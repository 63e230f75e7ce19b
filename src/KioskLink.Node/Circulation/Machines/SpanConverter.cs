using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KioskLink.Circulation.Machines;

/// <summary>Spans of time in configuration files: a number and `ms`, `s`, `m` or `h`.</summary>
internal sealed class SpanConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var span)
            ? span
            : throw new JsonException("a span is a number and ms, s, m or h");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds}ms"));

    private static bool TryParse(string text, out TimeSpan span)
    {
        var digits = text.AsSpan().TrimEnd("msh");
        span = default;
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        TimeSpan? unit = text[digits.Length..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => null,
        };
        span = unit * number ?? default;
        return unit is not null;
    }
}
