using System.Text;
using KioskLink.Sip2.Server;
using KioskLink.Sip2.Tests.Server;
using KioskLink.Testing;

namespace KioskLink.Sip2.Tests.Hostile;

/// <summary>Machines that mean harm, over real sockets: each is stopped at a limit, and another machine notices nothing.</summary>
public sealed class HostileMachineTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public async Task A_message_without_an_end_is_cut_off_at_its_limit()
    {
        await using var hall = new Hall();
        await using var good = await hall.LogInAsync();
        await using var endless = await hall.LogInAsync();
        await FloodAsync(endless, Encoding.ASCII.GetBytes("63" + new string('A', 10_000)));
        await hall.Reported(SessionEvent.TooLong);
        await endless.ClosedAsync();
        await AssertServedAsync(good);
    }

    [Fact]
    public async Task A_message_of_too_many_fields_ends_its_connection()
    {
        await using var hall = new Hall();
        await using var good = await hall.LogInAsync();
        await using var wide = await hall.LogInAsync();
        await wide.SendAsync("35" + new string('|', 5000) + "\r");
        await wide.ClosedAsync();
        await hall.Reported(SessionEvent.TooLong);
        await AssertServedAsync(good);
    }

    [Fact]
    public async Task Binary_noise_and_messages_of_other_protocols_harm_nobody()
    {
        await using var hall = new Hall();
        await using var good = await hall.LogInAsync();
        for (var seed = 0; seed < 200; seed++)
        {
            await using var noisy = seed % 2 == 0 ? await hall.ConnectAsync() : await hall.LogInAsync();
            var random = new Random(seed);
            await SendQuietlyAsync(noisy, seed % 5 == 0 ? "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray() : Fuzz.Noise(random, random.Next(1, 3000)));
        }
        await AssertServedAsync(good);
    }

    [Fact]
    public async Task A_machine_that_sends_a_message_byte_by_byte_for_ever_is_closed()
    {
        var time = new VirtualTime();
        await using var hall = new Hall(time: time);
        await using var good = await hall.LogInAsync();
        await using var slow = await hall.LogInAsync();
        var heard = hall.Listener.Counts.Messages;
        for (var second = 0; second < 40; second += 10)
        {
            await SendQuietlyAsync(slow, "6"u8.ToArray());
            // A message of another machine shows that the listener has had its turn since.
            await AssertServedAsync(good);
            time.Advance(TimeSpan.FromSeconds(10));
        }
        await slow.ClosedAsync();
        await hall.Reported(SessionEvent.MessageTooSlow);
        Assert.Equal(heard + 4, hall.Listener.Counts.Messages);
        await AssertServedAsync(good);
    }

    [Fact]
    public async Task A_machine_that_asks_and_never_reads_is_closed_and_its_questions_do_not_pile_up()
    {
        var time = new VirtualTime();
        await using var hall = new Hall(time: time, circulation: new MemoryCirculation { RemembersQuestions = false });
        await using var good = await hall.LogInAsync();
        await using var deaf = await hall.LogInAsync();
        var flood = FloodAsync(deaf, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Hall.Ask63 + "\r", 100))));
        // The flood stops by itself when the socket's buffers are full both ways; then the time to take an answer runs.
        for (var before = -1L; hall.Listener.Counts.Open > 1; before = await StallAsync(hall, before))
            time.Advance(TimeSpan.FromSeconds(before == hall.Listener.Counts.Messages ? 31 : 0));
        await hall.Reported(SessionEvent.AnswerNotTaken);
        await Patience.For(flood, "the flood to end");
        await AssertServedAsync(good);
    }

    [Fact]
    public async Task Half_messages_of_many_machines_never_take_more_memory_than_their_limit()
    {
        await using var hall = new Hall(options => options with { Limits = new ListenerLimits { HalfMessageBytes = Megabyte } });
        await using var good = await hall.LogInAsync();
        var half = Encoding.ASCII.GetBytes("63" + new string('x', 50_000));
        var machines = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => hall.LogInAsync()));
        await Task.WhenAll(machines.Select(machine => SendQuietlyAsync(machine, half)));
        await hall.Reported(SessionEvent.TooMuchHalf);
        await AssertServedAsync(good);
        // Their connections end, and with them what they held: the next large message has room again.
        await Task.WhenAll(machines.Select(machine => machine.DisposeAsync().AsTask()));
        await Patience.Until(() => hall.Listener.Counts.Open == 1, "all of them are gone");
        await using var large = await hall.LogInAsync();
        Assert.Contains("CQY|", await large.SayAsync(Hall.Ask63 + string.Concat(Enumerable.Repeat("ZZ" + new string('x', 5000) + "|", 8))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_nonsense_is_reported_more_and_more_seldom()
    {
        await using var hall = new Hall();
        await using var hostile = await hall.LogInAsync();
        await hostile.SendAsync(string.Concat(Enumerable.Repeat("42\r", 1000)));
        await AssertServedAsync(hostile);
        Assert.Equal(10, hall.Reports.Drain().Count(report => report.Event == SessionEvent.UnknownCommand));
    }

    [Fact]
    public async Task Machines_that_speak_at_once_each_get_their_own_answers()
    {
        await using var hall = new Hall(circulation: new MemoryCirculation { RemembersQuestions = false });
        var machines = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => hall.LogInAsync()));
        await Task.WhenAll(machines.Select(async (machine, number) =>
        {
            for (var turn = 0; turn < 40; turn++)
                Assert.Contains($"|AA{number}-{turn}|", await machine.SayAsync($"63007{Hall.Time}          AOKIRJ|AA{number}-{turn}|"), StringComparison.Ordinal);
            await machine.DisposeAsync();
        }));
        Assert.Equal(50 * 41, hall.Listener.Counts.Messages);
    }

    [Fact]
    public async Task PIN_guesses_over_many_connections_all_reach_whoever_counts_them()
    {
        await using var hall = new Hall();
        var machines = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hall.LogInAsync()));
        var answers = await Task.WhenAll(machines.Select((machine, guess) => machine.SayAsync(Hall.Ask63.Replace("AD4711", $"AD{guess:0000}", StringComparison.Ordinal))));
        Assert.All(answers, answer => Assert.Contains("CQN|", answer, StringComparison.Ordinal));
        Assert.Equal(20, hall.Circulation.Questions.OfType<Circulation.PatronQuestion>().Count(question => question is { Pin.Typed: not null, Pin.Proven: false }));
        foreach (var machine in machines)
            await machine.DisposeAsync();
    }

    private static async Task AssertServedAsync(RawDevice machine) =>
        Assert.Contains("BLY|CQY|", await machine.SayAsync(Hall.Ask63), StringComparison.Ordinal);

    // How many messages were taken, a moment later; as many as before where nothing moves.
    private static async Task<long> StallAsync(Hall hall, long before)
    {
        var now = hall.Listener.Counts.Messages;
        await Task.Delay(before == now ? 1 : 300);
        return now;
    }

    private static async Task FloodAsync(RawDevice machine, byte[] bytes)
    {
        try
        {
            for (var time = 0; time < 100_000; time++)
                await machine.SendAsync(bytes);
        }
        catch (IOException)
        {
            // Closed by the other side, as it should be.
        }
    }

    private static async Task SendQuietlyAsync(RawDevice machine, byte[] bytes)
    {
        try
        {
            await machine.SendAsync(bytes);
        }
        catch (IOException)
        {
            // Closed by the other side, as it may be.
        }
    }
}
