using KioskLink.Devices.Serial;

namespace KioskLink.Devices.Osdp;

/// <summary>Looks for OSDP devices on a serial port that nothing else uses, at all speeds and addresses. A minute or two on an empty line.</summary>
/// <param name="link">The line; owned and closed by this.</param>
/// <param name="clock">Measures waits.</param>
/// <param name="limits">How long a reply is waited for.</param>
public sealed class OsdpDiscovery(ISerialLink link, TimeProvider clock, OsdpLimits? limits = null) : IDisposable
{
    /// <summary>The speeds of the standard, likeliest first.</summary>
    public static readonly IReadOnlyList<int> Bauds = [9600, 38400, 115200, 19200, 57600, 230400];

    private readonly DiscoveryExchange _exchange = new(link, clock, limits ?? new OsdpLimits());

    /// <summary>Looks, on the caller's thread.</summary>
    /// <param name="thorough">Tries every speed, also after one at which something answered.</param>
    /// <param name="progress">Is told the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Ends it with what was found so far.</param>
    /// <returns>What was found, and what hindered the port, or null.</returns>
    public (IReadOnlyList<FoundDevice> Found, PortProblem? Problem) Run(bool thorough = false, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var discovery = new Discovery(SearchPlan.All(Bauds, thorough));
        if (link.Open() is { } problem)
            return ([], problem);
        var gone = false;
        for (var baud = 0; !discovery.Over && !gone && !cancellation.IsCancellationRequested;)
        {
            if (baud != discovery.Baud && !link.SetBaud(baud = discovery.Baud))
                break;
            gone = !_exchange.Ask(discovery);
            progress?.Report(discovery.Share);
        }
        link.Close();
        return (discovery.Found, gone ? new PortProblem(PortProblemKind.Missing, $"The device at {link.Path} has vanished: check the adapter and its cable.") : null);
    }

    /// <summary>Lets the port go.</summary>
    public void Dispose() => link.Dispose();
}
