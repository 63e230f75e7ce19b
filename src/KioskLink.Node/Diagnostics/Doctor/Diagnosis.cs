namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>From what was seen to what it means and how it is mended. Pure: the same sight gives the same sheet.</summary>
internal static class Diagnosis
{
    /// <summary>The sheet: one line or more for each part of the node, line, device and door.</summary>
    public static IReadOnlyList<Finding> Of(Observations seen) =>
    [
        .. NodeHealth.Of(seen.Node),
        .. seen.Lines.SelectMany(line => LineDiagnosis.Of(line, DevicesOn(line, seen))),
        .. seen.Lines.Where(line => !LineDiagnosis.IsDead(line, DevicesOn(line, seen)))
            .SelectMany(line => DevicesOn(line, seen).Select(device => DeviceDiagnosis.Of(device, line, DevicesOn(line, seen)))),
        .. seen.Doors.SelectMany(DoorDiagnosis.Of),
    ];

    private static IReadOnlyList<DeviceSight> DevicesOn(LineSight line, Observations seen) => [.. seen.Devices.Where(device => device.LineId == line.Id)];
}
