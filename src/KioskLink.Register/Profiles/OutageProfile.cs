using KioskLink.Register.Outages;
using NodaTime;

namespace KioskLink.Register.Profiles;

/// <summary>What a consortium says of services that are down (R82-R85).</summary>
internal sealed record OutageProfile
{
    /// <summary>By service, the services that cannot work without it (R85).</summary>
    public IReadOnlyDictionary<LibraryService, IReadOnlyList<LibraryService>> Dependencies { get; init; } =
        new Dictionary<LibraryService, IReadOnlyList<LibraryService>>();

    /// <summary>How long ahead a planned break is announced where staff does not say (R83).</summary>
    public Duration AnnounceAhead { get; init; } = Duration.FromDays(7);

    /// <summary>Whom patrons may ask during an outage: telephone numbers and addresses, as notices list them (R82); at least one.</summary>
    public IReadOnlyList<string> Contacts { get; init; } = [];
}
