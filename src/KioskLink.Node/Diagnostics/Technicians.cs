using KioskLink.Node.Diagnostics.Doctor;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting;
using KioskLink.Node.SecondRole;

namespace KioskLink.Node.Diagnostics;

/// <summary>What technicians can do at a node, whether over its socket or on its page. Made once: a line has one trace, whoever watches it.</summary>
internal sealed class Technicians
{
    private readonly Premises _premises;

    /// <summary>Puts it together.</summary>
    /// <param name="parts">The node's parts.</param>
    /// <param name="premises">Its doors and lines.</param>
    /// <param name="readiness">Whether it is ready.</param>
    /// <param name="userOf">Who calls on a Unix socket.</param>
    public Technicians(NodeParts parts, Premises premises, Readiness readiness, PeerUser userOf)
    {
        _premises = premises;
        Log = new TechnicianLog(parts.Journal, userOf);
        Status = new StatusDesk(parts, premises, readiness);
        Devices = new DeviceDesk(premises.Lines, parts.Config, parts.Time);
        Approvals = new ApprovalDesk(open => parts.Journal.AppendAsync(open), parts.Time);
        Calls = new DeviceCalls(
            Devices, premises.Traces, new ReaderTest(premises.Lines, premises.Watch, parts.Time), new ReplugTest(premises.Lines, premises.Watch, parts.Time), premises.Keys, premises.Lines, Approvals, Log);
        Relays = new RelayTest(premises, Log);
        Doctor = new DoctorCalls(new DoctorDesk(parts, premises.Lines, premises.Watch), Log);
    }

    /// <summary>Journals what they do.</summary>
    public TechnicianLog Log { get; }

    /// <summary>How the node is.</summary>
    public StatusDesk Status { get; }

    /// <summary>Devices and lines.</summary>
    public DeviceDesk Devices { get; }

    /// <summary>What a second person has approved.</summary>
    public ApprovalDesk Approvals { get; }

    /// <summary>What is asked of devices and lines.</summary>
    public DeviceCalls Calls { get; }

    /// <summary>Unlocks a door once.</summary>
    public RelayTest Relays { get; }

    /// <summary>Examines the node.</summary>
    public DoctorCalls Doctor { get; }

    /// <summary>Adds what the services on sockets need.</summary>
    public void AddServices(IServiceCollection services) => services
        .AddSingleton(Log).AddSingleton(Status).AddSingleton(Devices).AddSingleton(Calls).AddSingleton(Relays).AddSingleton(Doctor)
        .AddSingleton(_premises.Traces).AddSingleton(_premises.Lines).AddSingleton<TechnicianService>();
}
