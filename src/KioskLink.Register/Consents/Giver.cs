using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Rules.Identity;
using NodaTime;

namespace KioskLink.Register.Consents;

/// <summary>Who acts in a consent: the patron, or somebody who answers for the patron.</summary>
/// <param name="ByResponsible">Whether it is not the patron.</param>
/// <param name="CustomerId">The one who acts and is another patron; empty otherwise.</param>
/// <param name="PersonId">The one who acts and is no patron; 0 otherwise.</param>
internal sealed record Giver(bool ByResponsible, string CustomerId, long PersonId)
{
    /// <summary>Whether it is somebody who answers for the patron, and nobody said who.</summary>
    public bool IsUnnamed => ByResponsible && CustomerId.Length == 0 && PersonId == 0;

    /// <summary>The patron.</summary>
    public static readonly Giver Self = new(false, "", 0);

    /// <summary>Whether somebody must act for the patron on a day (R39).</summary>
    public static bool MustBeResponsible(PatronRow patron, LocalDate day) =>
        patron.DateOfBirth.ToDate() is not { } born || AgeRule.OkFrom(born, PatronRules.ResponsibleUntil) > day;

    /// <summary>Who acts when nobody says: the patron, or of a child or community the first one who answers for it.</summary>
    public static Giver Usual(RegisterDb db, PatronRow patron, LocalDate day) =>
        MustBeResponsible(patron, day) ? FirstResponsible(db, patron) : Self;

    /// <summary>The first one who answers for a patron; nobody is named where there is none.</summary>
    public static Giver FirstResponsible(RegisterDb db, PatronRow patron) => patron.ResponsibleCustomerId.Length > 0
        ? new Giver(true, patron.ResponsibleCustomerId, 0)
        : new Giver(true, "", db.Set<ResponsibilityRow>().Where(row => row.PatronId == patron.PatronId).Min(row => (long?)row.PersonId) ?? 0);

    /// <summary>Whether the giver answers for a patron.</summary>
    public bool AnswersFor(RegisterDb db, PatronRow patron) =>
        (CustomerId.Length > 0 && CustomerId == patron.ResponsibleCustomerId)
        || (PersonId != 0 && db.Set<ResponsibilityRow>().Any(row => row.PatronId == patron.PatronId && row.PersonId == PersonId));
}
