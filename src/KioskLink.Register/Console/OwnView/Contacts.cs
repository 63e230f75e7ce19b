using KioskLink.Protos.Register.V1;
using KioskLink.Register.Console.Forms;
using Microsoft.Extensions.Primitives;

namespace KioskLink.Register.Console.OwnView;

/// <summary>A patron's contact data as fields of a form, for staff and for patrons.</summary>
internal static class Contacts
{
    /// <summary>The names of the fields, as the register calls them.</summary>
    public static readonly IReadOnlyList<string> Fields = ["street", "postal_code", "city", "email", "phones"];

    /// <summary>An address on one line.</summary>
    public static string Line(PostalAddress? address) =>
        address is null ? "" : string.Join(", ", new[] { address.Street, $"{address.PostalCode} {address.City}".Trim(), address.Country == "FI" ? "" : address.Country }.Where(part => part.Length > 0));

    /// <summary>The fields as the data stands.</summary>
    public static (string Field, StringValues Value)[] First(Contact? contact) =>
    [
        ("street", contact?.Address?.Street ?? ""),
        ("postal_code", contact?.Address?.PostalCode ?? ""),
        ("city", contact?.Address?.City ?? ""),
        ("email", contact?.Email ?? ""),
        ("phones", string.Join(", ", contact?.Phones ?? [])),
    ];

    /// <summary>The contact data that were typed; what has no field stays as it was.</summary>
    public static Contact Read(FormState form, Contact? before)
    {
        var contact = before?.Clone() ?? new Contact();
        contact.Address ??= new PostalAddress();
        (contact.Address.Street, contact.Address.PostalCode, contact.Address.City) = (form.Text("street"), form.Text("postal_code"), form.Text("city"));
        contact.Email = form.Text("email");
        contact.Phones.Clear();
        contact.Phones.AddRange(form.Text("phones").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(phone => phone.Replace(" ", "", StringComparison.Ordinal)));
        return contact;
    }
}
