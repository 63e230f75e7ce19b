namespace KioskLink.Register.Import;

/// <summary>The columns of a patron file (DESIGN 13), by their header names.</summary>
internal static class ImportColumns
{
    public const string CustomerId = "customer_id";
    public const string CardNumber = "card_number";
    public const string Pin = "pin";
    public const string Surname = "surname";
    public const string FirstNames = "first_names";
    public const string DateOfBirth = "date_of_birth";
    public const string IdentityCode = "identity_code";
    public const string Language = "language";
    public const string Group = "group";
    public const string HomeBranch = "home_branch";
    public const string CardExpiresOn = "card_expires_on";
    public const string TermsAcceptedOn = "terms_accepted_on";
    public const string ResponsibleCustomerId = "responsible_customer_id";
    public const string GuardianConsentOn = "guardian_consent_on";

    /// <summary>The columns that every file has, in order.</summary>
    public static IReadOnlyList<string> Mandatory { get; } =
    [
        CustomerId, CardNumber, Pin, Surname, FirstNames, DateOfBirth, IdentityCode, Language, Group, HomeBranch, CardExpiresOn, TermsAcceptedOn,
    ];

    /// <summary>The columns that may follow.</summary>
    public static IReadOnlyList<string> Optional { get; } = [ResponsibleCustomerId, GuardianConsentOn];

    /// <summary>What is wrong with a header; null when it is right.</summary>
    public static string? Problem(IReadOnlyList<string> header)
    {
        var known = Mandatory.Concat(Optional).ToList();
        if (header.FirstOrDefault(name => !known.Contains(name)) is { } strange)
        {
            return $"the header has an unknown column \"{Shown(strange)}\": correct its name or remove it";
        }

        if (Mandatory.FirstOrDefault(name => !header.Contains(name)) is { } missing)
        {
            return $"the header lacks the column {missing}: add it";
        }

        return header.Distinct().Count() == header.Count ? null : "the header names a column twice: remove one";
    }

    // A file without a header has a patron's data where the names should be.
    private static string Shown(string name) =>
        name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterLower(c) || c == '_') ? name : "?";
}
