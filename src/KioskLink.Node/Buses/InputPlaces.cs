using KioskLink.Devices;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;

namespace KioskLink.Node.Buses;

/// <summary>What hangs on the inputs of devices, in English. Pure.</summary>
internal static class InputPlaces
{
    /// <summary>What hangs on an input; null when nothing uses it: its line may end anywhere.</summary>
    public static string? Of(NodeConfig config, InputLineReported line) => OfDoor(config, line) ?? OfPanel(config.AlarmPanel, line);

    private static string? OfDoor(NodeConfig config, InputLineReported line) => config.Doors
        .SelectMany(door => door.Inputs.Where(input => (input.Device, input.Input) == (line.SourceId, line.Input)).Select(input => $"the {Word(input.Role)} of door {door.Id}"))
        .FirstOrDefault();

    private static string? OfPanel(AlarmPanelConfig? panel, InputLineReported line) =>
        panel is not null && new[] { panel.Armed, panel.Alarm, panel.Fault }.OfType<ContactConfig>().Any(contact => (contact.Device, contact.Input) == (line.SourceId, line.Input))
            ? "of the alarm panel"
            : null;

    private static string Word(string role) => role switch
    {
        InputConfig.ExitRole => "exit button",
        InputConfig.GlassRole => "break-glass",
        "fire" => "fire alarm",
        InputConfig.CounterInRole or InputConfig.CounterOutRole => "counter",
        _ => role,
    };
}
