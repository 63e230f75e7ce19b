using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using KioskLink.Protos.Node.V1;
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
        ["card_number", "pin", "identity_code", "surname", "first_names", "date_of_birth", "secret", "node_key", "token", "proof", "salt", "envelope", "personal", "chunk"];

    private static readonly string[] NoSecrets =
    [
        "page_token", "next_page_token", "pin_min_length", "pin_max_length", "pin_result", "pin_algorithms", "pin_required", "personal_hash", "envelope_key",
    ];

    public static TheoryData<string> Messages => new(
        new[] { Files(KioskServiceReflection.Descriptor), Files(PatronServiceReflection.Descriptor), Files(NodeServiceReflection.Descriptor) }
            .Concat([
                Files(DiagnosticsServiceReflection.Descriptor), Files(AccessServiceReflection.Descriptor), Files(BanServiceReflection.Descriptor),
                Files(BranchServiceReflection.Descriptor), Files(CardServiceReflection.Descriptor), Files(OpeningHoursServiceReflection.Descriptor),
                Files(PermissionServiceReflection.Descriptor),
            ])
            .SelectMany(files => files).Distinct()
            .Where(file => file.Package.StartsWith("kiosklink", StringComparison.Ordinal))
            .SelectMany(file => file.MessageTypes).Select(type => type.ClrType.FullName!));

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_printed_message_shows_no_secret(string type)
    {
        var message = Filled(Descriptor(type), MaxDepth);

        var printed = message.ToString()!;

        Assert.DoesNotContain(Sentinel, printed, StringComparison.Ordinal);
        Assert.DoesNotContain(ByteString.CopyFromUtf8(Sentinel).ToBase64(), printed, StringComparison.Ordinal);
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

    private static IEnumerable<FileDescriptor> Files(FileDescriptor file) => file.Dependencies.SelectMany(Files).Append(file);

    private static MessageDescriptor Descriptor(string type) =>
        (MessageDescriptor)typeof(Patron).Assembly.GetType(type)!.GetProperty(nameof(Patron.Descriptor))!.GetValue(null)!;

    private static IMessage Filled(MessageDescriptor descriptor, int depth)
    {
        var message = (IMessage)Activator.CreateInstance(descriptor.ClrType)!;
        foreach (var field in descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType == FieldType.Message && depth == 0)
                continue;
            if (field.IsRepeated)
                ((IList)field.Accessor.GetValue(message)).Add(Value(field, depth));
            else if (IsNewest(field))
                field.Accessor.SetValue(message, Value(field, depth));
        }

        return message;
    }

    // Of a oneof only one field can be set: the secret one where there is one.
    private static bool IsNewest(FieldDescriptor field) =>
        field.RealContainingOneof is not { } oneof || field == (oneof.Fields.FirstOrDefault(IsSecret) ?? oneof.Fields[^1]);

    private static bool IsSecret(FieldDescriptor field) =>
        !NoSecrets.Contains(field.Name) && SecretWords.Any(word => field.Name.Contains(word, StringComparison.Ordinal));

    private static object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.Message => Filled(field.MessageType, depth - 1),
        FieldType.String => IsSecret(field) ? Sentinel : "open",
        FieldType.Bytes => ByteString.CopyFromUtf8(IsSecret(field) ? Sentinel : "open"),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, 1),
        FieldType.Bool => true,
        FieldType.Int32 => 1,
        FieldType.Int64 => 1L,
        _ => throw new NotSupportedException($"{field.FullName} is a {field.FieldType}: give it a value here."),
    };
}
