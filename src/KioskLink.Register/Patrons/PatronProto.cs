using KioskLink.Protos.Register.V1;
using KioskLink.Register.Bans;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Identity;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Patrons;

/// <summary>Patrons, cards and bans between rows and the API that staff uses.</summary>
internal sealed class PatronProto(RegisterCore core, PatronWriter writer)
{
    /// <summary>Reads what staff gave: INVALID_ARGUMENT names the field.</summary>
    public static PatronData Read(Patron patron)
    {
        IdentityCode? code = null;
        if (patron.IdentityCode.Length > 0 && !IdentityCode.TryParse(patron.IdentityCode, out code))
        {
            throw Field.Wrong("identity_code", "is no valid identity code: correct it or leave it out");
        }

        return new PatronData
        {
            CustomerId = Field.Required(patron.CustomerId, "customer_id", Field.IdMax),
            Surname = Field.Optional(patron.Surname, "surname"),
            FirstNames = Field.Optional(patron.FirstNames, "first_names"),
            Born = Field.RequiredDate(patron.DateOfBirth, "date_of_birth"),
            IdentityCode = code,
            Language = Enum.IsDefined(patron.Language) ? (Rules.Access.Language)patron.Language : throw Field.Wrong("language", "must be Fi, Sv or En"),
            Group = Field.Required(patron.Group, "group"),
            HomeBranch = Field.Optional(patron.HomeBranch, "home_branch", Field.IdMax),
            ResponsibleCustomerId = Field.Optional(patron.ResponsibleCustomerId, "responsible_customer_id", Field.IdMax),
            GuardianConsentOn = Field.Date(patron.GuardianConsentOn, "guardian_consent_on"),
            TermsAcceptedOn = Field.Date(patron.TermsAcceptedOn, "terms_accepted_on"),
            Standing = new PatronStanding(
                Field.Date(patron.RegisteredOn, "registered_on"),
                Field.Date(patron.ValidFrom, "valid_from"),
                Field.Date(patron.ValidTo, "valid_to"),
                patron.Restricted,
                patron.FeesCents),
        };
    }

    /// <summary>A patron with cards and bans as staff sees it.</summary>
    public Patron Show(RegisterDb db, PatronRow row)
    {
        var now = core.Now();
        var ms = now.ToUnixTimeMilliseconds();
        var patron = Core(row);
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

    private Patron Core(PatronRow row) => new()
    {
        CustomerId = row.CustomerId,
        Surname = row.Surname,
        FirstNames = row.FirstNames,
        DateOfBirth = row.DateOfBirth,
        IdentityCode = writer.Masked(row),
        Language = (Wire.Language)row.Language,
        Group = row.PatronGroup,
        HomeBranch = row.HomeBranch,
        ResponsibleCustomerId = row.ResponsibleCustomerId,
        GuardianConsentOn = row.GuardianConsentOn,
        TermsAcceptedOn = row.TermsAcceptedOn,
        RegisteredOn = row.RegisteredOn,
        ValidFrom = row.ValidFrom,
        ValidTo = row.ValidTo,
        Restricted = row.Restricted,
        FeesCents = row.FeesCents,
        UpdateTime = Instant.FromUnixTimeMilliseconds(row.UpdatedAt).ToProto(),
    };
}
