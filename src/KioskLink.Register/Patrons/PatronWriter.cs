using System.Security.Cryptography;
using System.Text;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Cards;
using KioskLink.Register.Consents;
using KioskLink.Register.Contacts;
using KioskLink.Register.Facts;
using KioskLink.Register.PatronSearch;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Rules.Identity;
using Microsoft.EntityFrameworkCore;
using EntityState = Microsoft.EntityFrameworkCore.EntityState;

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
internal sealed class PatronWriter(Vault vault, ConsentWriter consents)
{
    /// <summary>The patron with a customer id; null when there is none.</summary>
    public static PatronRow? Find(RegisterDb db, string consortium, string customerId) =>
        db.Set<PatronRow>().SingleOrDefault(row => row.Consortium == consortium && row.CustomerId == customerId);

    /// <summary>Stores a patron; its cards are touched when a door must know.</summary>
    public (PatronRow Row, WriteOutcome Outcome) Put(WriteScope scope, PatronData patron, string by)
    {
        var before = Find(scope.Db, scope.Consortium, patron.CustomerId);
        var channel = patron.Standing is null ? ConsentChannel.Import : ConsentChannel.Desk;
        var after = Fill(before ?? New(scope, patron.CustomerId, by), patron);
        after = channel == ConsentChannel.Import ? ConsentWriter.Named(scope, before, after) : after;
        after = before is null ? after : consents.Counting(scope, before, after, channel, by);
        if (before is null)
        {
            Save(scope, after, by, EntityState.Added);
        }

        var beside = PutBeside(scope, after.PatronId, patron, by);
        if (before is not null)
        {
            if (after == before && !beside)
            {
                return (before, WriteOutcome.Unchanged);
            }

            Save(scope, after, by, EntityState.Modified);
        }

        if ((before?.Surname, before?.FirstNames) != (after.Surname, after.FirstNames))
        {
            PatronNames.Put(scope, after.PatronId, after.Surname, after.FirstNames);
        }

        consents.Note(scope, before, after, channel, by);
        if (before is not null)
        {
            consents.NoteGroup(scope, before, after);
        }

        if (before is not null && !DoorPart(before).Equals(DoorPart(after)))
        {
            TouchCards(scope, after.PatronId, priority: false);
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

    /// <summary>Says who changed a patron last, where what changed stands beside the row, as cards and PINs do (R25).</summary>
    public static void Stamp(WriteScope scope, long patronId, string by) => scope.Db.Set<PatronRow>()
        .Where(row => row.PatronId == patronId)
        .ExecuteUpdate(set => set.SetProperty(row => row.UpdatedAt, scope.NowMs).SetProperty(row => row.UpdatedBy, by));

    /// <summary>Says that the door facts of a patron's cards change.</summary>
    public static void TouchCards(WriteScope scope, long patronId, bool priority)
    {
        foreach (var cardId in scope.Db.Set<CardRow>().Where(card => card.PatronId == patronId).Select(card => card.CardId).ToList())
        {
            scope.Touch(EntityId.Card(cardId), priority);
        }
    }

    private static void Save(WriteScope scope, PatronRow row, string by, EntityState state)
    {
        (row.UpdatedAt, row.UpdatedBy) = (scope.NowMs, by);
        scope.Db.Entry(row).State = state;
        scope.Db.SaveChanges();
        scope.Db.Entry(row).State = EntityState.Detached;
    }

    // What stands beside the row; no door needs any of it.
    private static bool PutBeside(WriteScope scope, long patronId, PatronData patron, string by)
    {
        var changed = ContactWriter.PutContact(scope, patronId, patron.Contact);
        changed |= ContactWriter.PutGender(scope, patronId, patron.Gender);
        changed |= ContactWriter.PutNotices(scope, patronId, patron.Notices, "notices");
        changed |= ContactWriter.PutHomeService(scope, patronId, patron.HomeService);
        return changed | ResponsibleWriter.Put(scope, patronId, patron.Responsible?.Others, UsualRole(patron), by);
    }

    private static ResponsibleRole UsualRole(PatronData patron) =>
        patron.Born is null ? ResponsibleRole.CommunityContact : ResponsibleRole.Guardian;

    private static PatronRow New(WriteScope scope, string customerId, string by) =>
        new() { Consortium = scope.Consortium, CustomerId = customerId, CreatedAt = scope.NowMs, CreatedBy = by };

    private PatronRow Fill(PatronRow row, PatronData patron)
    {
        var filled = row with
        {
            Surname = patron.Surname,
            FirstNames = patron.FirstNames,
            DateOfBirth = patron.Born.ToIso(),
            Language = (int)patron.Language,
            PatronGroup = patron.Group,
            HomeBranch = patron.DropsHomeBranch ? "" : Known(patron.HomeBranch, row.HomeBranch),
            ResponsibleCustomerId = Known(patron.ResponsibleCustomerId, row.ResponsibleCustomerId),
            GuardianConsentOn = Known(patron.GuardianConsentOn.ToIso(), row.GuardianConsentOn),
            TermsAcceptedOn = Known(patron.TermsAcceptedOn.ToIso(), row.TermsAcceptedOn),
            ExtendedTime = patron.ExtendedTime ?? row.ExtendedTime,
        };

        // What a file leaves empty is unknown and clears nothing; what staff leaves empty is withdrawn.
        string Known(string given, string stored) => given.Length == 0 && patron.Standing is null ? stored : given;

        filled.ResponsibleRole = filled.ResponsibleCustomerId.Length == 0 ? 0
            : patron.Responsible is { Role: not ResponsibleRole.Unspecified } responsible ? (int)responsible.Role
            : filled.ResponsibleCustomerId == row.ResponsibleCustomerId && row.ResponsibleRole != 0 ? row.ResponsibleRole
            : (int)UsualRole(patron);
        if (patron.Standing is { } standing)
        {
            filled.RegisteredOn = standing.RegisteredOn.ToIso();
            filled.ValidFrom = standing.ValidFrom.ToIso();
            filled.ValidTo = standing.ValidTo.ToIso();
        }

        return patron.DropsIdentityCode ? filled with { IdentityIndex = null, IdentityCode = null }
            : patron.IdentityCode is { } code ? WithIdentity(filled, code)
            : filled;
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
        row.RegisteredOn.Length > 0, (row.ValidFrom, row.ValidTo, row.Restricted, row.FeesCents, row.ExtendedTime));
}
