using System.Text.Json;

namespace KioskLink.Cli.Connecting;

/// <summary>A register's address and the folder with the keys to it.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Identity">The folder with admin.pem, admin.key and ca.pem.</param>
internal sealed record RegisterTarget(Uri Address, string Identity)
{
    private const string DefaultConfig = "register.json";

    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Finds both in what was typed: an address or identity of its own wins over the configuration file's.</summary>
    /// <exception cref="CommandProblem">Something is missing or unreadable.</exception>
    public static RegisterTarget From(CommonOptions.Wish wish)
    {
        if (wish is { Register: { } register, Identity: { } identity })
            return new RegisterTarget(AddressOf(register, "--register"), identity);
        var path = wish.Config ?? (File.Exists(DefaultConfig) ? DefaultConfig : throw Nowhere());
        using var config = Read(path);
        return new RegisterTarget(
            AddressOf(wish.Register ?? Text(config, "register", path), wish.Register is null ? path : "--register"),
            wish.Identity ?? Path.GetFullPath(Text(config, "data", path), Path.GetDirectoryName(Path.GetFullPath(path))!));
    }

    private static CommandProblem Nowhere() => CommandProblem.Usage(
        "No register is named: give --config register.json on the register's machine, or --register URL and --identity FOLDER elsewhere.");

    private static Uri AddressOf(string text, string where) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw CommandProblem.Usage($"{where}: `{text}` is no address of a register; write it like https://127.0.0.1:7443.");

    private static JsonDocument Read(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(path), WithComments);
        }
        catch (JsonException broken)
        {
            throw CommandProblem.Usage($"{path} is not valid JSON at line {broken.LineNumber + 1}; mend the text there.");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw CommandProblem.Usage($"{path} cannot be read; check the path after --config and the file's rights.");
        }
    }

    private static string Text(JsonDocument config, string key, string path)
    {
        if (config.RootElement.ValueKind != JsonValueKind.Object || !config.RootElement.TryGetProperty(key, out var value))
            throw CommandProblem.Usage($"{path}: the key '{key}' is missing; add it, or name the register with --register and --identity.");
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw CommandProblem.Usage($"{path}: the value of '{key}' must be a text in quotation marks.");
    }
}
