using KioskLink.Protos.Register.V1;
using KioskLink.Register.Consents;
using KioskLink.Register.Contacts;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Rules.Identity;
using NodaTime;

namespace KioskLink.Register.Applications;

/// <summary>What an applicant says, read and typed. <see cref="Content"/> is the same in one form, for storing and comparing.</summary>
internal sealed record ApplicantData
{
    /// <summary>What was said, without stray blanks and with the identity code in its one form.</summary>
    public required Applicant Content { get; init; }

    /// <summary>The identity code; null where there is none.</summary>
    public IdentityCode? Code { get; init; }

    /// <summary>The date of birth.</summary>
    public required LocalDate Born { get; init; }

    /// <summary>Day of the guardian's consent.</summary>
    public LocalDate? GuardianConsentOn { get; init; }

    /// <summary>Day on which the terms were accepted.</summary>
    public LocalDate? TermsAcceptedOn { get; init; }

    /// <summary>Reads what was handed in: INVALID_ARGUMENT names the field.</summary>
    public static ApplicantData Read(Applicant? said)
    {
        var content = Tidied(said ?? throw Field.Wrong("applicant", "is missing: give it"));
        Field.Required(content.Surname, "applicant.surname");
        Field.Required(content.FirstNames, "applicant.first_names");
        CheckTexts(content);
        if (!Enum.IsDefined(content.Language))
        {
            throw Field.Wrong("applicant.language", "must be Fi, Sv or En");
        }

        var applicant = Typed(content);
        var contact = ContactRules.Read(applicant.Contact(), "applicant")!;
        content.Phone = contact.Phones.FirstOrDefault() ?? "";
        content.PostalCode = contact.Address?.PostalCode ?? "";
        return applicant;
    }

    /// <summary>Reads what is stored, which was read before.</summary>
    public static ApplicantData Typed(Applicant content)
    {
        IdentityCode? code = null;
        if (content.IdentityCode.Length > 0 && !IdentityCode.TryParse(content.IdentityCode, out code))
        {
            throw Field.Wrong("applicant.identity_code", "is no valid identity code: correct it or leave it out");
        }

        return new ApplicantData
        {
            Content = content,
            Code = code,
            Born = Field.Date(content.DateOfBirth, "applicant.date_of_birth") ?? code?.Born
                ?? throw Field.Wrong("applicant.date_of_birth", "is missing: give it, or the identity code"),
            GuardianConsentOn = Field.Date(content.GuardianConsentOn, "applicant.guardian_consent_on"),
            TermsAcceptedOn = Field.Date(content.TermsAcceptedOn, "applicant.terms_accepted_on"),
        };
    }

    /// <summary>The group of somebody new.</summary>
    public string NewGroup(ApplicationProfile profile, LocalDate today) =>
        Content.Group.Length > 0 ? Content.Group
        : AgeRule.OkFrom(Born, PatronRules.ResponsibleUntil) > today ? profile.ChildGroup
        : profile.AdultGroup;

    /// <summary>The patron that this makes of somebody, or of nobody yet.</summary>
    /// <param name="known">The patron whom it is about; null for a new one.</param>
    /// <param name="customerId">The new patron's customer id.</param>
    /// <param name="group">The new patron's group.</param>
    /// <param name="contact">Where the known patron is reached so far.</param>
    public PatronData ToPatron(PatronRow? known, string customerId, string group, Contact? contact = null) => new()
    {
        CustomerId = known?.CustomerId ?? customerId,
        Surname = Content.Surname,
        FirstNames = Content.FirstNames,
        Born = Born,
        IdentityCode = Code,
        Language = Content.Language == default && known is not null ? (Rules.Access.Language)known.Language : (Rules.Access.Language)Content.Language,
        Group = known is not null && Content.Group.Length == 0 ? known.PatronGroup : group,
        HomeBranch = Content.HomeBranch,
        ResponsibleCustomerId = Content.ResponsibleCustomerId,
        Contact = Contact(known is null ? null : contact),
    };

    /// <summary>What was accepted or consented to (R39), where the register knows nothing of a later day, which would stand (R37).</summary>
    public IEnumerable<ConsentDeed> Deeds(PatronRow patron)
    {
        if (GuardianConsentOn is { } consented && !(patron.GuardianConsentOn.ToDate() >= consented))
        {
            yield return Deed(ConsentKind.MinorSelfService, consented, "");
        }

        if (TermsAcceptedOn is { } accepted && !(patron.TermsAcceptedOn.ToDate() >= accepted))
        {
            yield return Deed(ConsentKind.Terms, accepted, Content.TermsVersion);
        }
    }

    private static ConsentDeed Deed(ConsentKind kind, LocalDate day, string version) =>
        new(kind, ConsentAct.Given, ConsentChannel.Application, version, day);

    // A part that the applicant leaves out stays as it is.
    private Contact? Contact(Contact? stored)
    {
        var said = Contact();
        if (stored is not null)
        {
            said.Address ??= stored.Address;
            said.Address2 = stored.Address2;
            said.Email = said.Email.Length > 0 ? said.Email : stored.Email;
            said.Phones.AddRange(stored.Phones.Except(said.Phones).Take(ContactRules.PhonesMax - said.Phones.Count));
        }

        return said.CalculateSize() == 0 ? null : said;
    }

    private Contact Contact()
    {
        var address = new PostalAddress { Street = Content.StreetAddress, PostalCode = Content.PostalCode, City = Content.City };
        var contact = new Contact { Address = address.CalculateSize() == 0 ? null : address, Email = Content.Email };
        contact.Phones.AddRange(Content.Phone.Length > 0 ? [Content.Phone] : []);
        return contact;
    }

    private static Applicant Tidied(Applicant said)
    {
        var content = said.Clone();
        foreach (var field in Applicant.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.Accessor.GetValue(content) is string text)
            {
                field.Accessor.SetValue(content, string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        content.IdentityCode = content.IdentityCode.ToUpperInvariant();
        return content;
    }

    private static void CheckTexts(Applicant content)
    {
        Field.Optional(content.Group, "applicant.group");
        Field.Optional(content.HomeBranch, "applicant.home_branch", Field.IdMax);
        Field.Optional(content.Municipality, "applicant.municipality");
        Field.Optional(content.ResponsibleCustomerId, "applicant.responsible_customer_id", Field.IdMax);
        Field.Optional(content.TermsVersion, "applicant.terms_version", Field.IdMax);
        Field.Optional(content.Channel, "applicant.channel", Field.IdMax);
        Field.Optional(content.Reference, "applicant.reference", Field.IdMax);
    }
}
