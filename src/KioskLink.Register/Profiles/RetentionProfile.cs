using KioskLink.Register.Retention;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Profiles;

/// <summary>How long one kind of data is kept, as the data controller has set it (R56-R64).</summary>
internal sealed record RetentionProfile
{
    /// <summary>The rule, one of <see cref="RetentionRules"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>How long: `14 days`, `1 month`, `3 years`; empty only where <see cref="When"/> is never.</summary>
    public string Keep { get; init; } = "";

    /// <summary>When what is older goes.</summary>
    public RetentionMode When { get; init; } = RetentionMode.Daily;

    /// <summary>The day of a yearly run: `01-15`.</summary>
    public string On { get; init; } = "";

    /// <summary>Who set the period and where it is written.</summary>
    public required string Basis { get; init; }

    /// <summary>The day on which it was set, ISO 8601.</summary>
    public required string SetOn { get; init; }

    /// <summary>The period, read; null where it cannot be.</summary>
    public KeepPeriod? Period => KeepPeriod.Find(Keep);

    /// <summary>The day of a yearly run, read; null where there is none.</summary>
    public AnnualDate? Day => AnnualDatePattern.Iso.Parse(On) is { Success: true } day ? day.Value : null;
}

/// <summary>When what is older than its period goes.</summary>
internal enum RetentionMode
{
    /// <summary>Each night.</summary>
    Daily,

    /// <summary>Once a year, and never between (R57).</summary>
    Yearly,

    /// <summary>When staff starts it, after a preview and an approval (R58).</summary>
    Approved,

    /// <summary>Never by itself: the data is kept while it is needed (R56).</summary>
    Never,
}
