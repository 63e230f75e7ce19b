using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Console.Api;

/// <summary>Lists that a page needs whole: there are as many branches and nodes as a library has.</summary>
internal static class ApiLists
{
    private const int PageSize = 1000;

    /// <summary>Alarms that a page is given at most, the newest: whoever has more looks at the page of alarms.</summary>
    private const int AlarmsMax = 100;

    /// <summary>Every branch, by name.</summary>
    public static async Task<IReadOnlyList<Branch>> AllBranchesAsync(this RegisterApi api, CancellationToken cancel = default)
    {
        var (branches, token) = (new List<Branch>(), "");
        do
        {
            var page = await api.Branches.ListBranchesAsync(new ListBranchesRequest { PageSize = PageSize, PageToken = token }, cancellationToken: cancel);
            branches.AddRange(page.Branches);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return [.. branches.OrderBy(branch => branch.Name, StringComparer.Ordinal)];
    }

    /// <summary>Every claim against a person whose processing is restricted: few people ask for that.</summary>
    public static async Task<IReadOnlyList<RestrictedClaim>> AllRestrictedClaimsAsync(this RegisterApi api)
    {
        var (claims, token) = (new List<RestrictedClaim>(), "");
        do
        {
            var page = await api.Disclosures.ListRestrictedClaimsAsync(new ListRestrictedClaimsRequest { PageSize = PageSize, PageToken = token });
            claims.AddRange(page.Claims);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return claims;
    }

    /// <summary>Everybody who may decide on a viewing.</summary>
    public static async Task<IReadOnlyList<CameraDecider>> AllCameraDecidersAsync(this RegisterApi api)
    {
        var (deciders, token) = (new List<CameraDecider>(), "");
        do
        {
            var page = await api.Cameras.ListCameraDecidersAsync(new ListCameraDecidersRequest { PageSize = PageSize, PageToken = token });
            deciders.AddRange(page.Deciders);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return deciders;
    }

    /// <summary>Every node, by id.</summary>
    public static async Task<IReadOnlyList<NodeStatus>> AllNodesAsync(this RegisterApi api, CancellationToken cancel = default)
    {
        var (nodes, token) = (new List<NodeStatus>(), "");
        do
        {
            var page = await api.Nodes.ListNodesAsync(new ListNodesRequest { PageSize = PageSize, PageToken = token }, cancellationToken: cancel);
            nodes.AddRange(page.Nodes);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return nodes;
    }

    /// <summary>The alarms that stand and are worth a person's look, newest first, in a page's language; no consequences of others.</summary>
    public static async Task<IReadOnlyList<Alarm>> StandingAlarmsAsync(this RegisterApi api, string language, CancellationToken cancel = default)
    {
        var asked = new ListAlarmsRequest { MinSeverity = AlarmSeverity.Warning, Language = WireLanguage(language), PageSize = AlarmsMax };
        var page = await api.Alarms.ListAlarmsAsync(asked, cancellationToken: cancel);
        return [.. page.Alarms.Where(alarm => alarm.RootId.Length == 0)];
    }

    /// <summary>A page's language as calls name it.</summary>
    public static Language WireLanguage(string language) => language switch
    {
        "sv" => Language.Sv,
        "en" => Language.En,
        _ => Language.Fi,
    };
}
