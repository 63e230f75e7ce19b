using KioskLink.Devices.Osdp;

namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>A serial line: its port and its wires.</summary>
internal static class LineDiagnosis
{
    private const int FewestTurns = 2;
    private const double MostTurns = 0.5, SomeTurns = 0.1;

    /// <summary>Nothing can be said of the devices of such a line before it is mended itself.</summary>
    public static bool IsDead(LineSight line, IReadOnlyList<DeviceSight> devices) => line.PortProblem is not null || IsSwapped(line, devices);

    /// <summary>Its lines of the sheet.</summary>
    public static IEnumerable<Finding> Of(LineSight line, IReadOnlyList<DeviceSight> devices)
    {
        var wrong = Wrong(line, devices).ToList();
        return wrong.Count > 0 ? wrong : [Finding.Pass(line.Id, $"The port {line.Path} is open at {line.Baud} baud.")];
    }

    private static IEnumerable<Finding> Wrong(LineSight line, IReadOnlyList<DeviceSight> devices)
    {
        if (line.PortProblem is { } problem)
            yield return Finding.Fail("PORT_LOST", line.Id, problem, "Plug the adapter in, or mend \"path\" in node.json (always a name under /dev/serial/by-id).");
        else if (IsSwapped(line, devices))
            yield return Finding.Fail("WIRES_SWAPPED", line.Id, "Nothing answers, and the line rests at the level of a zero.", "Swap the wires A and B at the adapter; makers do not agree which is which.");
        if (line.EventsDropped > 0)
            yield return Finding.Warn("EVENTS_LOST", line.Id, $"{line.EventsDropped} of the things that the line told since the node's start were lost: the node did not take them in time.", "Look what else uses the computer, and start the node again; write to its makers if it comes again.");
        if (line.Quality is not { } quality)
            yield break;
        if (Many(quality.Echoed, MostTurns))
            yield return Finding.Warn("ECHO", line.Id, $"{Percent(quality.Echoed)} of the node's frames come back to it.", "Switch off the adapter's echo (often a jumper, RE tied to ground): it takes time from every exchange.");
        if (Many(quality.Noisy, SomeTurns))
            yield return Finding.Fail("NO_BIAS", line.Id, $"In {Percent(quality.Noisy)} of turns bytes come that no device has sent: nothing holds the pair at rest.", "Fit one bias point (pull-up on A, pull-down on B) at one end, and 120 ohm at both ends of the chain.");
    }

    private static bool IsSwapped(LineSight line, IReadOnlyList<DeviceSight> devices) =>
        line.Quality is { } quality && Many(quality.Resting, MostTurns) && devices.All(device => !device.Status.Online);

    private static bool Many(Share share, double ratio) => share.Of >= FewestTurns && share.Ratio >= ratio;

    private static string Percent(Share share) => $"{100 * share.Ratio:0} %";
}
