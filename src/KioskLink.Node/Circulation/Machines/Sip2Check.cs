using KioskLink.Sip2;

namespace KioskLink.Circulation.Machines;

/// <summary>What a configuration must say of SIP2; the first problem is one sentence that names key and mend.</summary>
internal static class Sip2Check
{
    /// <summary>The most machines that a program knows.</summary>
    public const int MachinesMax = 256;

    /// <summary>The longest login.</summary>
    public const int LoginMax = 64;

    private const int ConnectionsMax = 16384;

    /// <summary>The first problem; null when there is none. Reads the files that the section names.</summary>
    /// <param name="config">The section; null where there is none.</param>
    /// <param name="branch">The branch that an empty AO means; empty where the program has none of its own.</param>
    /// <param name="doors">The doors at which gates may stand.</param>
    public static string? FindProblem(Sip2Config? config, string branch, IReadOnlyCollection<string> doors)
    {
        if (config is null)
            return null;
        return FindLimitProblem(config.Limits)
            ?? FindMachinesProblem(config, branch)
            ?? First(config.Machines.Select(machine => FindDoorProblem(machine, doors)))
            ?? First(config.Listeners.Select(listener => ListenCheck.FindProblem(listener, config)))
            ?? FindPasswordsProblem(config)
            ?? FindTwice("listeners", "address", config.Listeners.Select(listener => listener.Address).Where(address => !address.EndsWith(":0", StringComparison.Ordinal)));
    }

    private static string? FindLimitProblem(Sip2LimitsConfig limits)
    {
        (string Key, int Value, int Most)[] all =
        [
            ("connections", limits.Connections, ConnectionsMax), ("connectionsPerSource", limits.ConnectionsPerSource, limits.Connections),
            ("connectionsPerLogin", limits.ConnectionsPerLogin, limits.Connections), ("connectionsWithoutLogin", limits.ConnectionsWithoutLogin, limits.Connections),
        ];
        return First(all.Where(one => one.Value < 1 || one.Value > one.Most).Select(one => $"\"sip2.limits.{one.Key}\" is {one.Value}: write a number from 1 to {one.Most}."));
    }

    private static string? FindMachinesProblem(Sip2Config config, string branch)
    {
        if (config.Machines.Count > MachinesMax)
            return $"\"sip2.machines\" names {config.Machines.Count} machines: at most {MachinesMax} are possible.";
        if (config.Listeners.Count > 0 && config.Machines.Count == 0)
            return "\"sip2.machines\" is empty, so that no machine could log in: name at least one, or remove \"sip2\".";
        return FindTwice("machines", "login", config.Machines.Select(machine => machine.Login)) ?? First(config.Machines.Select(machine => FindMachineProblem(machine, branch)));
    }

    private static string? FindMachineProblem(MachineConfig machine, string branch)
    {
        if (string.IsNullOrWhiteSpace(machine.Login) || machine.Login.Length > LoginMax || machine.Login.Any(IsUnfit))
            return $"an entry of \"sip2.machines\" has the \"login\" \"{machine.Login}\": write 1 to {LoginMax} letters, digits and signs without blanks and |.";
        if (machine.Role == MachineRole.Unset)
            return $"machine \"{machine.Login}\" does not say its \"role\": write \"selfCheck\", \"pcBooking\" or \"door\".";
        if (string.IsNullOrWhiteSpace(machine.Institution) && branch.Length == 0)
            return $"machine \"{machine.Login}\" has no \"institution\": name its branch, such as \"FI-Lh-Renkomaki\".";
        if (machine.PatronFields.Keys.FirstOrDefault(id => !ExtraField.IsId(id)) is { } field)
            return $"machine \"{machine.Login}\" names \"{field}\" under \"patronFields\", which is no field of SIP2: a field has two capital letters, or one and a digit.";
        if (PatronFieldCheck.FindProblem(machine) is { } unfilled)
            return unfilled;
        if (machine.GoneAfter < TimeSpan.Zero)
            return $"machine \"{machine.Login}\" has a \"goneAfter\" below zero: write a span such as \"5m\", or \"0s\" for no alarm.";
        return MachineProfiles.Of(machine, branch).Problem is { } problem ? $"machine \"{machine.Login}\" cannot be spoken to as it is set up: {problem}." : null;
    }

    private static string? FindDoorProblem(MachineConfig machine, IReadOnlyCollection<string> doors)
    {
        if (machine.Role != MachineRole.Door)
            return machine.Door is null ? null : $"machine \"{machine.Login}\" has a \"door\" and is no gate: remove it, or write \"role\": \"door\".";
        if (doors.Count == 0)
            return $"machine \"{machine.Login}\" is a gate, and there are no \"doors\" here: let it connect to the node that knows its door.";
        return machine.Door is { } door && doors.Contains(door)
            ? null
            : $"machine \"{machine.Login}\" is a gate at the door \"{machine.Door}\": name one of the \"doors\" under \"door\".";
    }

    private static string? FindPasswordsProblem(Sip2Config config)
    {
        var open = config.Listeners.Select(listener => listener.WithoutLogin).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var needed = config.Machines.Select(machine => machine.Login).Where(login => !open.Contains(login)).ToList();
        if (config.Passwords is null)
            return config.Listeners.Count == 0 || needed.Count == 0
                ? null
                : $"\"sip2\" has no \"passwords\": name a file that holds the passwords of its machines, such as that of \"{needed[0]}\", and that its owner alone may read.";
        var (passwords, problem) = MachinePasswords.Read(config.Passwords);
        if (problem is not null)
            return problem;
        if (needed.FirstOrDefault(login => !passwords.ContainsKey(login)) is { } missing)
            return $"The password file {config.Passwords} names no password of machine \"{missing}\": add it.";
        return passwords.Keys.FirstOrDefault(login => config.Machines.All(machine => machine.Login != login)) is { } unknown
            ? $"The password file {config.Passwords} names \"{unknown}\", which is not among \"sip2.machines\": mend one of the two."
            : null;
    }

    private static string? FindTwice(string list, string key, IEnumerable<string> values)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return values.FirstOrDefault(value => !seen.Add(value)) is { } twice ? $"\"sip2.{list}\" has the {key} \"{twice}\" twice: give each its own." : null;
    }

    private static bool IsUnfit(char letter) => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter == '|';

    private static string? First(IEnumerable<string?> problems) => problems.FirstOrDefault(problem => problem is not null);
}
