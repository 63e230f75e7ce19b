namespace KioskLink.Devices.Osdp;

/// <summary>A file for a device.</summary>
/// <param name="Content">What is in it.</param>
/// <param name="Type">1 for what only the device's maker knows, 128 to 255 for a maker's own kinds.</param>
/// <param name="MayGoInClear">The device may ask for it outside the secure channel: anyone on the line reads it, and the door's reader is offline meanwhile.</param>
public sealed record DeviceFile(ReadOnlyMemory<byte> Content, byte Type = 1, bool MayGoInClear = false);

/// <summary>How far a file has come.</summary>
/// <param name="Taken">Bytes that the device has confirmed.</param>
/// <param name="Total">Bytes of the file.</param>
public readonly record struct FileProgress(int Taken, int Total);

/// <summary>What became of a file.</summary>
public enum FileResult
{
    /// <summary>The device has it and is done with it.</summary>
    Taken,

    /// <summary>The device has it and starts anew with it.</summary>
    Rebooting,

    /// <summary>The device knows no files.</summary>
    NotSupported,

    /// <summary>The device takes the file only in clear; it was not said that it may be sent so.</summary>
    WantsClear,

    /// <summary>The device has ended it.</summary>
    Aborted,

    /// <summary>The device does not recognise what is in it.</summary>
    Unrecognised,

    /// <summary>The device finds it damaged.</summary>
    Malformed,

    /// <summary>The device was away too long or too often.</summary>
    Lost,

    /// <summary>Who sent it has ended it.</summary>
    Cancelled,

    /// <summary>It never went over the line: another file is on its way to the device.</summary>
    NotSent,
}
