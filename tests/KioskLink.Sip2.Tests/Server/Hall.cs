using System.Net;
using KioskLink.Sip2.Server;
using KioskLink.Testing;

namespace KioskLink.Sip2.Tests.Server;

/// <summary>A listener on loopback with a library in memory, and what it reports.</summary>
internal sealed class Hall : IAsyncDisposable
{
    public const string Login = "9300CNkiosk1|COs3cret|CPHALL|", Time = "20261121    233000";
    public const string Ask63 = $"63007{Time}          AOKIRJ|AA{MemoryCirculation.Card}|AC|AD{MemoryCirculation.Pin}|";

    public Hall(Func<Sip2ListenerOptions, Sip2ListenerOptions>? change = null, TimeProvider? time = null, MemoryCirculation? circulation = null)
    {
        Circulation = circulation ?? new();
        var options = new Sip2ListenerOptions
        {
            EndPoint = new(IPAddress.Loopback, 0),
            Report = Reports.Post,
            Rules = new SessionRules { Profile = new DeviceProfile { Institution = "KIRJ", Language = Language.English } },
        };
        Listener = Sip2Listener.Start(change?.Invoke(options) ?? options, Circulation, time ?? TimeProvider.System);
    }

    public MemoryCirculation Circulation { get; }

    public Inbox<ListenerReport> Reports { get; } = new();

    public Sip2Listener Listener { get; }

    public Task<RawDevice> ConnectAsync(bool tls = false) => RawDevice.ConnectAsync(Listener.EndPoint, tls);

    public async Task<RawDevice> LogInAsync()
    {
        var device = await ConnectAsync();
        Assert.Equal("941", await device.SayAsync(Login));
        return device;
    }

    public Task<ListenerReport> Reported(SessionEvent what) => Reports.NextWhere(report => report.Event == what, what.ToString());

    public ValueTask DisposeAsync() => Listener.DisposeAsync();
}
