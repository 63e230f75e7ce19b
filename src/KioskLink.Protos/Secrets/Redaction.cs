using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace KioskLink.Protos.Secrets;

/// <summary>
/// Prints a message as its <c>ToString</c> would, with <c>***</c> for every secret that is set. Google.Protobuf ignores
/// <c>debug_redact</c> in .NET, so each message that carries a secret asks for this by hand. Thread-safe.
/// </summary>
internal static class Redaction
{
    private const string Hidden = "\"***\"";

    /// <summary>Names of fields that are secrets wherever they occur.</summary>
    private static readonly HashSet<string> SecretFields =
    [
        "card_number", "pin", "identity_code", "surname", "first_names", "date_of_birth", "born", "age_ok_from",
        "street_address", "phone", "email", "name_prefix", "street", "postal_code", "phones", "body", "session_token", "new_pin",
        "secret", "node_key", "token", "entity", "proof", "salt", "envelope", "card_envelope", "personal", "chunk", "document_json", "document_html", "new_value",
        "file", "password", "totp_code", "totp_secret", "totp_uri", "set_up_secret", "session_token", "device_key", "person_name", "stamp",
    ];

    /// <summary>The message as JSON for people, its secrets hidden.</summary>
    public static string Of(IMessage message)
    {
        var fields = message.Descriptor.Fields.InDeclarationOrder()
            .Where(field => IsSet(message, field))
            .Select(field => $"\"{field.JsonName}\": {Text(message, field)}");
        return $"{{ {string.Join(", ", fields)} }}";
    }

    private static string Text(IMessage message, FieldDescriptor field) =>
        SecretFields.Contains(field.Name) ? Hidden : Text(field.Accessor.GetValue(message));

    // A nested message prints itself, and so hides its own secrets.
    private static string Text(object value) => value switch
    {
        IMessage nested => nested.ToString()!,
        IList list => $"[ {string.Join(", ", list.Cast<object>().Select(Text))} ]",
        _ => Scalar(value),
    };

    private static string Scalar(object value)
    {
        using var text = new StringWriter();
        JsonFormatter.Default.WriteValue(text, value);
        return text.ToString();
    }

    private static bool IsSet(IMessage message, FieldDescriptor field) =>
        field.HasPresence ? field.Accessor.HasValue(message) : !IsDefault(field.Accessor.GetValue(message));

    private static bool IsDefault(object value) => value switch
    {
        string text => text.Length == 0,
        ByteString bytes => bytes.IsEmpty,
        IList list => list.Count == 0,
        _ => value.Equals(Activator.CreateInstance(value.GetType())),
    };
}
