namespace KioskLink.Register.Profiles;

/// <summary>The systems with which the register exchanges personal data: no other is joined to it (R27).</summary>
internal static class AdapterCheck
{
    /// <summary>Name of the population register among the adapters.</summary>
    public const string PopulationRegister = "population-register";

    private const int NameMax = 64;

    /// <summary>The first thing that is wrong, naming the key and the mend; null when all is well.</summary>
    public static string? Problem(ConsortiumProfile profile)
    {
        if (profile.Adapters.Distinct().Count() != profile.Adapters.Count || profile.Adapters.Any(name => string.IsNullOrWhiteSpace(name) || name.Length > NameMax))
        {
            return $"`adapters` must name each system once, in at most {NameMax} characters: correct the list.";
        }

        if (profile.Requests.ErasureRecipients.FirstOrDefault(name => !profile.Adapters.Contains(name)) is { } recipient)
        {
            return $"`requests.erasureRecipients` names \"{recipient}\", which is none of `adapters`: add it there, or remove it here.";
        }

        return profile.Vtj == PopulationRegisterMode.None ? null : AskingProblem(profile);
    }

    private static string? AskingProblem(ConsortiumProfile profile)
    {
        if (!profile.Adapters.Contains(PopulationRegister))
        {
            return $"`vtj` asks the population register, and `adapters` does not name \"{PopulationRegister}\": add it, or set `vtj` to none.";
        }

        return string.IsNullOrWhiteSpace(profile.VtjBasis)
            ? "`vtjBasis` must say on which legal basis `vtj` asks the population register: write the act and the document, or set `vtj` to none."
            : null;
    }
}
