using System.Text.Json;
using System.Text.Json.Serialization;
using KioskLink.Register.Notices;
using KioskLink.Rules.Access;

namespace KioskLink.Register.Profiles;

/// <summary>A text in the three languages of notices (R5). A profile writes it out, or names one of the shipped texts by its key.</summary>
[JsonConverter(typeof(LocalTextConverter))]
internal sealed record LocalText
{
    /// <summary>Finnish.</summary>
    public required string Fi { get; init; }

    /// <summary>Swedish.</summary>
    public required string Sv { get; init; }

    /// <summary>English.</summary>
    public required string En { get; init; }

    /// <summary>Whether it says something in every language.</summary>
    public bool IsWhole() => !string.IsNullOrWhiteSpace(Fi) && !string.IsNullOrWhiteSpace(Sv) && !string.IsNullOrWhiteSpace(En);

    /// <summary>The text in a language; Finnish where it is none of the three.</summary>
    public string In(Language language) => language switch
    {
        Language.Sv => Sv,
        Language.En => En,
        _ => Fi,
    };
}

/// <summary>Reads a text written out as <c>{ "fi": …, "sv": …, "en": … }</c>, or the key of a shipped one.</summary>
internal sealed class LocalTextConverter : JsonConverter<LocalText>
{
    /// <inheritdoc/>
    public override LocalText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return NoticeTexts.Find(reader.GetString()!) ?? throw new JsonException();
        }

        try
        {
            var parts = JsonSerializer.Deserialize<Parts>(ref reader, options)!;
            return new LocalText { Fi = parts.Fi, Sv = parts.Sv, En = parts.En };
        }
        catch (JsonException problem)
        {
            // The problem knows its place within the text; the reader of the profile adds where the text stands.
            throw new JsonException(problem.Message, problem);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LocalText value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Parts { Fi = value.Fi, Sv = value.Sv, En = value.En }, options);

    private sealed record Parts
    {
        public required string Fi { get; init; }

        public required string Sv { get; init; }

        public required string En { get; init; }
    }
}
