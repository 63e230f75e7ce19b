using KioskLink.Protos.Register.V1;
using KioskLink.Register.Console.Forms;
using KioskLink.Register.Rights;
using Microsoft.Extensions.Primitives;

namespace KioskLink.Register.Console.Patrons;

/// <summary>A correction of a patron's data as a form tells it: what differs from what stands there.</summary>
internal static class Correction
{
    /// <summary>The fields of the person, as the register calls them.</summary>
    public static readonly IReadOnlyList<string> OfPerson = ["surname", "first_names", "date_of_birth", "identity_code", "language", "home_branch"];

    /// <summary>The tick that says that the stored identity code is nobody's or another's: an empty field says that it is right.</summary>
    public const string NoIdentityCode = "no_identity_code";

    /// <summary>Every field.</summary>
    public static IEnumerable<string> Fields => OfPerson.Concat(ContactCorrection.Fields);

    /// <summary>The fields as the data stands; the identity code is shown masked and so begins empty.</summary>
    public static (string Field, StringValues Value)[] First(Patron patron) => [.. Fields.Select(field => (field, new StringValues(Value(patron, field))))];

    /// <summary>What was changed.</summary>
    public static IEnumerable<FieldChange> Read(FormState form, Patron patron) =>
        from field in Fields
        let typed = field == "identity_code" ? form.Text(field).ToUpperInvariant() : form.Text(field)
        where typed != Value(patron, field) || (field == "identity_code" && form.Ticked(NoIdentityCode))
        select new FieldChange { Field = field, NewValue = typed };

    private static string Value(Patron patron, string field) => field switch
    {
        "surname" => patron.Surname,
        "first_names" => patron.FirstNames,
        "date_of_birth" => patron.DateOfBirth,
        "language" => $"{patron.Language}",
        "home_branch" => patron.HomeBranch,
        "street" => patron.Contact?.Address?.Street ?? "",
        "postal_code" => patron.Contact?.Address?.PostalCode ?? "",
        "city" => patron.Contact?.Address?.City ?? "",
        "country" => patron.Contact?.Address?.Country ?? "",
        "street2" => patron.Contact?.Address2?.Street ?? "",
        "postal_code2" => patron.Contact?.Address2?.PostalCode ?? "",
        "city2" => patron.Contact?.Address2?.City ?? "",
        "country2" => patron.Contact?.Address2?.Country ?? "",
        "phones" => string.Join(", ", patron.Contact?.Phones ?? []),
        "email" => patron.Contact?.Email ?? "",
        _ => "",
    };
}
