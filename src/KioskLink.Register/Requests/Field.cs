using System.Buffers;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Grpc.Core;
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

    /// <summary>A mandatory text.</summary>
    public static string Required(string value, string field, int max = TextMax) =>
        value.Length == 0 ? throw Wrong(field, "is missing: give it") : Optional(value, field, max);

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
        where T : struct, Enum => Enum.IsDefined(value) && !value.Equals(default(T)) ? value : throw Wrong(field, $"must be one of {Names<T>()}");

    /// <summary>The size of a page: 100 unless asked otherwise, at most 1000.</summary>
    public static int PageSize(int asked) => asked switch
    {
        < 0 => throw Wrong("page_size", "is negative: leave it out or give 1 to 1000"),
        0 => 100,
        _ => Math.Min(asked, 1000),
    };

    /// <summary>The number in a page token; null at the first page.</summary>
    public static long? PageToken(string token) =>
        token.Length == 0 ? null
        : long.TryParse(token, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value
        : throw Wrong("page_token", "is none of this list: pass on what the last page gave");

    /// <summary>An error that names a field.</summary>
    public static RpcException Wrong(string field, string sentence) =>
        Refused.With(StatusCode.InvalidArgument, "FIELD_INVALID", $"`{field}` {sentence}.");

    /// <summary>An error for what is not there.</summary>
    public static RpcException Missing(string what) => Refused.With(StatusCode.NotFound, "NOT_FOUND", $"There is no such {what}.");

    /// <summary>Overwrites the bytes of a secret field after its use.</summary>
    public static void Wipe(ByteString secret) => MemoryMarshal.AsMemory(secret.Memory).Span.Clear();

    private static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Where(name => name != "Unspecified"));
}
