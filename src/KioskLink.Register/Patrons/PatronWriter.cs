using System.Security.Cryptography;
using System.Text;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Rules.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Patrons;

/// <summary>What storing a patron or card did.</summary>
internal enum WriteOutcome
{
    /// <summary>It stood so already.</summary>
    Unchanged,

    /// <summary>It is new.</summary>
    Created,

    /// <summary>It was changed.</summary>
    Changed,
}

/// <summary>Writes patrons: compares before it writes, so that the same data again changes nothing (R25, R37).</summary>
internal sealed class PatronWriter(Vault vault)
{
    /// <summary>The patron with a customer id; null when there is none.</summary>
    public static PatronRow? Find(RegisterDb db, string consortium, string customerId) =>
        db.Set<PatronRow>().SingleOrDefault(row => row.Consortium == consortium && row.CustomerId == customerId);

    /// <summary>Stores a patron; its cards are touched when a door must know.</summary>
    public (PatronRow Row, WriteOutcome Outcome) Put(WriteScope scope, PatronData patron, string by)
    {
        var before = Find(scope.Db, scope.Consortium, patron.CustomerId);
        var after = Fill(before ?? New(scope, patron.CustomerId), patron);
        if (before is not null && after == before)
        {
            return (before, WriteOutcome.Unchanged);
        }

        (after.UpdatedAt, after.UpdatedBy) = (scope.NowMs, by);
        scope.Db.Entry(after).State = before is null ? EntityState.Added : EntityState.Modified;
        scope.Db.SaveChanges();
        scope.Db.Entry(after).State = EntityState.Detached;
        if (before is not null && !DoorPart(before).Equals(DoorPart(after)))
        {
            TouchCards(scope, after.PatronId, priority: before.Restricted != after.Restricted);
        }

        return (after, before is null ? WriteOutcome.Created : WriteOutcome.Changed);
    }

    /// <summary>Whether another patron has the identity code.</summary>
    public bool IsTaken(RegisterDb db, string consortium, IdentityCode code, string customerId)
    {
        var index = vault.IdentityIndex(code.Value).ToBytes();
        return db.Set<PatronRow>().Any(row => row.Consortium == consortium && row.IdentityIndex == index && row.CustomerId != customerId);
    }

    /// <summary>The identity code as staff sees it; empty when there is none.</summary>
    public string Masked(PatronRow row) =>
        row.IdentityCode is { } box && IdentityCode.TryParse(Encoding.ASCII.GetString(vault.Open(box, IdentityBinding(row.CustomerId))), out var code)
            ? code.Masked
            : "";

    /// <summary>What a sealed identity code is bound to.</summary>
    public static string IdentityBinding(string customerId) => $"identity\0{customerId}";

    /// <summary>Says that the door facts of a patron's cards change.</summary>
    public static void TouchCards(WriteScope scope, long patronId, bool priority)
    {
        foreach (var cardId in scope.Db.Set<CardRow>().Where(card => card.PatronId == patronId).Select(card => card.CardId).ToList())
        {
            scope.Touch(EntityId.Card(cardId), priority);
        }
    }

    private static PatronRow New(WriteScope scope, string customerId) =>
        new() { Consortium = scope.Consortium, CustomerId = customerId, CreatedAt = scope.NowMs };

    private PatronRow Fill(PatronRow row, PatronData patron)
    {
        var filled = row with
        {
            Surname = patron.Surname,
            FirstNames = patron.FirstNames,
            DateOfBirth = ((LocalDate?)patron.Born).ToIso(),
            Language = (int)patron.Language,
            PatronGroup = patron.Group,
            HomeBranch = Known(patron.HomeBranch, row.HomeBranch),
            ResponsibleCustomerId = Known(patron.ResponsibleCustomerId, row.ResponsibleCustomerId),
            GuardianConsentOn = Known(patron.GuardianConsentOn.ToIso(), row.GuardianConsentOn),
            TermsAcceptedOn = Known(patron.TermsAcceptedOn.ToIso(), row.TermsAcceptedOn),
        };

        // What a file leaves empty is unknown and clears nothing; what staff leaves empty is withdrawn.
        string Known(string given, string stored) => given.Length == 0 && patron.Standing is null ? stored : given;

        if (patron.Standing is { } standing)
        {
            filled.RegisteredOn = standing.RegisteredOn.ToIso();
            filled.ValidFrom = standing.ValidFrom.ToIso();
            filled.ValidTo = standing.ValidTo.ToIso();
            (filled.Restricted, filled.FeesCents) = (standing.Restricted, standing.FeesCents);
        }

        return patron.IdentityCode is { } code ? WithIdentity(filled, code) : filled;
    }

    // A box is different each time it is sealed: the blind index says whether the code is the stored one.
    private PatronRow WithIdentity(PatronRow row, IdentityCode code)
    {
        var index = vault.IdentityIndex(code.Value).ToBytes();
        if (row.IdentityIndex is { } stored && CryptographicOperations.FixedTimeEquals(stored, index))
        {
            return row;
        }

        return row with { IdentityIndex = index, IdentityCode = vault.Seal(Encoding.ASCII.GetBytes(code.Value), IdentityBinding(row.CustomerId)) };
    }

    private static object DoorPart(PatronRow row) => (
        row.DateOfBirth, row.Language, row.PatronGroup, row.HomeBranch, row.GuardianConsentOn.Length > 0, row.TermsAcceptedOn.Length > 0,
        row.RegisteredOn.Length > 0, (row.ValidFrom, row.ValidTo, row.Restricted, row.FeesCents));
}
