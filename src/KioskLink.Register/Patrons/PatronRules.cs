using KioskLink.Protos.Register.V1;
using KioskLink.Register.Consents;
using KioskLink.Register.Profiles;
using KioskLink.Register.Responsibles;
using KioskLink.Rules.Identity;
using NodaTime;

namespace KioskLink.Register.Patrons;

/// <summary>What is wrong with a patron's data: the field by its name and a sentence that never repeats the value.</summary>
/// <param name="Field">The field.</param>
/// <param name="Reason">What is wrong and how to mend it.</param>
internal sealed record PatronProblem(string Field, string Reason);

/// <summary>The rules about a patron's data (R8, R13, R15), the same for staff and for import. Pure.</summary>
internal static class PatronRules
{
    /// <summary>Below this age a patron needs a responsible person (R15).</summary>
    public const int ResponsibleUntil = 15;

    private const int OldestBirthYear = 1880;

    /// <summary>The first thing that is wrong; null when the patron can be stored.</summary>
    public static PatronProblem? Problem(PatronData patron, ConsortiumProfile profile, LocalDate today)
    {
        if (patron.CustomerId.Length == 0)
        {
            return new PatronProblem("customer_id", "is missing: give the patron's number");
        }

        var isCommunity = profile.Groups.Any(group => group.Code == patron.Group && group.Community);
        if (patron.Born is null && !isCommunity)
        {
            return new PatronProblem("date_of_birth", "is missing: give it");
        }

        if (patron.Born > today || patron.Born?.Year < OldestBirthYear)
        {
            return new PatronProblem("date_of_birth", "is no possible date of birth: correct it");
        }

        if (patron.IdentityCode is { } code && code.Born != patron.Born)
        {
            return new PatronProblem("identity_code", "tells another date of birth: correct one of them");
        }

        if (profile.Groups.All(group => group.Code != patron.Group))
        {
            return new PatronProblem("group", $"is unknown: use one of {string.Join(", ", profile.Groups.Select(group => group.Code))}");
        }

        return NotKept(patron, profile) ?? Inverted(patron) ?? Future(patron, today);
    }

    /// <summary>Whether somebody must answer for the patron and nobody is named (R15).</summary>
    public static bool LacksResponsible(PatronData patron, ConsortiumProfile profile, LocalDate today) =>
        patron.ResponsibleCustomerId.Length == 0
        && patron.Responsible is null or { IsEmpty: true }
        && ((patron.Born is { } born && AgeRule.OkFrom(born, ResponsibleUntil) > today)
            || profile.Groups.Any(group => group.Code == patron.Group && group.ResponsiblePerson));

    // What a consortium does not record about patrons, or not about those of a group (R11, R14, R24).
    private static PatronProblem? NotKept(PatronData patron, ConsortiumProfile profile) => patron switch
    {
        { Gender: not Gender.Unspecified } when profile.PatronFields.Gender == GenderUse.None =>
            new PatronProblem("gender", "is not recorded by this consortium: leave it out"),
        { HomeBranch.Length: > 0 } when !profile.PatronFields.HomeUnit =>
            new PatronProblem("home_branch", "is not recorded by this consortium: leave it out"),
        { HomeService: { } service } when service.CalculateSize() > 0 && !ConsentRules.IsHomeService(profile, patron.Group) =>
            new PatronProblem("home_service", "is for patrons of a home-service group: leave it out, or change the group"),
        { Responsible: { } responsible } when Answers(responsible).Any(role => role == ResponsibleRole.CommunityContact) != (patron.Born is null)
            && Answers(responsible).Any() => new PatronProblem(
                "responsible.persons.role", "must be CommunityContact for a community, and Guardian or OtherAdult for a person"),
        _ => null,
    };

    private static IEnumerable<ResponsibleRole> Answers(ResponsibleData responsible) =>
        responsible.Others.Select(other => other.Role).Append(responsible.Role).Where(role => role != ResponsibleRole.Unspecified);

    private static PatronProblem? Inverted(PatronData patron) => patron switch
    {
        _ when patron.ValidTo < patron.ValidFrom => new PatronProblem("valid_to", "lies before valid_from: correct one of them"),
        _ when patron.ResponsibleCustomerId == patron.CustomerId =>
            new PatronProblem("responsible_customer_id", "is the patron's own number: name somebody else"),
        _ => null,
    };

    private static PatronProblem? Future(PatronData patron, LocalDate today) => patron switch
    {
        _ when patron.TermsAcceptedOn > today => new PatronProblem("terms_accepted_on", "lies in the future: correct it"),
        _ when patron.RegisteredOn > today => new PatronProblem("registered_on", "lies in the future: correct it"),
        _ when patron.GuardianConsentOn > today => new PatronProblem("guardian_consent_on", "lies in the future: correct it"),
        _ => null,
    };
}
