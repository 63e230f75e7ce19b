using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;
using KioskLink.Rules.Access;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Notices;

/// <summary>Notices between the profile and the wire, in one language.</summary>
internal sealed class NoticeProto(ConsortiumProfile profile, Language language)
{
    private const string Heading = "heading.";

    /// <summary>A whole notice with those who answered on a day.</summary>
    public PrivacyNotice Notice(NoticeProfile notice, string day)
    {
        var shown = new PrivacyNotice
        {
            Version = Version(profile, notice),
            Language = (Wire.Language)language,
            Title = notice.Title.In(language),
            Consortium = profile.Names.GetValueOrDefault(language, profile.Id),
            Members = { profile.Members },
            Controllers = { Texts(notice.Controllers) },
            Contacts = { People(profile.Contacts, notice.Register, day) },
            Officers = { People(profile.Dpos, notice.Register, day) },
            Purposes = { notice.Purposes.Select(Purpose) },
            LegalBases = { Quoted(notice).Select(Basis) },
            Data = { Texts(notice.Data) },
            Sources = { Texts(notice.Sources) },
            Recipients = { Texts(notice.Recipients) },
            Transfers = notice.Transfers.In(language),
            Retention = { Rows(notice.Retention) },
            Rights = { Texts(notice.Rights) },
            SupervisoryAuthority = notice.SupervisoryAuthority.In(language),
            Remarks = { Texts(notice.Remarks) },
        };
        shown.Headings.AddRange(NoticeTexts.Keys.Where(key => key.StartsWith(Heading, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(key => new NoticeHeading { Part = key[Heading.Length..], Text = NoticeTexts.Get(key).In(language) }));
        return shown;
    }

    /// <summary>The record of processing of one register by its newest notice (R7): the bases in force, never those that a historic notice quotes.</summary>
    public ProcessingRecord Record(NoticeProfile notice, IEnumerable<string> purposes, string day)
    {
        var record = new ProcessingRecord
        {
            Register = RegisterOf(notice.Register),
            Title = notice.Title.In(language),
            Controllers = { Texts(notice.Controllers) },
            Officers = { People(profile.Dpos, notice.Register, day) },
            Data = { Texts(notice.Data) },
            Recipients = { Texts(notice.Recipients) },
            Transfers = notice.Transfers.In(language),
            Retention = { Rows(notice.Retention) },
            NoticeVersion = notice.Date,
        };
        record.Purposes.AddRange(purposes.Select(purpose => new ProcessingPurpose
        {
            Code = purpose,
            LegalBases =
            {
                profile.LegalBases
                    .Where(basis => basis.Register == notice.Register && basis.IsInForce() && basis.Purposes.Contains(purpose))
                    .OrderByDescending(basis => basis.Preferred)
                    .Select(Basis),
            },
        }));
        return record;
    }

    /// <summary>A version without its texts.</summary>
    public static PrivacyNoticeVersion Version(ConsortiumProfile profile, NoticeProfile notice) => new()
    {
        Register = RegisterOf(notice.Register),
        VersionDate = notice.Date,
        SupersededOn = NoticeShelf.SupersededOn(profile, notice),
        Dated = notice.Dated,
    };

    private static DataRegister RegisterOf(RegisterKind register) => register == RegisterKind.Camera ? DataRegister.Camera : DataRegister.Customer;

    // What the notice names, and what took the place of the repealed: a reader of a historic notice sees both.
    private IEnumerable<LegalBasisProfile> Quoted(NoticeProfile notice)
    {
        var quoted = notice.Purposes.SelectMany(purpose => purpose.LegalBases).ToHashSet();
        return profile.LegalBases.Where(basis => basis.Register == notice.Register
            && (quoted.Contains(basis.Code) || profile.LegalBases.Any(old => quoted.Contains(old.Code) && old.ReplacedBy == basis.Code)));
    }

    private NoticePurpose Purpose(NoticePurposeProfile purpose) =>
        new() { Code = purpose.Code, Text = purpose.Text.In(language), LegalBases = { purpose.LegalBases } };

    private NoticeLegalBasis Basis(LegalBasisProfile basis) => new()
    {
        Code = basis.Code,
        Text = basis.Text.In(language),
        Laws = { basis.Laws },
        Article = basis.Article,
        InForce = basis.IsInForce(),
        Preferred = basis.Preferred,
        ReplacedBy = basis.ReplacedBy,
    };

    private IEnumerable<NoticeRetention> Rows(IEnumerable<RetentionRowProfile> rows) =>
        rows.Select(row => new NoticeRetention { What = row.What.In(language), Period = row.Period.In(language) });

    private IEnumerable<NoticeContact> People(IEnumerable<ContactProfile> people, RegisterKind register, string day) =>
        people.Where(person => person.Answers(register, day)).Select(person => new NoticeContact
        {
            Person = person.Person,
            Office = person.Office.In(language),
            Address = person.Address,
            Phone = person.Phone,
            Email = person.Email,
        });

    private IEnumerable<string> Texts(IEnumerable<LocalText> texts) => texts.Select(text => text.In(language));
}
