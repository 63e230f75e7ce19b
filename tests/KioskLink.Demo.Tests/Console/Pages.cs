namespace KioskLink.Demo.Tests.Console;

/// <summary>A page of the console by its address in the demo.</summary>
/// <param name="Name">Its name, for the picture.</param>
/// <param name="Route">The route as the page's file names it.</param>
/// <param name="Path">Its address; an example where the route has parts that vary.</param>
public sealed record SeenPage(string Name, string Route, string Path)
{
    /// <summary>A page without varying parts.</summary>
    public static SeenPage At(string name, string path) => new(name, path, path);
}

/// <summary>Every page, by who sees it. <see cref="PageListTests"/> fails when one is missing.</summary>
internal static class Pages
{
    public const string Branch = "FI-Lh-Renkomaki";
    public const string Node = "renkomaki-front";

    /// <summary>Pages that staff sees.</summary>
    public static IReadOnlyList<SeenPage> OfStaff(Examples examples) =>
    [
        SeenPage.At("doors", "/doors"), new("door", "/doors/{BranchId}/{DoorId}", $"/doors/{Branch}/front"), new("attempt", "/attempts/{AttemptId}", $"/attempts/{examples.Attempt}"),
        SeenPage.At("alarms", "/alarms"), new("alarms-over", "/alarms", "/alarms?show=over"),
        SeenPage.At("patrons", "/patrons"), new("patrons-lacking", "/patrons", "/patrons?show=lacking"), SeenPage.At("new-patron", "/patrons/new"),
        new("patron", "/patrons/{Reference}", examples.Adult), new("child", "/patrons/{Reference}", examples.Child), new("nobody", "/patrons/{Reference}", "/patrons/none"),
        new("patron-consents", "/patrons/{Reference}/consents", $"{examples.Reader}/consents"),
        new("patron-correct", "/patrons/{Reference}/correct", $"{examples.Adult}/correct"),
        new("patron-messages", "/patrons/{Reference}/messages", $"{examples.Reader}/messages"),
        SeenPage.At("loan-conflicts", "/loans/conflicts"), new("loan-conflicts-settled", "/loans/conflicts", "/loans/conflicts?show=settled"), SeenPage.At("bans", "/bans"), new("bans-past", "/bans", "/bans?past=true"),
        SeenPage.At("applications", "/applications"), new("application", "/applications/{Id}", $"/applications/{examples.Application}"),
        SeenPage.At("hours", "/hours"), new("branch-hours", "/hours/{BranchId}", $"/hours/{Branch}"), SeenPage.At("outages", "/outages"), SeenPage.At("badges", "/badges"), SeenPage.At("nodes", "/nodes"), new("node", "/nodes/{NodeId}", $"/nodes/{Node}"), SeenPage.At("statistics", "/statistics"),
        SeenPage.At("requests", "/requests"), new("request", "/requests/{Id:long}", $"/requests/{examples.Request}"), SeenPage.At("retention", "/retention"), SeenPage.At("disclosures", "/disclosures"), SeenPage.At("audit", "/audit"), SeenPage.At("notices", "/notices"),
        SeenPage.At("cameras", "/cameras"), SeenPage.At("camera-rights", "/cameras/rights"), SeenPage.At("camera-copies", "/cameras/copies"), SeenPage.At("camera-compare", "/cameras/compare"), new("camera-session", "/cameras/{Id}", $"/cameras/{examples.CameraSession}"),
        SeenPage.At("staff", "/staff"), SeenPage.At("jobs", "/jobs"), SeenPage.At("keys", "/keys"), SeenPage.At("undertaking", "/undertaking"), SeenPage.At("not-found", "/not-found"),
    ];

    /// <summary>Pages that everybody sees.</summary>
    public static readonly IReadOnlyList<SeenPage> OfEverybody =
    [
        SeenPage.At("sign-in", "/sign-in"), SeenPage.At("set-up", "/set-up"), SeenPage.At("my-sign-in", "/my/sign-in"), SeenPage.At("privacy", "/my/privacy"),
        new("privacy-camera", "/my/privacy", "/my/privacy?register=Camera"), new("privacy-old", "/my/privacy", "/my/privacy?at=2023-03-30"),
    ];

    /// <summary>Pages that a patron sees.</summary>
    public static readonly IReadOnlyList<SeenPage> OfPatrons = [SeenPage.At("my", "/my"), SeenPage.At("my-contact", "/my/contact"), SeenPage.At("my-pin", "/my/pin")];
}
