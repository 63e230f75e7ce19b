using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Contacts;
using KioskLink.Register.Facts;
using KioskLink.Register.Requests;
using KioskLink.Rules.Identity;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Responsibles;

/// <summary>Those who answer for a patron, read and checked.</summary>
/// <param name="CustomerId">The one who is a patron; empty where none is.</param>
/// <param name="Role">As what that one answers.</param>
/// <param name="Others">Those who are no patrons.</param>
internal sealed record ResponsibleData(string CustomerId, ResponsibleRole Role, IReadOnlyList<ResponsibleOther> Others)
{
    /// <summary>Persons who may answer for one patron.</summary>
    public const int PersonsMax = 5;

    /// <summary>From this age somebody may answer for others.</summary>
    public const int AdultFrom = 18;

    private const string Name = "responsible.persons";

    /// <summary>Whether nobody is named.</summary>
    public bool IsEmpty => CustomerId.Length == 0 && Others.Count == 0;

    /// <summary>Reads a list: INVALID_ARGUMENT names the field; null stays null.</summary>
    public static ResponsibleData? Read(ResponsiblePersons? given, LocalDate today)
    {
        if (given is null)
        {
            return null;
        }

        if (given.Persons.Count > PersonsMax)
        {
            throw Field.Wrong(Name, $"are more than {PersonsMax}: leave some out");
        }

        var patrons = given.Persons.Where(person => person.CustomerId.Length > 0).ToList();
        if (patrons.Count > 1)
        {
            throw Field.Wrong($"{Name}.customer_id", "is given more than once: at most one of them is a patron");
        }

        var others = given.Persons.Where(person => person.CustomerId.Length == 0).Select(person => Other(person, today)).ToList();
        return others.Where(other => other.PersonId != 0).GroupBy(other => other.PersonId).Any(same => same.Count() > 1)
            ? throw Field.Wrong($"{Name}.person_id", "is given twice: name each person once")
            : new ResponsibleData(
                patrons.Count == 0 ? "" : Field.Optional(patrons[0].CustomerId, $"{Name}.customer_id", Field.IdMax),
                patrons.Count == 0 ? ResponsibleRole.Unspecified : RoleOf(patrons[0]),
                others);
    }

    /// <summary>A person's id as the wire has it.</summary>
    public static string Id(long personId) => personId.ToString(CultureInfo.InvariantCulture);

    /// <summary>A person's id from the wire; 0 where there is none.</summary>
    public static long Id(string text, string field) =>
        text.Length == 0 ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id
        : throw Field.Wrong(field, "is no person's id: take one from the list of persons");

    private static ResponsibleOther Other(ResponsiblePerson person, LocalDate today)
    {
        var id = Id(person.PersonId, $"{Name}.person_id");
        var names = id == 0 || person.Surname.Length > 0;
        var born = Field.Date(person.DateOfBirth, $"{Name}.date_of_birth");
        if (born is { } date && AgeRule.OkFrom(date, AdultFrom) > today)
        {
            throw Field.Wrong($"{Name}.date_of_birth", $"is that of somebody under {AdultFrom}: name an adult");
        }

        return new ResponsibleOther
        {
            PersonId = id,
            Role = RoleOf(person),
            HasData = names,
            Surname = names ? Field.Required(person.Surname, $"{Name}.surname") : "",
            FirstNames = Field.Optional(person.FirstNames, $"{Name}.first_names"),
            DateOfBirth = born.ToIso(),
            Language = Enum.IsDefined(person.Language) ? person.Language : throw Field.Wrong($"{Name}.language", "must be Fi, Sv or En"),
            Contact = ContactRules.Read(person.Contact, $"{Name}.contact"),
        };
    }

    private static ResponsibleRole RoleOf(ResponsiblePerson person) =>
        Enum.IsDefined(person.Role) ? person.Role : throw Field.Wrong($"{Name}.role", "must be Guardian, OtherAdult or CommunityContact");
}

/// <summary>Somebody who answers for a patron and is none.</summary>
internal sealed record ResponsibleOther
{
    /// <summary>The stored person; 0 for one who is to be stored.</summary>
    public long PersonId { get; init; }

    public ResponsibleRole Role { get; init; }

    /// <summary>Whether names and contact were given, or the stored ones stay.</summary>
    public bool HasData { get; init; }

    public string Surname { get; init; } = "";

    public string FirstNames { get; init; } = "";

    public string DateOfBirth { get; init; } = "";

    public Wire.Language Language { get; init; }

    public Contact? Contact { get; init; }
}
