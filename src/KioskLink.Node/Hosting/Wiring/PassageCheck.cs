using KioskLink.Rules.Premises;

namespace KioskLink.Node.Hosting.Wiring;

/// <summary>What a configuration must say so that people can be counted, and doors hang together.</summary>
internal static class PassageCheck
{
    private static readonly TimeSpan LongestCarry = TimeSpan.FromMinutes(10);

    /// <summary>The first problem; null when there is none.</summary>
    public static string? FindProblem(NodeConfig config) =>
        config.Interlocks.Select(set => FindProblem(set, config)).FirstOrDefault(problem => problem is not null)
        ?? config.Lobbies.Select(lobby => FindProblem(lobby, config)).FirstOrDefault(problem => problem is not null)
        ?? FindLobbyTwice(config)
        ?? FindPassbackProblem(config)
        ?? FindRollCallProblem(config)
        ?? config.Doors.Select(FindProblem).FirstOrDefault(problem => problem is not null);

    private static string? FindProblem(InterlockConfig set, NodeConfig config)
    {
        var named = string.Join(", ", set.Doors.Select(id => $"\"{id}\""));
        if (set.Doors.Distinct().Count() < 2)
            return $"an entry of \"interlocks\" names {(named.Length > 0 ? named : "no door")}: name two doors or more, of which one opens at a time.";
        if (set.Doors.FirstOrDefault(id => config.Doors.All(door => door.Id != id)) is { } unknown)
            return $"\"interlocks\" names door \"{unknown}\", which is not among the \"doors\": mend one of the two.";
        return config.Doors.FirstOrDefault(door => set.Doors.Contains(door.Id) && !HasInput(door, InputConfig.ContactRole)) is { } blind
            ? $"\"interlocks\" names door \"{blind.Id}\", which has no input with the role \"contact\", so nobody knows when it is closed: wire a contact, or take the door out."
            : null;
    }

    private static string? FindProblem(LobbyConfig lobby, NodeConfig config)
    {
        string[] ends = [lobby.Outer, lobby.Inner];
        if (Array.Find(ends, id => config.Doors.All(door => door.Id != id)) is { } unknown)
            return $"an entry of \"lobbies\" names door \"{unknown}\", which is not among the \"doors\": mend \"outer\" or \"inner\".";
        if (lobby.Outer == lobby.Inner)
            return $"an entry of \"lobbies\" has door \"{lobby.Outer}\" as \"outer\" and as \"inner\": name the two doors of the lobby.";
        return lobby.CarryFor < TimeSpan.FromSeconds(1) || lobby.CarryFor > LongestCarry
            ? $"the lobby behind door \"{lobby.Outer}\" has a \"carryFor\" of {lobby.CarryFor.TotalSeconds} s: write a span from \"1s\" to \"{LongestCarry.TotalMinutes}m\", such as \"60s\"."
            : null;
    }

    private static string? FindLobbyTwice(NodeConfig config) =>
        config.Lobbies.GroupBy(lobby => lobby.Outer).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? $"\"lobbies\" names door \"{twice.Key}\" as \"outer\" twice: one door leads into one lobby."
            : null;

    // Without a way to see people out, everybody who has been in once would be refused for ever.
    private static string? FindPassbackProblem(NodeConfig config) =>
        config.AntiPassback != AntiPassback.Off && config.Entrances.All(entrance => entrance.Side != Side.Out)
            ? "with \"antiPassback\" somebody must see cards on their way out: add an entrance with \"side\": \"out\", or write \"off\"."
            : null;

    private static string? FindRollCallProblem(NodeConfig config) =>
        config.RollCall < TimeSpan.FromMinutes(1) || config.RollCall > TimeSpan.FromHours(2)
            ? $"\"rollCall\" is {config.RollCall.TotalSeconds} s: write a span from \"1m\" to \"2h\", such as \"15m\"."
            : null;

    private static string? FindProblem(DoorConfig door)
    {
        if (door.Inputs.FirstOrDefault(input => !InputConfig.Roles.Contains(input.Role)) is { } odd)
            return $"door \"{door.Id}\" has an input with the role \"{odd.Role}\": write {string.Join(", ", InputConfig.Roles.Select(role => $"\"{role}\""))}.";
        if (door.TailgateAfter is { } span && span <= TimeSpan.Zero)
            return $"door \"{door.Id}\" has a \"tailgateAfter\" of nothing: write a span such as \"15s\", or remove it.";
        return door.TailgateAfter is not null && !HasInput(door, InputConfig.ContactRole)
            ? $"door \"{door.Id}\" has \"tailgateAfter\" and no input with the role \"contact\", so nobody knows how long it is open: wire a contact, or remove \"tailgateAfter\"."
            : null;
    }

    private static bool HasInput(DoorConfig door, string role) => door.Inputs.Any(input => input.Role == role);
}
