using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.PatronSearch;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using KioskLink.Rules.Identity;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Rights;

/// <summary>What may be corrected of a person who answers for patrons and is none (R16, R75). Pure.</summary>
internal static class PersonCorrection
{
    private static readonly string[] Fields = ["surname", "first_names", "date_of_birth", "language"];

    /// <summary>The person as corrected.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT names the field.</exception>
    public static ResponsiblePersonRow Apply(ResponsiblePersonRow person, IEnumerable<FieldChange> changes, LocalDate today)
    {
        var all = changes.ToList();
        var corrected = all.Aggregate(person with { }, Apply);
        if (corrected.DateOfBirth.Length > 0 && AgeRule.OkFrom(Field.RequiredDate(corrected.DateOfBirth, "date_of_birth"), ResponsibleData.AdultFrom) > today)
        {
            throw Field.Wrong("date_of_birth", $"is that of somebody under {ResponsibleData.AdultFrom}: name an adult");
        }

        if (ContactCorrection.Apply(person, all) is { } contact)
        {
            corrected.Take(contact);
        }

        corrected.SearchName = FoldedName.Of($"{corrected.Surname} {corrected.FirstNames}");
        return corrected;
    }

    /// <summary>The values that may be corrected.</summary>
    public static Dictionary<string, string> Values(ResponsiblePersonRow person) => new(
    [
        new("surname", person.Surname), new("first_names", person.FirstNames), new("date_of_birth", person.DateOfBirth),
        new("language", $"{(Wire.Language)person.Language}"), .. ContactCorrection.Values(person),
    ]);

    private static ResponsiblePersonRow Apply(ResponsiblePersonRow person, FieldChange change) => change.Field switch
    {
        "surname" => person with { Surname = change.NewValue },
        "first_names" => person with { FirstNames = change.NewValue },
        "date_of_birth" => person with { DateOfBirth = ((LocalDate?)Field.RequiredDate(change.NewValue, "date_of_birth")).ToIso() },
        "language" => person with { Language = (int)Rectifications.LanguageOf(change.NewValue) },
        var field when ContactCorrection.Fields.Contains(field) => person,
        _ => throw Field.Wrong("changes.field", $"must be one of {string.Join(", ", Fields.Concat(ContactCorrection.Fields))} for a person who is no patron"),
    };
}
