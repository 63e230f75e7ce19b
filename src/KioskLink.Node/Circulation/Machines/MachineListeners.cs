using System.Net;
using System.Net.Sockets;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;

namespace KioskLink.Circulation.Machines;

/// <summary>Every listener of the configuration. Thread-safe.</summary>
internal sealed class MachineListeners : IAsyncDisposable
{
    private readonly List<Sip2Listener> _listeners = [];

    private MachineListeners()
    {
    }

    /// <summary>Where machines connect (`127.0.0.1:6001`).</summary>
    public IReadOnlyList<string> Addresses => [.. _listeners.Select(listener => listener.EndPoint.ToString())];

    /// <summary>What all listeners have done and hold.</summary>
    public ListenerCounts Counts => _listeners.Select(listener => listener.Counts).Aggregate(
        new ListenerCounts(0, 0, 0, 0, 0, 0),
        (sum, one) => new(sum.Open + one.Open, sum.Accepted + one.Accepted, sum.Refused + one.Refused, sum.Messages + one.Messages, sum.SentAgain + one.SentAgain, sum.Failed + one.Failed));

    /// <summary>Begins to listen everywhere, or nowhere.</summary>
    /// <param name="config">The section, checked.</param>
    /// <param name="logins">The machines.</param>
    /// <param name="branch">The branch that is meant before a machine has logged in.</param>
    /// <param name="circulation">Who answers, by the login that is meant where machines need none.</param>
    /// <param name="report">Hears what happens, with the number of the listener.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">An address is taken or is not this machine's; the message is a sentence.</exception>
    public static async Task<MachineListeners> StartAsync(
        Sip2Config config, MachineLogins logins, string branch, Func<string?, ICirculation> circulation, Action<int, ListenerReport> report, TimeProvider time)
    {
        var all = new MachineListeners();
        foreach (var listener in config.Listeners)
        {
            try
            {
                var number = all._listeners.Count;
                var profile = listener.WithoutLogin is { } login ? logins.ProfileOf(login) : MachineProfiles.BeforeLogin(branch);
                var options = OptionsOf(listener, config.Limits, profile) with { Report = heard => report(number, heard) };
                all._listeners.Add(Sip2Listener.Start(options, circulation(listener.WithoutLogin), time));
            }
            catch (SocketException taken)
            {
                await all.DisposeAsync();
                throw new IOException($"SIP2 cannot listen on {listener.Address} ({taken.Message}): stop the program that uses it, or change \"sip2.listeners\".", taken);
            }
        }
        return all;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
    }

    private static Sip2ListenerOptions OptionsOf(Sip2ListenConfig listener, Sip2LimitsConfig limits, DeviceProfile profile) => new()
    {
        EndPoint = IPEndPoint.Parse(listener.Address),
        Sources = ListenCheck.SegmentOf(listener),
        Tls = ListenerCertificate.Read(listener),
        Rules = new SessionRules
        {
            Profile = profile,
            LoginRequired = listener.WithoutLogin is null,
            BeforeLogin = listener.BeforeLogin,
        },
        Limits = new ListenerLimits
        {
            Connections = limits.Connections,
            ConnectionsPerSource = limits.ConnectionsPerSource,
            ConnectionsPerLogin = limits.ConnectionsPerLogin,
            ConnectionsWithoutLogin = limits.ConnectionsWithoutLogin,
        },
    };
}
