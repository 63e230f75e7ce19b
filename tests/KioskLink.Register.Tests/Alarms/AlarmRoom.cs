using KioskLink.Protos.Register.V1;
using KioskLink.Register.Alarms;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Rules.Access;
using KioskLink.Rules.Alarms;
using KioskLink.Rules.Cards;
using NodaTime;
using AlarmRoute = KioskLink.Register.Alarms.AlarmRoute;

namespace KioskLink.Register.Tests.Alarms;

/// <summary>A register whose alarms go to a technician by e-mail, and to an on-call phone when nobody takes them.</summary>
internal sealed class AlarmRoom : IAsyncDisposable
{
    public static readonly AlarmPlace Front = new(TestRegister.Main, "main-front");

    private AlarmRoom(TestRegister register) => Register = register;

    public TestRegister Register { get; }

    public static TestCall Technician => TestCall.Of(CallerRole.Technician, "tekla");

    public Register.Alarms.AlarmService Service => Register.Service<Register.Alarms.AlarmService>();

    public AlarmDesk Desk => Register.Service<AlarmDesk>();

    public AlarmPost Post => Register.Service<AlarmPost>();

    public static AlarmRoute Route(string id, string channel, string to, Func<AlarmRoute, AlarmRoute>? change = null)
    {
        var route = new AlarmRoute { Id = id, Channel = channel, Recipients = [to] };
        return change?.Invoke(route) ?? route;
    }

    public static Task<AlarmRoom> StartAsync(params IReadOnlyList<AlarmRoute> routes) => StartAsync(
        new Dictionary<string, AlarmChannel> { ["mail"] = new MailChannel("alarms@test.example") },
        routes.Count > 0 ? routes : [Route("technician", "mail", "tekla@test.example", route => route with { Language = Language.En })]);

    public static async Task<AlarmRoom> StartAsync(IReadOnlyDictionary<string, AlarmChannel> channels, IReadOnlyList<AlarmRoute> routes) =>
        new(await TestRegister.StartAsync(alarms: new AlarmSetup(channels, routes)));

    /// <summary>Something fails at the front node.</summary>
    public async Task RaiseAsync(AlarmKind kind, string subject, AlarmPlace? place = null)
    {
        Desk.Raise(place ?? Front, kind, subject, "Device reader does not answer.");
        await Desk.FlushAsync();
    }

    public async Task ClearAsync(string subject, AlarmPlace? place = null)
    {
        Desk.Clear(place ?? Front, subject);
        await Desk.FlushAsync();
    }

    /// <summary>A node of the main branch is there.</summary>
    public void Enrol(string node)
    {
        var key = new byte[NodeKeys.NodeKeyLength];
        var ends = Register.Now + Duration.FromDays(90);
        Register.Service<NodeDirectory>().Put(new EnrolledNode(node, TestRegister.Main, KeyCustody.Tpm, key, NodeKeys.Derive(key), ends, false));
    }

    /// <summary>Its stream is up until the result is disposed.</summary>
    public IAsyncDisposable Connect(string node)
    {
        var ended = new CancellationTokenSource();
        return new Line(ended, Register.Service<NodeSessions>().ServeAsync(node, SessionKind.Sync, stop => Task.Delay(Timeout.Infinite, stop), ended.Token));
    }

    /// <summary>Time passes as the register's clock lets it: what is due is told and sent.</summary>
    public async Task AfterAsync(TimeSpan time, int steps = 1)
    {
        for (var step = 0; step < steps; step++)
        {
            Register.Time.Advance(time / steps);
            await Desk.FlushAsync();
            await Desk.TickAsync();
            await Post.SendDueAsync(CancellationToken.None);
            await Desk.FlushAsync();
        }
    }

    public async Task<IReadOnlyList<Alarm>> ListAsync(params AlarmState[] states) =>
        (await Service.ListAlarms(new ListAlarmsRequest { States = { states }, Language = Protos.Types.V1.Language.En }, Technician)).Alarms;

    /// <summary>The e-mails in the spool folder, oldest first, their texts in clear.</summary>
    public IReadOnlyList<string> Mails()
    {
        var folder = Path.Combine(Register.Folder, "spool", "mail");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).OrderBy(File.GetLastWriteTimeUtc).Select(Clear)] : [];
    }

    public IReadOnlyList<DeliveryRow> Deliveries()
    {
        using var db = Register.Core.Store.Read();
        return [.. db.Set<DeliveryRow>().OrderBy(row => row.CreatedAt)];
    }

    public ValueTask DisposeAsync() => Register.DisposeAsync();

    private static string Clear(string file)
    {
        var parts = File.ReadAllText(file).Split("\r\n\r\n", 2);
        return $"{parts[0]}\n\n{System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].Replace("\r\n", "", StringComparison.Ordinal)))}";
    }

    private sealed class Line(CancellationTokenSource ended, Task serving) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await ended.CancelAsync();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended.Dispose();
        }
    }
}
