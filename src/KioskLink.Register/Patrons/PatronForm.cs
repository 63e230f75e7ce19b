using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Patrons;

/// <summary>Which data a consortium records about patrons, as a form needs to know it (R10, R11, R13, R14).</summary>
internal static class PatronForm
{
    /// <summary>What the profile says.</summary>
    public static GetPatronFormResponse Of(ConsortiumProfile profile)
    {
        var form = new GetPatronFormResponse
        {
            Gender = (GenderMode)profile.PatronFields.Gender,
            LanguageLabel = (LanguageLabel)profile.PatronFields.Language,
            HomeUnit = profile.PatronFields.HomeUnit,
            TermsVersion = profile.PatronFields.TermsVersion,
            LoanHistory = (LoanHistoryMode)profile.LoanHistory,
            ResponsibleUntilAge = PatronRules.ResponsibleUntil,
        };
        form.Groups.AddRange(profile.Groups.Select(group => new PatronGroup
        {
            Code = group.Code,
            ResponsiblePerson = group.ResponsiblePerson,
            Community = group.Community,
            HomeService = group.HomeService,
        }));
        form.Languages.AddRange(profile.Languages.Select(language => (Wire.Language)language));
        form.Purposes.AddRange(profile.Purposes);
        return form;
    }
}
