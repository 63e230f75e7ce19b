using System.Runtime.CompilerServices;
using System.Threading.Channels;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Profiles;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.RegisterLink;
using DeviceStatus = KioskLink.Devices.Osdp.DeviceStatus;

namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>
/// Examines a node: 1. looks at every line; 2. searches those where a device is silent and nothing says why; 3. looks again; 4. diagnoses. Thread-safe.
/// </summary>
internal sealed class DoctorDesk(NodeParts parts, DeviceLines lines, DeviceWatch watch)
{
    /// <summary>Examines: the share that is done, from 0 to 1, and at last the sheet. A minute where a device is silent, else at once.</summary>
    public async IAsyncEnumerable<(double Share, IReadOnlyList<Finding>? Sheet)> RunAsync(bool doorsClosed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var shares = Channel.CreateBounded<double>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var searching = SearchAllAsync(shares.Writer, cancellation);
        await foreach (var share in shares.Reader.ReadAllAsync(CancellationToken.None))
            yield return (share, null);
        var found = await searching;
        cancellation.ThrowIfCancellationRequested();
        yield return (1, await Task.Run(() => Diagnosis.Of(Look(found, doorsClosed)), cancellation));
    }

    /// <summary>Looks once, without a search.</summary>
    public Observations LookOnce() => Look(new Dictionary<string, IReadOnlyList<FoundDevice>>(), doorsClosed: false);

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<FoundDevice>>> SearchAllAsync(ChannelWriter<double> shares, CancellationToken cancellation)
    {
        var searches = new Dictionary<string, Task<IReadOnlyList<FoundDevice>>>();
        var done = new double[parts.Config.Buses.Count];
        foreach (var (bus, line) in lines.OsdpLines.Where(entry => !LineDiagnosis.IsDead(Look(entry.Config, []), DevicesOn(entry.Config))))
        {
            var at = searches.Count;
            var told = new Told<double>(share => shares.TryWrite(AverageOf(done, at, share)));
            if (line.SearchAsync(device => !DeviceDiagnosis.ExplainsItself(device), told, cancellation) is { } search)
                searches.Add(bus.Id, search);
        }
        var found = new Dictionary<string, IReadOnlyList<FoundDevice>>();
        try
        {
            await Task.WhenAll(searches.Values);
            foreach (var (busId, search) in searches)
                found.Add(busId, await search);
            return found;
        }
        finally
        {
            shares.TryComplete();
        }
    }

    private static double AverageOf(double[] done, int at, double share)
    {
        Volatile.Write(ref done[at], share);
        return done.Average();
    }

    private Observations Look(IReadOnlyDictionary<string, IReadOnlyList<FoundDevice>> found, bool doorsClosed) => new()
    {
        Node = LookAtNode(),
        Lines = [.. parts.Config.Buses.Select(bus => Look(bus, found.GetValueOrDefault(bus.Id, [])))],
        Devices = [.. parts.Config.Buses.SelectMany(DevicesOn)],
        Doors = [.. parts.Config.Doors.Select(door => new DoorSight(door.Id, watch.ContactOf(door.Id), doorsClosed, door.Commissioned is not null))],
    };

    private NodeSight LookAtNode()
    {
        var verdict = parts.Journal.Verify();
        return new NodeSight(
            parts.Link.State == LinkState.Online,
            (parts.Clock.BootTime - parts.Link.Since).ToTimeSpan(),
            parts.Clock.Trusted,
            parts.Replica.Mark.IsComplete,
            parts.Replica.AsOf is null ? TimeSpan.Zero : parts.Replica.AgeAt(parts.Clock.Now).ToTimeSpan(),
            verdict.IsWhole ? null : $"record {verdict.BrokenSequence}: {verdict.Problem}",
            new DriveInfo(parts.Config.Data).AvailableFreeSpace);
    }

    private LineSight Look(BusConfig bus, IReadOnlyList<FoundDevice> found) => new(
        bus.Id, bus.Path, bus.Baud, PortProblemOf(bus), lines.OsdpLines.FirstOrDefault(line => line.Config.Id == bus.Id).Bus?.Quality, found, lines.EventsDropped(bus.Id));

    // The port of a reader that is alone on its line bears the reader's name.
    private string? PortProblemOf(BusConfig bus) => parts.Config.Devices
        .Where(device => device.Bus == bus.Id).Select(device => device.Id).Prepend(bus.Id).Select(watch.PortProblemOf).FirstOrDefault(problem => problem is not null);

    private IReadOnlyList<DeviceSight> DevicesOn(BusConfig bus)
    {
        var isBoards = DeviceProtocols.Find(bus.Protocol) is { } protocol && DeviceProtocols.IsRelays(protocol);
        return [.. lines.Status.Where(line => line.BusId == bus.Id).Select(line => new DeviceSight(bus.Id, line.Device, ModelOf(line.Device), isBoards))];
    }

    private DeviceProfile? ModelOf(DeviceStatus device) => parts.Config.Devices.FirstOrDefault(known => known.Id == device.Id)?.Model;
}
