using System.Net;
using KioskLink.Circulation.Machines;

namespace KioskLink.Node.Hosting;

/// <summary>What a configuration must say of the node itself; the first problem is one sentence that names key and mend.</summary>
internal static class ConfigCheck
{
    /// <summary>The first problem; null when there is none.</summary>
    public static string? FindProblem(NodeConfig config) =>
        FindMissing(config) ?? FindCustodyProblem(config) ?? FindListenProblem(config) ?? Sip2Check.FindProblem(config.Sip2, config.Branch, [.. config.Doors.Select(door => door.Id)]) ?? WiringCheck.FindProblem(config);

    private static string? FindMissing(NodeConfig config)
    {
        if (string.IsNullOrWhiteSpace(config.Node))
            return "the key \"node\" is missing: give the node the id with which it is enrolled.";
        if (string.IsNullOrWhiteSpace(config.Branch))
            return "the key \"branch\" is missing: a node without a branch does not start; name its branch, such as \"FI-Lh-Renkomaki\".";
        if (string.IsNullOrWhiteSpace(config.Data))
            return "the key \"data\" is missing: name a folder for the node's files.";
        return Uri.TryCreate(config.Register, UriKind.Absolute, out var register) && register.Scheme == Uri.UriSchemeHttps
            ? null
            : "the key \"register\" must be an address that begins with https://, such as \"https://127.0.0.1:7443\".";
    }

    private static string? FindCustodyProblem(NodeConfig config) => config.KeyCustody switch
    {
        KeyCustody.Unset => "the key \"keyCustody\" is missing: write \"tpm\", \"register\" or \"disk\".",
        KeyCustody.Disk when string.IsNullOrWhiteSpace(config.DiskCustodyAcceptedBy) =>
            "with \"keyCustody\": \"disk\" a stolen disk gives up card numbers and PINs: write under \"diskCustodyAcceptedBy\" who accepted that for the data controller, and when.",
        KeyCustody.Tpm when string.IsNullOrWhiteSpace(config.NodeKeyCredential) =>
            "with \"keyCustody\": \"tpm\" the key \"nodeKeyCredential\" is missing: name the systemd credential that holds the node key.",
        _ => null,
    };

    private static string? FindListenProblem(NodeConfig config)
    {
        if (!IPEndPoint.TryParse(config.Listen.Kiosk, out var kiosk))
            return "the key \"listen.kiosk\" must be an address and a port, such as \"127.0.0.1:7450\".";
        if (!IPAddress.IsLoopback(kiosk.Address))
            return "the key \"listen.kiosk\" must be a loopback address: programs inside the kiosk alone may call it; write \"127.0.0.1:7450\".";
        if (string.IsNullOrEmpty(config.Listen.PagesCertificate) != string.IsNullOrEmpty(config.Listen.PagesKey))
            return "the keys \"listen.pagesCertificate\" and \"listen.pagesKey\" belong together: name both files, or neither.";
        if (!IPEndPoint.TryParse(config.Listen.Pages, out var pages) || (string.IsNullOrEmpty(config.Listen.PagesKey) && !IPAddress.IsLoopback(pages.Address)))
            return "the key \"listen.pages\" must be a loopback address and a port: PINs and passwords are typed on these pages; write \"127.0.0.1:7081\", or give them a certificate under \"listen.pagesCertificate\" and \"listen.pagesKey\".";
        return FindSocketProblem("socket", config.Listen.Socket) ?? FindSecondRoleProblem(config.Listen);
    }

    private static string? FindSecondRoleProblem(ListenConfig listen)
    {
        if (listen.SecondRoleSocket is null)
            return listen.SecondRoleGroup is null ? null : "the key \"listen.secondRoleSocket\" is missing: name the socket that the group under \"listen.secondRoleGroup\" may use.";
        if (string.IsNullOrWhiteSpace(listen.SecondRoleGroup))
            return "the key \"listen.secondRoleGroup\" is missing: name the group of those who approve what technicians may not do alone.";
        return listen.SecondRoleSocket == listen.Socket
            ? "\"listen.secondRoleSocket\" and \"listen.socket\" are one path: give each person a socket of their own."
            : FindSocketProblem("secondRoleSocket", listen.SecondRoleSocket);
    }

    private static string? FindSocketProblem(string key, string? path)
    {
        const int socketPathMax = 107; // sun_path of unix(7), without the final zero
        return System.Text.Encoding.UTF8.GetByteCount(path ?? "") > socketPathMax
            ? $"the path of the Unix socket is longer than {socketPathMax} bytes: name a shorter one under \"listen.{key}\"."
            : null;
    }
}
