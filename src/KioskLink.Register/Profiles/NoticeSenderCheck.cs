using System.Text.RegularExpressions;

namespace KioskLink.Register.Profiles;

/// <summary>What the sender of notices must be.</summary>
internal static partial class NoticeSenderCheck
{
    /// <summary>The first thing that is wrong, naming the key and the mend; null when all is well.</summary>
    public static string? Problem(NoticeSenderProfile sender)
    {
        if (!sender.Name.IsWhole())
        {
            return "`noticeSender.name` is empty in one language: write it in fi, sv and en.";
        }

        if (!Mail().IsMatch(sender.Email))
        {
            return "`noticeSender.email` is no e-mail address: correct it.";
        }

        return sender.Address.Count == 0 || sender.Address.Append(sender.Phone).Any(line => line.AsSpan().ContainsAny('\r', '\n'))
            ? "`noticeSender.address` and `noticeSender.phone` must be single lines, the address at least one: correct them."
            : null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z")]
    private static partial Regex Mail();
}
