using System.Net;
using System.Text;
using System.Threading.Channels;
using KioskLink.Benchmarks.Load;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Sip2.Server;
using KioskLink.Sip2.Tests.Server;

namespace KioskLink.Benchmarks.Machines;

/// <summary>Row 9: 63 answered by 64 from a library in memory, at 1, 64 and 1 000 connections, and 5 000 connections held, each beside an echo server.</summary>
internal static class Sip2Row
{
    private const int Held = 5000, Machines = 64;
    private const string Ask = $"6300720261121    233000          AOKIRJ|AA{MemoryCirculation.Card}|AC|";

    private static readonly byte[] Login = Encoding.ASCII.GetBytes("9300CNkiosk1|COs3cret|CPHALL|\r");
    private static readonly byte[] WithoutPin = Encoding.ASCII.GetBytes(Ask + "\r");
    private static readonly byte[] WithPin = Encoding.ASCII.GetBytes($"{Ask}AD{MemoryCirculation.Pin}|\r");

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        var part = duration / 11;
        await using var echo = new EchoServer();
        await using var listener = Listen();
        await RateAsync(1, echo.EndPoint, part, isEcho: true, WithPin);
        var full = 0.0;
        foreach (var connections in new[] { 1, Machines, 1000 })
        {
            var bare = await RateAsync(connections, echo.EndPoint, part, isEcho: true, WithPin);
            var without = await RateAsync(connections, listener.EndPoint, part, isEcho: false, WithoutPin);
            var with = await RateAsync(connections, listener.EndPoint, part, isEcho: false, WithPin);
            report.Remark($"row 9, {connections} connections: echo {bare.PerCall}, 63 {without.PerCall}, 63 with PIN {with.PerCall} a message, both ends");
            report.Line($"row 9: 63 -> 64 without PIN, {connections} connections", without.PerSecond, "messages/s", bare.PerSecond);
            report.Line($"row 9: 63 -> 64 with PIN in session, {connections} connections", with.PerSecond, "messages/s", bare.PerSecond);
            full = connections == Machines ? with.PerSecond : full;
        }
        await ReportTenthAsync(full / 10, echo.EndPoint, listener.EndPoint, part, report);
        await ReportHeldAsync(echo.EndPoint, listener.EndPoint, report);
    }

    private static Sip2Listener Listen() => Sip2Listener.Start(
        new()
        {
            EndPoint = new(IPAddress.Loopback, 0),
            Limits = new ListenerLimits { ConnectionsPerSource = 2 * Held, ConnectionsPerLogin = 2 * Held },
        },
        new MemoryCirculation { RemembersQuestions = false },
        TimeProvider.System);

    private static async Task<Rate> RateAsync(int connections, IPEndPoint server, TimeSpan duration, bool isEcho, byte[] line)
    {
        var machines = await LineMachine.ConnectAllAsync(connections, server, isEcho ? null : Login);
        var begins = isEcho ? "63" : "64";
        var rate = await ClosedLoop.RateAsync(connections, duration, number => machines[number].SayAsync(line, begins));
        Array.ForEach(machines, machine => machine.Dispose());
        return rate;
    }

    private static async Task ReportTenthAsync(double perSecond, IPEndPoint echo, IPEndPoint listener, TimeSpan duration, Report report)
    {
        var bare = await OpenAsync(perSecond, echo, duration, isEcho: true);
        var ours = await OpenAsync(perSecond, listener, duration, isEcho: false);
        report.Remark($"row 9, {perSecond:0}/s: echo {bare}; 63 with PIN {ours}");
        report.Line("row 9: 63 -> 64 with PIN at a tenth of full load, p99", ours.P99, "ms", bare.P99);
    }

    private static async Task<Sample> OpenAsync(double perSecond, IPEndPoint server, TimeSpan duration, bool isEcho)
    {
        var free = Channel.CreateUnbounded<LineMachine>();
        var machines = await LineMachine.ConnectAllAsync(Machines, server, isEcho ? null : Login);
        foreach (var machine in machines)
            await free.Writer.WriteAsync(machine);
        var times = await OpenLoop.RunAsync(perSecond, duration, async _ =>
        {
            var machine = await free.Reader.ReadAsync();
            await machine.SayAsync(WithPin, isEcho ? "63" : "64");
            await free.Writer.WriteAsync(machine);
        });
        Array.ForEach(machines, machine => machine.Dispose());
        return new(times);
    }

    // Both ends are in this process: the echo server's figure says how much of it is the client's and the socket's.
    private static async Task ReportHeldAsync(IPEndPoint echo, IPEndPoint listener, Report report)
    {
        var bare = await HoldAsync(echo, isEcho: true);
        var ours = await HoldAsync(listener, isEcho: false);
        report.Line($"row 9: managed memory of a held connection of {Held}, both ends", ours, "KiB", bare);
    }

    private static async Task<double> HoldAsync(IPEndPoint server, bool isEcho)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var machines = await LineMachine.ConnectAllAsync(Held, server, isEcho ? null : Login);
        foreach (var machine in machines)
        {
            await machine.SayAsync(WithPin, isEcho ? "63" : "64");
            machine.Rest();
        }
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / Held;
        // Every one of them is still served.
        foreach (var machine in machines)
        {
            await machine.SayAsync(WithPin, isEcho ? "63" : "64");
            machine.Dispose();
        }
        return each;
    }
}
