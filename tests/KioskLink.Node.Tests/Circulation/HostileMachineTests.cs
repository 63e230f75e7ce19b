using System.Net.Sockets;
using KioskLink.Circulation.Machines;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>Whoever floods the node's listener, or guesses at it, gets nowhere, and a machine beside it notices nothing.</summary>
public class HostileMachineTests
{
    private const int Silent = 1000, Addresses = 10;

    [Fact]
    public async Task A_thousand_connections_that_never_log_in_keep_no_machine_out()
    {
        await using var hall = await MachineHall.OpenAsync();
        await using var lending = await hall.LogInAsync();
        var silent = await Task.WhenAll(Enumerable.Range(0, Silent).Select(number => KeepSilentAsync(hall, $"127.0.1.{1 + (number % Addresses)}")));

        await using var late = await hall.LogInAsync();

        Assert.Contains("|BLY|CQY|", await late.SayAsync(MachineHall.Ask63), StringComparison.Ordinal);
        Assert.Contains("|BLY|CQY|", await lending.SayAsync(MachineHall.Ask63), StringComparison.Ordinal);
        await Patience.Until(() => hall.Desk.Counts.Open <= new Sip2LimitsConfig().ConnectionsWithoutLogin + 2, "the oldest to have made room");
        foreach (var connection in silent.OfType<LineDevice>())
            await connection.DisposeAsync();
    }

    [Fact]
    public async Task Connections_of_one_address_beyond_its_share_are_refused_and_others_are_not()
    {
        await using var hall = await MachineHall.OpenAsync(sip2 => sip2 with { Limits = sip2.Limits with { ConnectionsPerSource = 5, ConnectionsPerLogin = 3 } });
        var greedy = new List<LineDevice>();
        for (var connection = 0; connection < 6; connection++)
            greedy.Add(await hall.ConnectAsync("127.0.1.1"));

        Assert.Equal("", await greedy[5].HearAsync());
        for (var login = 0; login < 3; login++)
            Assert.Equal("941", await greedy[login].SayAsync(MachineHall.Login));
        Assert.Equal("940", await greedy[3].SayAsync(MachineHall.Login));
        await using var booking = await hall.LogInAsync("9300CNbooking|COsecret|");
        foreach (var connection in greedy)
            await connection.DisposeAsync();
    }

    [Fact]
    public async Task Guesses_at_a_pin_over_many_connections_each_reach_the_count_of_the_register()
    {
        await using var hall = await MachineHall.OpenAsync();
        var wrong = MachineHall.Ask63.Replace(FakeLending.Pin, "0000", StringComparison.Ordinal);
        for (var connection = 0; connection < FakeLending.GuessesMax; connection++)
        {
            await using var guesser = await hall.LogInAsync(from: $"127.0.1.{1 + connection}");
            Assert.Contains("|CQN|", await guesser.SayAsync(wrong), StringComparison.Ordinal);
        }

        await using var last = await hall.LogInAsync();
        Assert.Contains("|CQN|", await last.SayAsync(MachineHall.Ask63), StringComparison.Ordinal);
        Assert.Equal(FakeLending.GuessesMax + 1, hall.Lending.CallsOf<GetPatronInformationRequest>().Select(call => call.AttemptId).Distinct().Count());
    }

    [Fact]
    public async Task Guesses_at_a_machine_s_password_are_one_alarm_and_no_way_in()
    {
        await using var hall = await MachineHall.OpenAsync();
        for (var guess = 0; guess < RefusedSources.WrongMax; guess++)
        {
            await using var guesser = await hall.ConnectAsync("127.0.1.1");
            Assert.Equal("940", await guesser.SayAsync($"9300CNkiosk1|COguess{guess}|"));
        }

        await using var right = await hall.ConnectAsync("127.0.1.1");
        Assert.Equal("940", await right.SayAsync(MachineHall.Login));
        await using var machine = await hall.LogInAsync();
        Assert.Single(hall.Parts.Alarms.Standing, alarm => alarm.Contains("logins are refused", StringComparison.Ordinal));
    }

    // One of the oldest may have had to make room before it knew that it was connected.
    private static async Task<LineDevice?> KeepSilentAsync(MachineHall hall, string from)
    {
        try
        {
            return await hall.ConnectAsync(from);
        }
        catch (SocketException gone) when (gone.SocketErrorCode == SocketError.ConnectionReset)
        {
            return null;
        }
    }
}
