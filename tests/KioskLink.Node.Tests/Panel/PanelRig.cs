using KioskLink.Devices;
using KioskLink.Node.Entrances;
using KioskLink.Node.Hosting;
using KioskLink.Node.Pages;
using KioskLink.Node.Panel;
using KioskLink.Rules.Access;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Panel;

/// <summary>The node's pages with one panel on a free port, and the entrance's end of its keys.</summary>
internal sealed class PanelRig : IAsyncDisposable
{
    private PagesHost _host = null!;

    public PanelView View { get; } = new();

    /// <summary>What the entrance was told, as the keys' characters.</summary>
    public Inbox<string> Pressed { get; } = new();

    public HttpClient Browser { get; private set; } = null!;

    public static async Task<PanelRig> StartAsync()
    {
        var rig = new PanelRig();
        var panel = new PatronPanel("front-in", rig.View, () => Prompts.In(Language.Fi), rig.Take, TimeProvider.System);
        rig._host = await PagesHost.StartAsync(new ListenConfig { Pages = "127.0.0.1:0" }, new Dictionary<string, PatronPanel> { [panel.EntranceId] = panel }, null, TimeProvider.System, Serilog.Core.Logger.None);
        rig.Browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(rig._host.Address) };
        return rig;
    }

    public void Show(Sign sign, string text)
    {
        View.Show(new ShowSign(sign, TimeSpan.FromSeconds(10)));
        View.Show(new ShowText(text, TimeSpan.FromSeconds(10)));
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _host.DisposeAsync();
    }

    private void Take(DeviceEvent happened) => Pressed.Post(new string(((KeysPressed)happened).Keys.Keys));
}
