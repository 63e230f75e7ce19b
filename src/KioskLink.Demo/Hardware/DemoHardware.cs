using KioskLink.Demo.Setup;
using KioskLink.Devices.Virtual;

namespace KioskLink.Demo.Hardware;

/// <summary>The virtual devices of the demo's door on one OSDP line, and the door itself.</summary>
internal sealed class DemoHardware : IDisposable
{
    private const int Baud = 38400;
    private const byte ReaderAddress = 1;
    private const byte IoAddress = 2;
    private readonly VirtualLine _line;

    /// <summary>Makes the line at the folder's bus link.</summary>
    public DemoHardware(DemoFolder folder, bool withReader, LockModule module, TimeProvider time)
    {
        Module = new VirtualIoModule(IoAddress, module.IsSecure ? folder.KeyOf("io") : null) { Timed = module.HasTimers };
        Reader = new VirtualReader(ReaderAddress, folder.KeyOf(Wiring.ReaderId));
        HasReader = withReader;
        File.Delete(folder.BusLink);
        _line = new VirtualLine(folder.BusLink, Baud, withReader ? [Reader, Module] : [Module], time);
        Leaf = new DoorLeaf(Module, time);
    }

    /// <summary>The reader with keypad, light, beeper and display.</summary>
    public VirtualReader Reader { get; }

    /// <summary>The module with lock and contact.</summary>
    public VirtualIoModule Module { get; }

    /// <summary>Whether the virtual reader is in use, and not a real one.</summary>
    public bool HasReader { get; }

    /// <summary>The door.</summary>
    public DoorLeaf Leaf { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Leaf.Dispose();
        _line.Dispose();
    }
}
