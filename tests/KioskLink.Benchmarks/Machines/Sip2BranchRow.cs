using System.Globalization;
using System.Net;
using System.Text;
using KioskLink.Benchmarks.Load;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Demo;
using KioskLink.Demo.Setup;
using KioskLink.Demo.World;
using KioskLink.Testing;

namespace KioskLink.Benchmarks.Machines;

/// <summary>
/// Row 9 through a whole branch: machines ask the demo's node, which asks the register behind its network, each a program of its own;
/// beside an echo server on the same sockets. And the node's resident memory with 5 000 machines that have logged in.
/// </summary>
internal static class Sip2BranchRow
{
    private const int Held = 5000;

    private static readonly byte[] Login = Encoding.ASCII.GetBytes($"9300CN{SelfCheckLogin.User}|CO{SelfCheckLogin.Password}|CP|\r");
    private static readonly byte[] WithoutPin = Encoding.ASCII.GetBytes(Ask("AC|") + "\r");
    private static readonly byte[] WithPin = Encoding.ASCII.GetBytes(Ask("AC|AD2601|") + "\r");

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        using var folder = new TempFolder();
        await using var echo = new EchoServer();
        await using var world = new DemoWorld(
            new DemoOptions(
                folder.Path, DataIsTemporary: false, Headless: true, Script: null, Patrons: null, Reader: null, ReaderBaud: 9600, ReaderAddress: 0,
                PagePort: 0, RegisterPort: FreePort.Next(), KioskPort: FreePort.Next())
            { MachinePort = FreePort.Next() },
            TextWriter.Null,
            TimeProvider.System);
        await world.StartAsync();
        var part = duration / 9;
        foreach (var connections in new[] { 1, 64, 1000 })
        {
            var bare = await RateAsync(connections, echo.EndPoint, part, isEcho: true, WithPin);
            var without = await RateAsync(connections, world.MachineEndPoint, part, isEcho: false, WithoutPin);
            var with = await RateAsync(connections, world.MachineEndPoint, part, isEcho: false, WithPin);
            report.Line($"row 9 through node and register: 63 -> 64 without PIN, {connections} connections", without, "messages/s", bare);
            report.Line($"row 9 through node and register: 63 -> 64 with PIN, {connections} connections", with, "messages/s", bare);
        }

        await ReportHeldAsync(world, report);
    }

    private static string Ask(string rest) => $"6300720261121    233000          AO{DemoBranch.Id}|AA29909090000018|{rest}";

    private static async Task<double> RateAsync(int connections, IPEndPoint server, TimeSpan duration, bool isEcho, byte[] line)
    {
        var machines = await LineMachine.ConnectAllAsync(connections, server, isEcho ? null : Login);
        // The first PIN of a session is hashed, which is slow for a reason; the row is about what follows.
        foreach (var machine in machines)
            await machine.SayAsync(line, isEcho ? "63" : "64");
        var rate = await ClosedLoop.RateAsync(connections, duration, number => machines[number].SayAsync(line, isEcho ? "63" : "64"));
        Array.ForEach(machines, machine => machine.Dispose());
        return rate.PerSecond;
    }

    private static async Task ReportHeldAsync(DemoWorld world, Report report)
    {
        var before = ResidentMegabytes(world.NodeProcess);
        var machines = await LineMachine.ConnectAllAsync(Held, world.MachineEndPoint, Login);
        foreach (var machine in machines)
            await machine.SayAsync(WithoutPin, "64");
        var held = ResidentMegabytes(world.NodeProcess);
        await machines[^1].SayAsync(WithPin, "64");
        Array.ForEach(machines, machine => machine.Dispose());
        report.Line($"row 9: resident memory of the node's program with {Held} machines that have logged in and asked", held, "MB", before);
    }

    private static double ResidentMegabytes(int process) => double.Parse(
        File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1000;
}
