using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Protos;

/// <summary>No message shows a secret when it is printed, whatever it is nested in.</summary>
public sealed class SecretsTests
{
    private const string Sentinel = "sentinel";
    private const int MaxDepth = 4;

    // Words, not names: a field that is added tomorrow is found by the word in it.
    private static readonly string[] SecretWords =
        ["card_number", "pin", "identity_code", "surname", "first_names", "birth", "born", "age_ok", "secret", "node_key", "token", "proof", "salt", "envelope", "personal", "password", "totp", "person_name",
        "name_prefix", "street", "postal_code", "phones", "body"];

    // Bytes are secret until they stand here.
    private static readonly string[] NoSecrets =
    [
        "page_token", "next_page_token", "pin_min_length", "pin_max_length", "pin_result", "pin_algorithms", "pin_required", "personal_hash", "envelope_key",
        "certificate", "ca_certificate", "certificate_request", "key_id", "open", "hash", "mark", "sha256",
        // What a technician sees of a line is masked before it is sent, and what a device tells of itself is about nobody.
        "frame", "content",
    ];

    public static TheoryData<string> Messages => new(
        typeof(Patron).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IMessage))).Select(type => type.FullName!));

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_printed_message_shows_no_secret(string type)
    {
        var descriptor = Descriptor(type);

        for (var choice = 0; choice < Math.Max(1, descriptor.Oneofs.Max(oneof => (int?)oneof.Fields.Count) ?? 1); choice++)
        {
            var printed = Filled(descriptor, MaxDepth, choice).ToString()!;

            Assert.DoesNotContain(Sentinel, printed, StringComparison.Ordinal);
            Assert.DoesNotContain(ByteString.CopyFromUtf8(Sentinel).ToBase64(), printed, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_no_secret_is_still_printed()
    {
        var request = new Register.V1.AuthorizeEntryRequest
        {
            DoorId = "front",
            CardNumber = Sentinel,
            Conditions = new DoorConditions { Lockdown = true },
        };

        Assert.Equal("""{ "doorId": "front", "cardNumber": "***", "conditions": { "lockdown": true } }""", request.ToString());
    }

    [Fact]
    public void A_secret_that_is_not_set_is_not_printed() =>
        Assert.Equal("""{ "badgeRef": "key 7", "role": "BADGE_ROLE_GUARD" }""", new Badge { BadgeRef = "key 7", Role = BadgeRole.Guard }.ToString());

    [Fact]
    public void Lists_print_their_messages_without_secrets()
    {
        var patron = new Patron { CustomerId = "1001", Cards = { new Card { CardNumber = Sentinel, Lost = true } } };

        Assert.Equal("""{ "customerId": "1001", "cards": [ { "cardNumber": "***", "lost": true } ] }""", patron.ToString());
    }

    private static MessageDescriptor Descriptor(string type) =>
        (MessageDescriptor)typeof(Patron).Assembly.GetType(type)!.GetProperty(nameof(Patron.Descriptor))!.GetValue(null)!;

    /// <summary>A message with every field set, of each oneof the field that is chosen.</summary>
    private static IMessage Filled(MessageDescriptor descriptor, int depth, int choice)
    {
        var message = (IMessage)Activator.CreateInstance(descriptor.ClrType)!;
        foreach (var field in descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType == FieldType.Message && depth == 0)
                continue;
            if (field.IsRepeated)
                ((IList)field.Accessor.GetValue(message)).Add(Value(field, depth, choice));
            else if (IsChosen(field, choice))
                field.Accessor.SetValue(message, Value(field, depth, choice));
        }

        return message;
    }

    private static bool IsChosen(FieldDescriptor field, int choice) =>
        field.RealContainingOneof is not { } oneof || field == oneof.Fields[choice % oneof.Fields.Count];

    private static bool IsSecret(FieldDescriptor field) =>
        !NoSecrets.Contains(field.Name)
        && (field.FieldType == FieldType.Bytes || SecretWords.Any(word => field.Name.Contains(word, StringComparison.Ordinal)));

    private static object Value(FieldDescriptor field, int depth, int choice) => field.FieldType switch
    {
        FieldType.Message => Filled(field.MessageType, depth - 1, choice),
        FieldType.String => IsSecret(field) ? Sentinel : "open",
        FieldType.Bytes => ByteString.CopyFromUtf8(IsSecret(field) ? Sentinel : "open"),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, 1),
        FieldType.Bool => true,
        FieldType.Int32 => 1,
        FieldType.Int64 => 1L,
        FieldType.Double => 0.5,
        _ => throw new NotSupportedException($"{field.FullName} is a {field.FieldType}: give it a value here."),
    };
}
