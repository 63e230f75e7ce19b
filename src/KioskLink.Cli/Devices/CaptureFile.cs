using KioskLink.Devices.Osdp;

namespace KioskLink.Cli.Devices;

/// <summary>Reads an <c>.osdpcap</c> file whole.</summary>
internal static class CaptureFile
{
    /// <summary>Its frames.</summary>
    /// <exception cref="CommandProblem">It is missing, or a line of it is no frame; says which.</exception>
    public static IReadOnlyList<CapturedFrame> Read(FileInfo file)
    {
        if (!file.Exists)
            throw CommandProblem.Usage($"{file.Name} is not there: name a file that `kiosklink device trace --out` wrote.");
        var frames = new List<CapturedFrame>();
        var number = 0;
        foreach (var line in File.ReadLines(file.FullName).Take(OsdpCapture.MostFrames))
        {
            number++;
            if (line.Length > 0)
                frames.Add(CapturedFrame.Read(line) ?? throw CommandProblem.Usage($"{file.Name}:{number} is no captured frame: an .osdpcap file has one JSON object a line."));
        }
        return frames;
    }
}
