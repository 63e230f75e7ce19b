using System.Text.Json;
using KioskLink.Node.Circulation;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Doors;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Outage;
using KioskLink.Node.Pages;
using KioskLink.Node.StaffSignIn;
using Serilog.Extensions.Logging;

namespace KioskLink.Node.Hosting;

/// <summary>
/// A node from start to stop: data folder, identity, journal, replica, INTERRUPTED, doors to locked, listeners, link. Stopping goes the
/// other way: entrances first, doors locked, journal closed last.
/// </summary>
internal static class NodeHost
{
    /// <summary>Runs until stopped.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="time">Monotonic and machine time.</param>
    /// <param name="output">Takes the lines LISTENING and READY.</param>
    /// <param name="manager">Is told of the start and the stop, and fed while the doors are looked after.</param>
    /// <param name="stopping">Stops the node.</param>
    /// <param name="userOf">Who calls on a Unix socket; as the kernel vouches when null.</param>
    /// <exception cref="StartProblem">It cannot start as it is set up.</exception>
    public static async Task RunAsync(NodeConfig config, TimeProvider time, TextWriter output, ServiceManager manager, CancellationToken stopping, PeerUser? userOf = null)
    {
        using var folder = DataFolder.Take(config.Data);
        await using var log = NodeLog.Open(config.Data);
        using var logs = new SerilogLoggerFactory(log);
        var identityFile = new IdentityFile(config.Data);
        var secrets = new NodeSecrets();
        manager.Say("Waiting for the node's identity: a new node enrols with the register.");
        var identity = await IdentifyAsync(config, identityFile, secrets, time, logs, stopping);
        var replica = NodeAssembly.OpenReplica(config);
        using var assembly = new NodeAssembly(config, identity, secrets, replica, NodeAssembly.OpenClock(config, replica, time), time, logs);
        var readiness = new Readiness(replica);
        using var staff = new StaffRoom(assembly.Parts);
        var duties = new NodeDuties(assembly.Parts, identity, identityFile, readiness, staff.Watch);
        await duties.RecordStartAsync();
        await using var premises = new Premises(assembly.Parts, readiness, manager.Alive);
        premises.Start();
        var peers = userOf ?? SocketPeer.UserOf;
        var technicians = new Technicians(assembly.Parts, premises, readiness, peers);
        await using var app = await Listeners.StartAsync(assembly.Parts, premises, technicians, log, peers);
        await using var pages = await PagesHost.StartAsync(config.Listen, premises.Panels, new StaffPages(staff, technicians, assembly.Parts), time, log);
        await using var machines = await MachineDesk.StartAsync(assembly.Parts, login => new OutageCirculation(assembly.Parts, assembly.Parts.Acts.Of, login), premises.Gates);
        technicians.Status.Machines = machines;
        await SayAsync(output, $"LISTENING {Listening(app, pages, machines, config)}");
        manager.Started();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var running = Task.WhenAll(OrEndAllAsync(duties.RunAsync(ending.Token), ending), OrEndAllAsync(premises.RunAsync(ending.Token), ending));
        await Task.WhenAll(running, SayReadyAsync(readiness, time, output, ending.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        manager.Stopping();
        await app.StopAsync(CancellationToken.None);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.IsFaulted)
            throw new InvalidOperationException($"The node stopped: {running.Exception.InnerException?.Message}", running.Exception);
    }

    private static async Task<NodeIdentity> IdentifyAsync(
        NodeConfig config, IdentityFile file, NodeSecrets secrets, TimeProvider time, ILoggerFactory logs, CancellationToken stopping)
    {
        if (file.Read() is { } known)
        {
            CheckOwner(config, known);
            new NodeKeyCustody(config).Unlock(secrets);
            return known;
        }
        var (identity, nodeKey) = await new Enroller(config, file, time, logs.CreateLogger<Enroller>()).EnrolAsync(NodeDuties.NewRetry(), stopping);
        secrets.UseNodeKey(nodeKey);
        return identity;
    }

    private static void CheckOwner(NodeConfig config, NodeIdentity identity)
    {
        if (identity.NodeId != config.Node || identity.BranchId != config.Branch)
            throw new StartProblem($"The data folder {config.Data} belongs to node '{identity.NodeId}' of branch '{identity.BranchId}': name another folder under \"data\", or mend \"node\" and \"branch\".");
    }

    private static string Listening(WebApplication app, PagesHost pages, MachineDesk? machines, NodeConfig config) => JsonSerializer.Serialize(
        new { grpc = Listeners.KioskAddress(app), kiosk = Listeners.KioskAddress(app), socket = config.Listen.Socket, pages = pages.Address, sip2 = machines?.Addresses });

    // A node of which one part has stopped is no node: the others stop too, and it is started anew.
    private static async Task OrEndAllAsync(Task part, CancellationTokenSource ending)
    {
        try
        {
            await part;
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private static async Task SayReadyAsync(Readiness readiness, TimeProvider time, TextWriter output, CancellationToken stopping)
    {
        await readiness.WhenReadyAsync(time, stopping);
        await SayAsync(output, "READY");
    }

    private static async Task SayAsync(TextWriter output, string line)
    {
        await output.WriteLineAsync(line);
        await output.FlushAsync();
    }
}
