using KioskLink.Protos.Register.V1;
using KioskLink.Register.Responsibles;
using KioskLink.Rules.Access;
using KioskLink.Rules.Identity;
using NodaTime;

namespace KioskLink.Register.Patrons;

/// <summary>A patron as staff or a file gives it, read and typed. A part that the source does not carry is null and stays as stored.</summary>
internal sealed record PatronData
{
    /// <summary>The patron's number, unique in the consortium.</summary>
    public required string CustomerId { get; init; }

    public string Surname { get; init; } = "";

    public string FirstNames { get; init; } = "";

    /// <summary>The date of birth; null for a community.</summary>
    public required LocalDate? Born { get; init; }

    /// <summary>The identity code; null leaves the stored one.</summary>
    public IdentityCode? IdentityCode { get; init; }

    /// <summary>Whether the stored identity code was found to be nobody's or another's, and goes (R75).</summary>
    public bool DropsIdentityCode { get; init; }

    public Language Language { get; init; }

    public required string Group { get; init; }

    public string HomeBranch { get; init; } = "";

    /// <summary>Whether the stored home unit goes, without another in its place.</summary>
    public bool DropsHomeBranch { get; init; }

    public string ResponsibleCustomerId { get; init; } = "";

    public LocalDate? GuardianConsentOn { get; init; }

    public LocalDate? TermsAcceptedOn { get; init; }

    /// <summary>Where the patron is reached.</summary>
    public Contact? Contact { get; init; }

    /// <summary>The gender; unspecified leaves the stored one.</summary>
    public Gender Gender { get; init; }

    /// <summary>Those who answer for the patron.</summary>
    public ResponsibleData? Responsible { get; init; }

    /// <summary>How notices reach the patron.</summary>
    public IReadOnlyList<NoticePreference>? Notices { get; init; }

    /// <summary>What home service needs to know.</summary>
    public HomeService? HomeService { get; init; }

    /// <summary>Whether the patron is given more time at doors; null leaves what is stored.</summary>
    public bool? ExtendedTime { get; init; }

    /// <summary>What only staff sets; null where the source does not carry it.</summary>
    public PatronStanding? Standing { get; init; }

    public LocalDate? RegisteredOn => Standing?.RegisteredOn;

    public LocalDate? ValidFrom => Standing?.ValidFrom;

    public LocalDate? ValidTo => Standing?.ValidTo;
}

/// <summary>What only staff sets about a patron.</summary>
/// <param name="RegisteredOn">Day of registration for self-service use.</param>
/// <param name="ValidFrom">First day of the customership (R18).</param>
/// <param name="ValidTo">Last day of the customership.</param>
internal sealed record PatronStanding(LocalDate? RegisteredOn, LocalDate? ValidFrom, LocalDate? ValidTo);
