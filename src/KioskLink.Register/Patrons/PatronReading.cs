using KioskLink.Protos.Register.V1;
using KioskLink.Register.Contacts;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using KioskLink.Rules.Identity;
using NodaTime;

namespace KioskLink.Register.Patrons;

/// <summary>Reads what staff gave: INVALID_ARGUMENT names the field and never repeats its value. Pure.</summary>
internal static class PatronReading
{
    /// <summary>The patron, typed; whether it can be stored is for <see cref="PatronRules"/> to say.</summary>
    public static PatronData Read(Patron patron, LocalDate today)
    {
        var responsible = ResponsibleData.Read(patron.Responsible, today);
        return new PatronData
        {
            CustomerId = Field.Required(patron.CustomerId, "customer_id", Field.IdMax),
            Surname = Field.Optional(patron.Surname, "surname"),
            FirstNames = Field.Optional(patron.FirstNames, "first_names"),
            Born = Field.Date(patron.DateOfBirth, "date_of_birth"),
            IdentityCode = Code(patron.IdentityCode),
            Language = Enum.IsDefined(patron.Language) ? (Rules.Access.Language)patron.Language : throw Field.Wrong("language", "must be Fi, Sv or En"),
            Group = Field.Required(patron.Group, "group"),
            HomeBranch = Field.Optional(patron.HomeBranch, "home_branch", Field.IdMax),
            ResponsibleCustomerId = ResponsibleId(patron, responsible),
            GuardianConsentOn = Field.Date(patron.GuardianConsentOn, "guardian_consent_on"),
            TermsAcceptedOn = Field.Date(patron.TermsAcceptedOn, "terms_accepted_on"),
            Contact = ContactRules.Read(patron.Contact, "contact"),
            Gender = Enum.IsDefined(patron.Gender) ? patron.Gender : throw Field.Wrong("gender", "must be Female, Male or Other, or left out"),
            Responsible = responsible,
            Notices = NoticeChannels.Read(patron.Notices, "notices"),
            HomeService = Service(patron.HomeService),
            ExtendedTime = patron.HasExtendedTime ? patron.ExtendedTime : null,
            Standing = new PatronStanding(
                Field.Date(patron.RegisteredOn, "registered_on"),
                Field.Date(patron.ValidFrom, "valid_from"),
                Field.Date(patron.ValidTo, "valid_to")),
        };
    }

    private static IdentityCode? Code(string text)
    {
        IdentityCode? code = null;
        return text.Length == 0 || IdentityCode.TryParse(text, out code)
            ? code
            : throw Field.Wrong("identity_code", "is no valid identity code: correct it or leave it out");
    }

    private static string ResponsibleId(Patron patron, ResponsibleData? responsible)
    {
        var given = Field.Optional(patron.ResponsibleCustomerId, "responsible_customer_id", Field.IdMax);
        if (responsible is null || responsible.CustomerId.Length == 0)
        {
            return given;
        }

        return given.Length == 0 || given == responsible.CustomerId
            ? responsible.CustomerId
            : throw Field.Wrong("responsible_customer_id", "is another than in `responsible`: give one of them");
    }

    private static HomeService? Service(HomeService? given) => given is null ? null : new HomeService
    {
        Route = Field.Optional(given.Route.Trim(), "home_service.route"),
        Delivery = Field.Optional(given.Delivery.Trim(), "home_service.delivery"),
    };
}
