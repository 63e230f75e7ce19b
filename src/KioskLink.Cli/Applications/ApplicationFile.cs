using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Protobuf.Reflection;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using NodaTime.Text;

namespace KioskLink.Cli.Applications;

/// <summary>An applicant read from a file, or why the place in the file holds none.</summary>
/// <param name="Place">Where: `line 3`.</param>
/// <param name="Applicant">The applicant; null when it cannot be read.</param>
/// <param name="ReceivedOn">The day on which it was received, ISO 8601; empty where the file does not say.</param>
/// <param name="Problem">What is wrong, without what stands there.</param>
internal sealed record FiledApplication(string Place, Applicant? Applicant, string ReceivedOn, string Problem)
{
    /// <summary>A place that holds no application.</summary>
    public static FiledApplication Wrong(string place, string problem) => new(place, null, "", problem);
}

/// <summary>
/// A file of applications: CSV with a header, or JSON with one object or a list of them. Columns and keys are the fields of the
/// message Applicant, in snake case or camel case, and <c>received_on</c>.
/// </summary>
internal static class ApplicationFile
{
    private const string ReceivedOn = "received_on";
    private const long SizeMax = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly Dictionary<string, FieldDescriptor> Fields = Applicant.Descriptor.Fields.InDeclarationOrder()
        .SelectMany(field => new[] { (field.Name, field), (field.JsonName, field) })
        .DistinctBy(pair => pair.Item1)
        .ToDictionary(pair => pair.Item1, pair => pair.field);

    /// <summary>The files of a path: itself, or the CSV and JSON files of a folder, by name.</summary>
    /// <exception cref="CommandProblem">There is nothing to read.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        var files = Directory.Exists(path) ? Directory.EnumerateFiles(path).Where(IsOne).Order(StringComparer.Ordinal).ToList() : [];
        return files.Count > 0 ? files : throw CommandProblem.Usage($"{path} is no file and no folder with .csv or .json files; check the path.");
    }

    /// <summary>SHA-256 of the content, which names the file's content in results.</summary>
    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The file's bytes.</summary>
    /// <exception cref="CommandProblem">It cannot be read.</exception>
    public static byte[] Bytes(string path)
    {
        try
        {
            return new FileInfo(path).Length <= SizeMax
                ? File.ReadAllBytes(path)
                : throw CommandProblem.Usage($"{path} is larger than 64 MiB; split it.");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{path} cannot be read; check the path and the file's rights.");
        }
    }

    /// <summary>The day on which a file was written last, ISO 8601; empty where its time lies in the future and so says nothing.</summary>
    public static string WrittenOn(string path, DateTimeOffset now)
    {
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
        return written <= now ? Times.DayOf(written) : "";
    }

    /// <summary>The applications in a file.</summary>
    /// <exception cref="CommandProblem">The file is of another form.</exception>
    public static IReadOnlyList<FiledApplication> Read(string path, byte[] content)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw CommandProblem.Usage($"{path} is not UTF-8; save it as UTF-8.");
        }

        return Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? Json(path, text) : Csv(path, text);
    }

    private static bool IsOne(string path) => Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".json";

    private static List<FiledApplication> Csv(string path, string text)
    {
        var records = CsvRecords.Of(text).ToList();
        if (records is not [{ Fields: { } header }, ..])
        {
            throw CommandProblem.Usage($"{path} is empty, or its header is broken; give a header and rows.");
        }

        var columns = header.Select(column => column.Trim()).ToArray();
        if (columns.Any(column => !Fields.ContainsKey(column) && !IsReceivedOn(column)))
        {
            throw CommandProblem.Usage($"{path}: the header has an unknown column; the columns are {string.Join(", ", Applicant.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name).Append(ReceivedOn))}.");
        }

        return [.. records.Skip(1).Select(record => record.Fields is { } fields
            ? Row($"line {record.Line}", columns, fields)
            : FiledApplication.Wrong($"line {record.Line}", "the quotation marks do not match: quote the whole field and double the marks inside"))];
    }

    private static FiledApplication Row(string place, string[] columns, IReadOnlyList<string> values)
    {
        if (values.Count != columns.Length)
        {
            return FiledApplication.Wrong(place, $"the row has {values.Count} fields instead of {columns.Length}: check the commas");
        }

        return Filed(place, columns.Zip(values).Select(pair => KeyValuePair.Create(pair.First, (string?)pair.Second)));
    }

    private static List<FiledApplication> Json(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            var list = document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray()] : new List<JsonElement> { document.RootElement };
            return [.. list.Select((one, at) => One($"object {at + 1}", one))];
        }
        catch (JsonException broken)
        {
            throw CommandProblem.Usage($"{path} is not valid JSON at line {broken.LineNumber + 1}, column {broken.BytePositionInLine + 1}; mend the text there.");
        }
    }

    private static FiledApplication One(string place, JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? Filed(place, json.EnumerateObject().Select(property => KeyValuePair.Create(
            property.Name, property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : null)))
        : FiledApplication.Wrong(place, "it must be an object in braces");

    private static FiledApplication Filed(string place, IEnumerable<KeyValuePair<string, string?>> values)
    {
        var (applicant, receivedOn) = (new Applicant(), "");
        foreach (var (name, value) in values)
        {
            if (!Fields.TryGetValue(name, out var field) && !IsReceivedOn(name))
            {
                return FiledApplication.Wrong(place, "it has an unknown key: the keys are the fields of the message Applicant");
            }

            if (value is null || (field is not null && !Set(applicant, field, value)))
            {
                return FiledApplication.Wrong(place, $"{name} must be a text{(field?.FieldType == FieldType.Enum ? ": fi, sv or en, or empty" : "")}");
            }

            receivedOn = field is null ? value : receivedOn;
        }

        return receivedOn.Length == 0 || LocalDatePattern.Iso.Parse(receivedOn).Success
            ? new FiledApplication(place, applicant, receivedOn, "")
            : FiledApplication.Wrong(place, $"{ReceivedOn} is no date: write it as 2026-12-31");
    }

    private static bool IsReceivedOn(string name) => name is ReceivedOn or "receivedOn";

    private static bool Set(Applicant applicant, FieldDescriptor field, string value)
    {
        if (field.FieldType != FieldType.Enum)
        {
            field.Accessor.SetValue(applicant, value);
            return true;
        }

        Language? language = value.ToLowerInvariant() switch { "" => Language.Unspecified, "fi" => Language.Fi, "sv" => Language.Sv, "en" => Language.En, _ => null };
        applicant.Language = language ?? Language.Unspecified;
        return language is not null;
    }
}
