using KioskLink.Node.Diagnostics.Doctor;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting;

namespace KioskLink.Node.Diagnostics;

/// <summary>What technicians can do at a node, whether over its socket or on its page. Made once: a line has one trace, whoever watches it.</summary>
/// <param name="parts">The node's parts.</param>
/// <param name="premises">Its doors and lines.</param>
/// <param name="readiness">Whether it is ready.</param>
internal sealed class Technicians(NodeParts parts, Premises premises, Readiness readiness)
{
    /// <summary>How the node is.</summary>
    public StatusDesk Status { get; } = new(parts, premises, readiness);

    /// <summary>Devices and lines.</summary>
    public DeviceDesk Devices { get; } = new(premises.Lines, parts.Config, parts.Time);

    /// <summary>What is asked of them.</summary>
    public DeviceCalls Calls { get; } = new(
        new DeviceDesk(premises.Lines, parts.Config, parts.Time), new TraceWatch(parts.Time), new ReaderTest(premises.Lines, premises.Watch, parts.Time),
        new ReplugTest(premises.Lines, premises.Watch, parts.Time), premises.Keys, premises.Lines, new TechnicianLog(parts.Journal));

    /// <summary>Unlocks a door once.</summary>
    public RelayTest Relays { get; } = new(premises, new TechnicianLog(parts.Journal));

    /// <summary>Examines the node.</summary>
    public DoctorCalls Doctor { get; } = new(new DoctorDesk(parts, premises.Lines, premises.Watch), new TechnicianLog(parts.Journal));

    /// <summary>Adds what the service needs.</summary>
    public void AddServices(IServiceCollection services) =>
        services.AddSingleton(Status).AddSingleton(Devices).AddSingleton(Calls).AddSingleton(Relays).AddSingleton(Doctor).AddSingleton<TechnicianService>();
}
