namespace KioskLink.Register.Profiles;

/// <summary>Which data is recorded about patrons, where the consortiums' notices differ (R10, R11, R14, R39).</summary>
internal sealed record PatronFieldsProfile
{
    /// <summary>What is done with gender (R11, D1); none unless a notice says otherwise.</summary>
    public GenderUse Gender { get; init; } = GenderUse.None;

    /// <summary>Whether a home unit is recorded (R14).</summary>
    public bool HomeUnit { get; init; } = true;

    /// <summary>What the language of a patron means (R10).</summary>
    public LanguageMeaning Language { get; init; } = LanguageMeaning.ServiceLanguage;

    /// <summary>Version of the terms of use in force; stands in every acceptance (R39).</summary>
    public string TermsVersion { get; init; } = "1";

    /// <summary>Where patrons read those terms: a web address for each language; null where they are read at the library.</summary>
    public LocalText? TermsAddress { get; init; }
}

/// <summary>What is done with gender.</summary>
internal enum GenderUse
{
    /// <summary>It is not recorded.</summary>
    None = 1,

    /// <summary>It is recorded and shown to staff.</summary>
    Stored = 2,

    /// <summary>It is recorded for statistics; no call about a patron returns it.</summary>
    StatisticsOnly = 3,
}

/// <summary>What the language of a patron means.</summary>
internal enum LanguageMeaning
{
    /// <summary>In which the patron is served.</summary>
    ServiceLanguage = 1,

    /// <summary>The mother tongue.</summary>
    MotherTongue = 2,

    /// <summary>In which the patron is written to.</summary>
    MailLanguage = 3,
}

/// <summary>Whose loan history may be kept (R23, D11).</summary>
internal enum LoanHistoryUse
{
    /// <summary>Nobody's.</summary>
    Off = 1,

    /// <summary>That of home-service patrons who agree.</summary>
    HomeServiceOnly = 2,

    /// <summary>That of everybody who agrees.</summary>
    OptIn = 3,
}
