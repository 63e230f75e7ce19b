using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using NodaTime;

namespace KioskLink.Register.Applications;

/// <summary>What the robot does with an application: carries it out about a patron or a new one, or leaves it to staff.</summary>
/// <param name="Reason">Why staff must decide; unspecified when the robot is sure.</param>
/// <param name="Patron">The patron whom it is about; null for a new one.</param>
internal sealed record MatchResult(QueueReason Reason, PatronRow? Patron);

/// <summary>Whom an application is about (R37): the identity code says it, or staff does; nobody guesses. Pure.</summary>
internal static class ApplicationMatch
{
    /// <summary>Decides.</summary>
    /// <param name="applicant">What the applicant says.</param>
    /// <param name="sameCode">The patron with the same identity code.</param>
    /// <param name="isAlike">Whether another patron has the same name and date of birth.</param>
    public static MatchResult Of(ApplicantData applicant, PatronRow? sameCode, bool isAlike) => (applicant.Code, sameCode, isAlike) switch
    {
        (null, _, _) => new(QueueReason.NoIdentityCode, null),
        (_, { Restricted: true }, _) => new(QueueReason.PatronRestricted, null),
        (_, { } patron, _) => new(QueueReason.Unspecified, patron),
        (_, null, true) => new(QueueReason.SameNameAndBirth, null),
        _ => new(QueueReason.Unspecified, null),
    };

    /// <summary>Why the patron that came of it cannot be stored without staff; unspecified when it can.</summary>
    /// <param name="patron">The patron as it would be stored.</param>
    /// <param name="known">As it stands now; null for a new one.</param>
    /// <param name="hasOther">Whether somebody who is no patron answers for the known one.</param>
    /// <param name="isResponsibleKnown">Whether the named responsible person is a patron.</param>
    /// <param name="profile">The consortium's rules.</param>
    /// <param name="today">Today in Helsinki.</param>
    public static QueueReason Obstacle(PatronData patron, PatronRow? known, bool hasOther, bool isResponsibleKnown, ConsortiumProfile profile, LocalDate today)
    {
        if (PatronRules.Problem(patron, profile, today) is not null)
        {
            return QueueReason.DataRefused;
        }

        var hasOne = hasOther || known?.ResponsibleCustomerId.Length > 0;
        return patron.ResponsibleCustomerId.Length > 0 && !isResponsibleKnown || (!hasOne && PatronRules.LacksResponsible(patron, profile, today))
            ? QueueReason.ResponsiblePersonMissing
            : QueueReason.Unspecified;
    }

    /// <summary>Whether two people may be one: the same surname and first given name, whatever the case.</summary>
    public static bool IsSameName(Applicant applicant, PatronRow patron) =>
        Plain(applicant.Surname) == Plain(patron.Surname) && FirstOf(applicant.FirstNames) == FirstOf(patron.FirstNames);

    private static string Plain(string name) => string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    private static string FirstOf(string names) => Plain(names).Split(' ', '-')[0];
}
