namespace KioskLink.Register.Profiles;

/// <summary>Whether requests of data subjects can come in, be proven and be complained about.</summary>
internal static class RequestsCheck
{
    /// <summary>The first thing that is wrong; null when all is well.</summary>
    public static string? Problem(RequestsProfile requests)
    {
        if (requests.Channels.Count == 0 || requests.Channels.Any(string.IsNullOrWhiteSpace))
        {
            return "`requests.channels` must name at least one channel by which requests come: add it.";
        }

        if (requests.IdentityProofs.Count == 0 || requests.IdentityProofs.Any(string.IsNullOrWhiteSpace))
        {
            return "`requests.identityProofs` must name at least one way to prove an identity: add it.";
        }

        return string.IsNullOrWhiteSpace(requests.SupervisoryAuthority)
            ? "`requests.supervisoryAuthority` is empty: name the authority and its address."
            : null;
    }
}
