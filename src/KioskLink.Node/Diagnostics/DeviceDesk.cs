using System.Globalization;
using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Devices;
using KioskLink.Devices.Osdp;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Node.V1;
using FoundDevice = KioskLink.Protos.Node.V1.FoundDevice;

namespace KioskLink.Node.Diagnostics;

/// <summary>What technicians ask of devices and lines. Thread-safe.</summary>
internal sealed class DeviceDesk(DeviceLines lines, NodeConfig config, TimeProvider time)
{
    private const double Percent = 100;

    /// <summary>Every device and line.</summary>
    public ListDevicesResponse List()
    {
        var response = new ListDevicesResponse();
        response.Devices.AddRange(lines.Status.Select(line => Describe(line.BusId, line.Device)));
        response.Buses.AddRange(config.Buses.Select(Describe));
        return response;
    }

    /// <summary>Whether node.json names a device.</summary>
    public bool Knows(string deviceId) => config.Devices.Any(device => device.Id == deviceId);

    /// <summary>The OSDP line of that id; null for none.</summary>
    public OsdpBus? LineOf(string busId) => lines.OsdpLines.FirstOrDefault(line => line.Config.Id == busId).Bus;

    /// <summary>Asks a device. Null where it speaks another protocol, in which there is nothing to ask.</summary>
    public async Task<ProbeDeviceResponse?> ProbeAsync(string deviceId, Question question)
    {
        if (lines.OsdpLineOf(deviceId) is not { } bus || QuestionOf(question) is not { } asked)
            return null;
        var since = time.GetTimestamp();
        var answer = await bus.AskAsync(deviceId, asked);
        var response = new ProbeDeviceResponse
        {
            Result = $"{answer.Result}",
            ReplyCode = answer.ReplyCode,
            Content = ByteString.CopyFrom(answer.Content.Span),
            Took = Duration.FromTimeSpan(time.GetElapsedTime(since)),
        };
        response.Details.AddRange(answer.Details is { } details ? Describe(details) : []);
        return response;
    }

    /// <summary>Looks for the silent devices of a line: shares that are done, at last what was found. Null while another search is under way.</summary>
    public static IAsyncEnumerable<SearchDevicesResponse>? Search(OsdpBus bus, CancellationToken cancellation)
    {
        var shares = Channel.CreateBounded<SearchDevicesResponse>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var found = bus.SearchAsync(which: null, new Told<double>(share => shares.Writer.TryWrite(new SearchDevicesResponse { Share = share })), cancellation);
        return found is null ? null : FollowAsync(shares, found);
    }

    private static async IAsyncEnumerable<SearchDevicesResponse> FollowAsync(Channel<SearchDevicesResponse> shares, Task<IReadOnlyList<Devices.Osdp.FoundDevice>> found)
    {
        _ = found.ContinueWith(_ => shares.Writer.TryComplete(), TaskScheduler.Default);
        await foreach (var share in shares.Reader.ReadAllAsync())
            yield return share;
        var last = new SearchDevicesResponse { Share = 1, Done = true };
        last.Found.AddRange((await found).Select(Describe));
        yield return last;
    }

    private static DeviceQuestion? QuestionOf(Question question) => question switch
    {
        Question.LocalStatus => DeviceQuestion.LocalStatus,
        Question.Inputs => DeviceQuestion.InputStatus,
        Question.Outputs => DeviceQuestion.OutputStatus,
        Question.Readers => DeviceQuestion.ReaderStatus,
        Question.Identity => DeviceQuestion.ExtendedIdentity,
        _ => null,
    };

    private Device Describe(string busId, Devices.Osdp.DeviceStatus device)
    {
        var counters = device.Counters;
        return new Device
        {
            DeviceId = device.Id,
            BusId = busId,
            Address = device.Address,
            Online = device.Online,
            KeyState = KeyStateOf(device.Security),
            KeyProblem = device.KeyProblem is { } reason ? DeviceAlarms.Explain(reason) : "",
            Exchanges = counters.Exchanges,
            Retries = counters.Retries,
            Silences = counters.Silences,
            CrcErrors = counters.Damaged,
            MacErrors = counters.Unauthentic,
            Busy = counters.Busy,
            Refusals = counters.Naks,
            Sessions = counters.Sessions,
            LateReplies = device.LateReplies,
            RecentReturns = device.RecentReturns,
            MedianReply = Duration.FromTimeSpan(device.Replies.Median),
            P95Reply = Duration.FromTimeSpan(device.Replies.P95),
            P99Reply = Duration.FromTimeSpan(device.Replies.P99),
            LongestReply = Duration.FromTimeSpan(device.Replies.Longest),
            Vendor = Vendor(device.Identity),
            Serial = Serial(device.Identity),
            Firmware = device.Identity?.Firmware?.ToString() ?? "",
            Profile = config.Devices.FirstOrDefault(known => known.Id == device.Id)?.Profile ?? "",
        };
    }

    private BusReport Describe(BusConfig bus)
    {
        var report = new BusReport { BusId = bus.Id, Path = bus.Path, Baud = bus.Baud, Protocol = bus.Protocol, EventsDropped = lines.EventsDropped(bus.Id) };
        if (LineOf(bus.Id)?.Quality is { } quality)
            (report.NoisePercent, report.ZeroPercent, report.EchoPercent) =
                (Percent * quality.Noisy.Ratio, Percent * quality.Resting.Ratio, Percent * quality.Echoed.Ratio);
        return report;
    }

    private static FoundDevice Describe(Devices.Osdp.FoundDevice found) => new()
    {
        Address = found.Address,
        Baud = found.Baud,
        WantsKey = found.WantsKey,
        Disturbed = found.Disturbed,
        Vendor = Vendor(found.Identity),
        Serial = Serial(found.Identity),
    };

    private static IEnumerable<string> Describe(DeviceDetails details)
    {
        (string Name, string? Value)[] told =
        [
            ("maker", details.Manufacturer), ("product", details.Product), ("serial", details.Serial), ("hardware", details.Hardware),
            ("address", details.Address), ("configuration", details.Configuration), .. details.Firmware.Select(version => ("firmware", (string?)version)),
        ];
        return told.Where(entry => entry.Value is not null).Select(entry => $"{entry.Name}: {entry.Value}");
    }

    /// <summary>Which key the talk with a device is under.</summary>
    public static KeyState KeyStateOf(SessionSecurity security) => security switch
    {
        SessionSecurity.OwnKey => KeyState.Own,
        SessionSecurity.InstallKey => KeyState.Install,
        _ => KeyState.Clear,
    };

    private static string Vendor(DeviceIdentity? identity) => identity is { Vendor: > 0 } ? identity.Vendor.ToString("X6", CultureInfo.InvariantCulture) : "";

    private static string Serial(DeviceIdentity? identity) => identity is { Vendor: > 0 } ? identity.Serial.ToString("X8", CultureInfo.InvariantCulture) : "";
}
