using KioskLink.Rules.Branches;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;
using KioskLink.Sip2.Wire;
using Language = KioskLink.Sip2.Language;

namespace KioskLink.Circulation.Machines;

/// <summary>How a machine of the configuration is spoken to. Pure.</summary>
internal static class MachineProfiles
{
    private const PatronFlags AllFlags = (PatronFlags)0x3FFF;

    private static readonly TimeZoneInfo Helsinki = TimeZoneInfo.FindSystemTimeZoneById(OpeningCalendar.Zone.Id);

    /// <summary>The profile of a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="branch">The branch that an empty AO means where the machine names none.</param>
    public static DeviceProfile Of(MachineConfig machine, string branch) => new()
    {
        Style = new WireStyle(machine.Encoding, machine.Terminator),
        Role = RoleOf(machine),
        Institution = string.IsNullOrWhiteSpace(machine.Institution) ? branch : machine.Institution,
        InstitutionRule = machine.InstitutionRule,
        LibraryName = machine.LibraryName,
        TerminalLocation = machine.Location,
        Language = LanguageOf(machine.Language),
        Zone = Helsinki,
        ErrorDetectionRequired = machine.ErrorDetection == ErrorDetection.Required,
        UnknownCommands = machine.UnknownCommands,
        ShownFlags = Join(machine.ShownFlags, AllFlags),
        RefusedFlags = Join(machine.RefusedFlags, PatronFlags.AllDenied),
        PatronFields = [.. machine.PatronFields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => new PatronField(field.Key, field.Value))],
        HoldCounting = machine.HoldCounting,
        LoansNeedPin = true,
        DetailsNeedPin = !machine.NamesWithoutPin,
        AlertOnReturn = machine.AlertOnReturn,
        ReplyTimeout = machine.ReplyTimeout,
        Retries = machine.Retries,
        IdleLimit = machine.IdleLimit,
        PinProvenFor = machine.PinProvenFor,
    };

    /// <summary>The profile of a machine that has not logged in yet.</summary>
    public static DeviceProfile BeforeLogin(string branch) => new() { Institution = branch, Zone = Helsinki, Language = Language.Finnish };

    private static DeviceRole RoleOf(MachineConfig machine) => machine.Role switch
    {
        MachineRole.PcBooking => DeviceRole.PcBooking,
        MachineRole.Door => DeviceRole.Door,
        _ => DeviceRole.SelfCheck,
    };

    private static Language LanguageOf(Rules.Access.Language language) => language switch
    {
        Rules.Access.Language.Sv => Language.Swedish,
        Rules.Access.Language.En => Language.English,
        _ => Language.Finnish,
    };

    private static PatronFlags Join(IReadOnlyList<PatronFlags>? flags, PatronFlags otherwise) =>
        flags is null ? otherwise : flags.Aggregate(PatronFlags.None, (joined, flag) => joined | flag);
}
