using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Requests;

/// <summary>Checks fields of requests: INVALID_ARGUMENT names the field and the mend, and never repeats the value.</summary>
internal static class Field
{
    /// <summary>Longest id, name or reference.</summary>
    public const int TextMax = 200;

    /// <summary>Longest attempt or device id.</summary>
    public const int IdMax = 64;

    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl)]);

    // What a Timestamp may hold: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;
    private const int NanosPerSecond = 1_000_000_000;

    /// <summary>A mandatory text.</summary>
    public static string Required(string value, string field, int max = TextMax) =>
        string.IsNullOrWhiteSpace(value) ? throw Wrong(field, "is missing: give it") : Optional(value, field, max);

    /// <summary>A text that may be empty.</summary>
    public static string Optional(string value, string field, int max = TextMax)
    {
        if (value.Length > max)
        {
            throw Wrong(field, $"is longer than {max} characters: shorten it");
        }

        return value.AsSpan().ContainsAny(Controls) ? throw Wrong(field, "holds control characters: remove them") : value;
    }

    /// <summary>A date as ISO 8601, or nothing.</summary>
    public static LocalDate? Date(string value, string field) =>
        value.Length == 0 ? null
        : LocalDatePattern.Iso.Parse(value) is { Success: true } parsed ? parsed.Value
        : throw Wrong(field, "is no date: write it as 2026-12-31");

    /// <summary>A mandatory date as ISO 8601.</summary>
    public static LocalDate RequiredDate(string value, string field) => Date(Required(value, field), field)!.Value;

    /// <summary>A value of an enum that is known and not the unspecified one.</summary>
    public static T Known<T>(T value, string field)
        where T : struct, System.Enum => System.Enum.IsDefined(value) && !value.Equals(default(T)) ? value : throw Wrong(field, $"must be one of {Names<T>()}");

    /// <summary>The size of a page: 100 unless asked otherwise, at most 1000.</summary>
    public static int PageSize(int asked) => asked switch
    {
        < 0 => throw Wrong("page_size", "is negative: leave it out or give 1 to 1000"),
        0 => 100,
        _ => Math.Min(asked, 1000),
    };

    /// <summary>The number in a page token; null at the first page.</summary>
    public static long? PageToken(string token) => token.Length == 0 ? null : PageNumber(token);

    /// <summary>A number that stands in a page token.</summary>
    public static long PageNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw WrongToken();

    /// <summary>An error for a page token of somewhere else.</summary>
    public static RpcException WrongToken() => Wrong("page_token", "is none of this list: pass on what the last page gave");

    /// <summary>A time; null where there is none.</summary>
    public static Instant? Time(Timestamp? value, string field) => value switch
    {
        null => null,
        { Seconds: >= FirstSecond and <= LastSecond, Nanos: >= 0 and < NanosPerSecond } => value.FromProto(),
        _ => throw Wrong(field, "is no time of the years 1 to 9999"),
    };

    /// <summary>A span; null where there is none.</summary>
    public static NodaTime.Duration? Span(Google.Protobuf.WellKnownTypes.Duration? value, string field)
    {
        try
        {
            return value?.FromProto();
        }
        catch (InvalidOperationException)
        {
            throw Wrong(field, "is no span of time: give whole seconds, and nanoseconds of the same sign");
        }
    }

    /// <summary>An error that names a field.</summary>
    public static RpcException Wrong(string field, string sentence) =>
        Refused.With(StatusCode.InvalidArgument, "FIELD_INVALID", $"`{field}` {sentence}.");

    /// <summary>An error for what is not there.</summary>
    public static RpcException Missing(string what) => Refused.With(StatusCode.NotFound, "NOT_FOUND", $"There is no such {what}.");

    /// <summary>Overwrites the bytes of a secret field after its use.</summary>
    public static void Wipe(ByteString secret) => MemoryMarshal.AsMemory(secret.Memory).Span.Clear();

    private static string Names<T>()
        where T : struct, System.Enum => string.Join(", ", System.Enum.GetNames<T>().Where(name => name != "Unspecified"));
}
