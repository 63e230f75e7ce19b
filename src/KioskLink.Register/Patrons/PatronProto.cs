using KioskLink.Protos.Register.V1;
using KioskLink.Register.Bans;
using KioskLink.Register.Cards;
using KioskLink.Register.Consents;
using KioskLink.Register.Contacts;
using KioskLink.Register.Facts;
using KioskLink.Register.PatronNotes;
using KioskLink.Register.Profiles;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Identity;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Patrons;

/// <summary>Patrons, cards and bans between rows and the API that staff uses.</summary>
internal sealed class PatronProto(RegisterCore core, PatronWriter writer)
{
    /// <summary>A patron with cards and bans as staff sees it.</summary>
    public Patron Show(RegisterDb db, PatronRow row)
    {
        var now = core.Now();
        var ms = now.ToUnixTimeMilliseconds();
        var patron = Core(row);
        AddBeside(db, row, patron);
        patron.Cards.AddRange(db.Set<CardRow>().Where(card => card.PatronId == row.PatronId).OrderBy(card => card.CardId).AsEnumerable().Select(Card));
        patron.Bans.AddRange(db.Set<BanRow>()
            .Where(ban => ban.PatronId == row.PatronId && ban.LiftedAt == null && (ban.EndAt == null || ban.EndAt > ms))
            .OrderByDescending(ban => ban.CreatedAt)
            .AsEnumerable()
            .Select(ban => BanView.Of(ban, row.CustomerId, now)));
        return patron;
    }

    /// <summary>A card as staff sees it.</summary>
    public Card Card(CardRow row) => new()
    {
        CardNumber = core.Store.Vault.OpenCardNumber(row.SealedNumber),
        ExpiresOn = row.ExpiresOn,
        Lost = row.Lost,
        LastUsedTime = row.LastUsedAt.ToTimestamp(),
        Guesses = core.Index.GuessesOn(BlindIndex.Read(row.NumberIndex)).ToProto(),
    };

    /// <summary>Today in Helsinki.</summary>
    public LocalDate Today() => OpeningCalendar.DateAt(core.Now());

    private void AddBeside(RegisterDb db, PatronRow row, Patron patron)
    {
        patron.Contact = db.Set<ContactRow>().SingleOrDefault(contact => contact.PatronId == row.PatronId)?.Show();
        patron.Responsible = ResponsiblePages.Of(db, row);
        patron.Notices = NoticeChannels.Show(db, row.PatronId);
        patron.HasUnsettled = UnsettledMatters.Any(db, row);
        patron.LastUsedTime = LastUse(db, row).ToTimestamp();
        // For statistics alone means that nobody who serves a patron sees it (R11).
        if (core.Profile.PatronFields.Gender == GenderUse.Stored)
        {
            patron.Gender = (Gender)db.Set<GenderRow>().Where(gender => gender.PatronId == row.PatronId).Select(gender => gender.Gender).SingleOrDefault();
        }

        if (ConsentRules.IsHomeService(core.Profile, row.PatronGroup))
        {
            patron.HomeService = HomeServiceOf(db, row.PatronId);
        }
    }

    private static long? LastUse(RegisterDb db, PatronRow row) => db.Set<CardRow>()
        .Where(card => card.PatronId == row.PatronId)
        .Select(card => card.LastUsedAt)
        .AsEnumerable()
        .Append(row.LastUsedAt)
        .Max();

    private static HomeService HomeServiceOf(RegisterDb db, long patronId)
    {
        var stored = db.Set<HomeServiceRow>().SingleOrDefault(service => service.PatronId == patronId);
        return new HomeService
        {
            Route = stored?.Route ?? "",
            Delivery = stored?.Delivery ?? "",
            PreferenceProfile = ConsentLedger.State(db, patronId, ConsentKind.PreferenceProfile),
            LoanHistory = ConsentLedger.State(db, patronId, ConsentKind.LoanHistory),
        };
    }

    private Patron Core(PatronRow row) => new()
    {
        CustomerId = row.CustomerId,
        Surname = row.Surname,
        FirstNames = row.FirstNames,
        DateOfBirth = row.DateOfBirth,
        IdentityCode = writer.Masked(row),
        Language = (Wire.Language)row.Language,
        Group = row.PatronGroup,
        HomeBranch = core.Profile.PatronFields.HomeUnit ? row.HomeBranch : "",
        ResponsibleCustomerId = row.ResponsibleCustomerId,
        GuardianConsentOn = row.GuardianConsentOn,
        TermsAcceptedOn = row.TermsAcceptedOn,
        RegisteredOn = row.RegisteredOn,
        ValidFrom = row.ValidFrom,
        ValidTo = row.ValidTo,
        Restricted = row.Restricted,
        FeesCents = row.FeesCents,
        ExtendedTime = row.ExtendedTime,
        UpdateTime = Instant.FromUnixTimeMilliseconds(row.UpdatedAt).ToProto(),
        UpdatedBy = row.UpdatedBy,
        CreateTime = Instant.FromUnixTimeMilliseconds(row.CreatedAt).ToProto(),
        CreatedBy = row.CreatedBy,
        Age = row.DateOfBirth.ToDate() is { } born ? AgeRule.At(born, Today()) : 0,
    };
}
