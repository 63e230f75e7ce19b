using KioskLink.Register.Outages;
using NodaTime;

namespace KioskLink.Register.Profiles;

/// <summary>What a profile must say of outages.</summary>
internal static class OutageCheck
{
    private const int ContactLongest = 200;

    // Names that RFC 2606 keeps for examples.
    private static readonly string[] ExampleDomains = [".example", "example.com", "example.net", "example.org"];

    /// <summary>The contacts that are still the shipped examples and reach nobody: a number of zeros, an address of an example's domain.</summary>
    public static IReadOnlyList<string> Examples(OutageProfile outages) => [.. outages.Contacts.Where(IsExample)];

    private static bool IsExample(string contact) =>
        ExampleDomains.Any(domain => contact.TrimEnd().EndsWith(domain, StringComparison.OrdinalIgnoreCase))
        || (contact.Any(char.IsDigit) && contact.Where(char.IsDigit).All(digit => digit == '0'));

    /// <summary>The first thing that is wrong; null when all is well.</summary>
    public static string? Problem(ConsortiumProfile profile)
    {
        var outages = profile.Outages;
        if (outages.AnnounceAhead < Duration.Zero)
        {
            return "`outages.announceAhead` must not be negative: change it.";
        }

        if (outages.Contacts.Count == 0)
        {
            return "`outages.contacts` is empty: name whom patrons may ask during an outage, a telephone number or an e-mail address (R82).";
        }

        if (outages.Contacts.Any(contact => contact.Trim().Length is 0 or > ContactLongest))
        {
            return $"`outages.contacts` holds an entry that is empty or longer than {ContactLongest} characters: correct it.";
        }

        if (outages.Dependencies.Values.Any(list => list.Contains(LibraryService.Doors)))
        {
            return "`outages.dependencies` makes doors depend on another service: remove them, a break that shuts doors names them itself.";
        }

        return outages.Dependencies.Keys.Concat(outages.Dependencies.Values.SelectMany(list => list)).All(service => service != LibraryService.Unknown)
            ? null
            : "`outages.dependencies` names a service that is none: correct it.";
    }
}
