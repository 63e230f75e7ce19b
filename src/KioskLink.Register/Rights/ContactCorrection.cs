using KioskLink.Protos.Register.V1;
using KioskLink.Register.Contacts;

namespace KioskLink.Register.Rights;

/// <summary>What may be corrected of where somebody is reached (R8, R75), the same for patrons and for those who answer for them. Pure.</summary>
internal static class ContactCorrection
{
    private const char Comma = ',';

    /// <summary>The fields.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["street", "postal_code", "city", "country", "street2", "postal_code2", "city2", "country2", "phones", "email"];

    /// <summary>The values as they stand; all of them empty where nothing is known.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Values(ContactColumns? columns) =>
        Fields.Select(field => KeyValuePair.Create(field, columns is null ? "" : Value(columns, field)));

    /// <summary>The contact data as corrected; null where no correction is about them.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT names the field.</exception>
    public static Contact? Apply(ContactColumns? columns, IEnumerable<FieldChange> changes)
    {
        var ours = changes.Where(change => Fields.Contains(change.Field)).ToList();
        var contact = columns?.Show() ?? new Contact();
        (contact.Address, contact.Address2) = (contact.Address ?? new PostalAddress(), contact.Address2 ?? new PostalAddress());
        ours.ForEach(change => Set(contact, change));
        return ours.Count == 0 ? null : ContactRules.Read(contact, "contact");
    }

    private static string Value(ContactColumns columns, string field) => field switch
    {
        "street" => columns.Street,
        "postal_code" => columns.PostalCode,
        "city" => columns.City,
        "country" => columns.Country,
        "street2" => columns.Street2,
        "postal_code2" => columns.PostalCode2,
        "city2" => columns.City2,
        "country2" => columns.Country2,
        "phones" => columns.Phones.Replace("\n", ", ", StringComparison.Ordinal),
        _ => columns.Email,
    };

    private static void Set(Contact contact, FieldChange change)
    {
        switch (change.Field)
        {
            case "street": contact.Address.Street = change.NewValue; break;
            case "postal_code": contact.Address.PostalCode = change.NewValue; break;
            case "city": contact.Address.City = change.NewValue; break;
            case "country": contact.Address.Country = change.NewValue; break;
            case "street2": contact.Address2.Street = change.NewValue; break;
            case "postal_code2": contact.Address2.PostalCode = change.NewValue; break;
            case "city2": contact.Address2.City = change.NewValue; break;
            case "country2": contact.Address2.Country = change.NewValue; break;
            case "phones": SetPhones(contact, change.NewValue); break;
            default: contact.Email = change.NewValue; break;
        }
    }

    private static void SetPhones(Contact contact, string phones)
    {
        contact.Phones.Clear();
        contact.Phones.AddRange(phones.Split(Comma, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
