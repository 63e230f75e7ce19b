namespace KioskLink.Demo.Tests.Console;

/// <summary>Every page of the console that staff sees, by its address in the demo.</summary>
internal static class Pages
{
    public const string Branch = "FI-Lh-Renkomaki";

    /// <summary>The addresses, with a name for the picture.</summary>
    public static readonly IReadOnlyList<(string Name, string Path)> All =
    [
        ("doors", "/doors"), ("door", $"/doors/{Branch}/front"),
        ("patrons", "/patrons"), ("patron", "/patrons/demo-kaisa"), ("child", "/patrons/demo-nuppu"), ("nobody", "/patrons/none"),
        ("bans", "/bans"), ("applications", "/applications"), ("audit", "/audit"), ("requests", "/requests"), ("retention", "/retention"), ("disclosures", "/disclosures"), ("hours", "/hours"), ("branch-hours", $"/hours/{Branch}"), ("outages", "/outages"), ("staff", "/staff"), ("keys", "/keys"), ("nodes", "/nodes"),
        ("cameras", "/cameras"), ("camera-rights", "/cameras/rights"), ("camera-copies", "/cameras/copies"), ("camera-compare", "/cameras/compare"),
    ];
}
