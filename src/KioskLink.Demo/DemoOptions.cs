using KioskLink.Demo.Setup;

namespace KioskLink.Demo;

/// <summary>What the demo was asked to do.</summary>
/// <param name="Data">The folder of configuration, data and logs.</param>
/// <param name="DataIsTemporary">Whether the folder is removed at the end.</param>
/// <param name="Headless">Whether no page is offered and nothing is asked.</param>
/// <param name="Script">A script to run; null for none.</param>
/// <param name="Patrons">A CSV file of other patrons; null for none.</param>
/// <param name="Reader">A real reader's serial device; null for the virtual one.</param>
/// <param name="ReaderBaud">The real reader's speed.</param>
/// <param name="ReaderAddress">The real reader's OSDP address.</param>
/// <param name="PagePort">Port of the page.</param>
/// <param name="RegisterPort">Port of the register.</param>
/// <param name="KioskPort">Port of the node's kiosk API.</param>
internal sealed record DemoOptions(
    string Data,
    bool DataIsTemporary,
    bool Headless,
    string? Script,
    string? Patrons,
    string? Reader,
    int ReaderBaud,
    int ReaderAddress,
    int PagePort,
    int RegisterPort,
    int KioskPort)
{
    /// <summary>Port on which checkout machines connect to the node.</summary>
    public int MachinePort { get; init; } = 6001;

    /// <summary>The module that moves the lock.</summary>
    public LockModule Lock { get; init; } = new();
}
