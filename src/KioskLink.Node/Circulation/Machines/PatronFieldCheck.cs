using KioskLink.Sip2.Circulation;

namespace KioskLink.Circulation.Machines;

/// <summary>What a machine may be told in fields of vendors: nothing that KioskLink does not send to its role, so that no field stays empty without a word.</summary>
internal static class PatronFieldCheck
{
    /// <summary>What each role is told while the register answers. Nobody is told a date of birth, and the library keeps no right to the internet.</summary>
    public static IReadOnlyDictionary<MachineRole, IReadOnlyList<PatronAttribute>> Filled { get; } = new Dictionary<MachineRole, IReadOnlyList<PatronAttribute>>
    {
        [MachineRole.SelfCheck] = [PatronAttribute.Category, PatronAttribute.HomeLibrary],
        [MachineRole.Door] = [PatronAttribute.SelfServiceAccess],
        [MachineRole.PcBooking] = [],
    };

    /// <summary>The first problem as one sentence; null when there is none.</summary>
    public static string? FindProblem(MachineConfig machine)
    {
        var filled = Filled.GetValueOrDefault(machine.Role, []);
        if (machine.PatronFields.FirstOrDefault(field => !filled.Contains(field.Value)) is not { Key: { } id, Value: var attribute })
            return null;
        var mend = filled.Count == 0 ? "remove it" : $"write {string.Join(" or ", filled.Select(NameOf))}, or remove it";
        return $"machine \"{machine.Login}\" has {NameOf(attribute)} in the field \"{id}\" under \"patronFields\", which a machine of its role is never told: {mend}.";
    }

    private static string NameOf(PatronAttribute attribute)
    {
        var name = attribute.ToString();
        return $"\"{char.ToLowerInvariant(name[0])}{name[1..]}\"";
    }
}
