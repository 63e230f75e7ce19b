using System.Collections.Concurrent;
using System.Net;
using KioskLink.Demo.Setup;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>One fault at a real node is one message of a real register: by e-mail in the spool folder, and by a text message to a gateway.</summary>
public class AlarmScenarios
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_pulled_reader_is_one_e_mail_and_one_text_message_within_a_minute_and_plugged_back_one_more_that_it_is_over()
    {
        using var gateway = new Gateway();
        await using var branch = await Branch.OpenAsync(prepare: folder => WriteAlarms(folder, gateway.Address));
        var alarms = new AlarmService.AlarmServiceClient(branch.World.Register);
        await Patience.Until(async () => (await StandingAsync(alarms)).Count == 0, "nothing is wrong", Minute);
        Assert.Empty(Mails(branch));

        await branch.Actions.ReaderAsync(plug: false);
        await Patience.Until(() => Mails(branch).Length > 0 && !gateway.Bodies.IsEmpty, "the message leaves", Minute);
        var alarm = Assert.Single(await StandingAsync(alarms));
        Assert.Equal("Device front-reader does not answer", alarm.Title);
        Assert.Contains("front-reader", Assert.Single(gateway.Bodies), StringComparison.Ordinal);

        await branch.Actions.ReaderAsync(plug: true);
        await Patience.Until(() => Mails(branch).Length > 1 && gateway.Bodies.Count > 1, "its end is told", Minute);
        Assert.Equal((2, 2), (Mails(branch).Length, gateway.Bodies.Count));
        Assert.Contains("Över: ", gateway.Bodies.Last(), StringComparison.Ordinal);
        Assert.Empty(await StandingAsync(alarms));
    }

    private static async Task<IReadOnlyList<Alarm>> StandingAsync(AlarmService.AlarmServiceClient alarms) =>
        (await alarms.ListAlarmsAsync(new ListAlarmsRequest { Language = Protos.Types.V1.Language.En })).Alarms;

    private static string[] Mails(Branch branch)
    {
        var folder = Path.Combine(Path.GetDirectoryName(branch.World.Folder.RegisterConfig)!, "register", "spool", "mail");
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }

    private static void WriteAlarms(DemoFolder folder, string gateway) => File.WriteAllText(folder.Alarms, $$"""
        { "channels": { "mail": { "kind": "mail", "from": "alarms@test.example" },
                        "sms":  { "kind": "gateway", "url": "{{gateway}}", "contentType": "application/x-www-form-urlencoded", "body": "{text} {to}" } },
          "routes": [ { "id": "technician", "severity": "critical", "channel": "mail", "to": ["tekla@test.example"] },
                      { "id": "on-call", "severity": "critical", "channel": "sms", "to": ["+358401234567"], "language": "sv" } ] }
        """);

    /// <summary>A gateway of text messages: takes what is posted.</summary>
    private sealed class Gateway : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Gateway()
        {
            Address = $"http://127.0.0.1:{FreePort.Next()}/";
            _listener.Prefixes.Add(Address);
            _listener.Start();
            _ = ListenAsync();
        }

        public string Address { get; }

        public ConcurrentQueue<string> Bodies { get; } = new();

        public void Dispose() => _listener.Close();

        private async Task ListenAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext call;
                try
                {
                    call = await _listener.GetContextAsync();
                }
                catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using var reader = new StreamReader(call.Request.InputStream);
                Bodies.Enqueue(Uri.UnescapeDataString(await reader.ReadToEndAsync()));
                call.Response.Close();
            }
        }
    }
}
