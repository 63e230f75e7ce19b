using System.Globalization;
using System.Net;
using KioskLink.Demo.Setup;
using KioskLink.Sip2;
using KioskLink.Sip2.Client;
using KioskLink.Sip2.Server;
using KioskLink.Sip2.Transcript;

namespace KioskLink.Demo.Machine;

/// <summary>The machine's wire: a SIP2 client that talks to the demo's node over a socket, and what is spoken on it, masked.</summary>
internal sealed class MachineLine : IAsyncDisposable
{
    // A patron presses the button again, so nothing keeps the machine from trying.
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(1);
    private readonly TimeProvider _time;

    /// <summary>Makes the client; it connects when it is first asked.</summary>
    public MachineLine(IPEndPoint node, TimeProvider time)
    {
        _time = time;
        Client = new Sip2Client(
            new Sip2ClientOptions
            {
                Host = node.Address.ToString(),
                Port = node.Port,
                Login = new ClientLogin(SelfCheckLogin.User, Secret.From(SelfCheckLogin.Password)),
                Institution = DemoBranch.Id,
                Zone = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Helsinki", out var zone) ? zone : TimeZoneInfo.Local,
                ReconnectMin = ReconnectDelay,
                ReconnectMax = ReconnectDelay,
                Transcript = Hear,
            },
            time);
    }

    /// <summary>The client.</summary>
    public Sip2Client Client { get; }

    /// <summary>A message was spoken.</summary>
    public event Action<WireLine>? Spoken;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Client.DisposeAsync();

    private void Hear(TranscriptLine line)
    {
        var told = ExplainedMessage.Of(line.Text);
        Spoken?.Invoke(new WireLine(
            _time.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
            line.FromDevice,
            told.Code == 0 ? "" : ((int)told.Code).ToString("00", CultureInfo.InvariantCulture),
            told.Name,
            line.Text,
            [.. told.Fields.Select(field => new WireField(field.Id, field.Name, field.Value, field.Meaning))]));
    }
}
