using System.Net;
using System.Text.RegularExpressions;
using KioskLink.Sip2.Client;
using KioskLink.Sip2.Tests.Server;
using KioskLink.Testing;

namespace KioskLink.Sip2.Tests.Client;

public sealed class ClientTests
{
    private const string Online = "98YYYYYN10000320261121    2330002.00AOKIRJ|BXYYYYYYYYYYYYNYYY|";
    private const string Patron = "64              00720261121    233000000000000001000000000000AOKIRJ|AA1|AEx|BLY|CQY|";

    [Theory]
    [InlineData(true, ClientMode.Persistent)]
    [InlineData(false, ClientMode.Persistent)]
    [InlineData(true, ClientMode.ShortLived)]
    public async Task A_client_and_our_own_server_do_everything_together(bool errorDetection, ClientMode mode)
    {
        await using var hall = new Hall();
        await using var client = new Sip2Client(Options(hall.Listener.EndPoint.Port) with { ErrorDetection = errorDetection, Mode = mode }, TimeProvider.System);
        const string card = MemoryCirculation.Card;
        using var pin = Secret.From(MemoryCirculation.Pin);
        Assert.True((await client.AskAsync<AcsStatusResponse>(ClientRequests.Status())).Answer!.OnLine);
        Assert.True((await client.AskAsync<PatronStatusResponse>(client.Requests.PatronStatus(card, pin))).Answer!.ValidPin);
        Assert.Equal("Virtanen Ville", (await client.AskAsync<PatronInformationResponse>(client.Requests.Patron(card, pin, Language.Finnish))).Answer!.Name);
        Assert.True((await client.AskAsync<CheckoutResponse>(client.Requests.CheckOut(card, "ITEM1", pin))).Answer!.Ok);
        Assert.Equal(["ITEM1"], (await client.AskAsync<PatronInformationResponse>(client.Requests.Patron(card, pin, list: PatronList.Charged))).Answer!.Charged);
        Assert.Equal(CirculationStatus.Charged, (await client.AskAsync<ItemInformationResponse>(client.Requests.Item("ITEM1"))).Answer!.Status);
        Assert.True((await client.AskAsync<RenewResponse>(client.Requests.Renew(card, "ITEM1", pin))).Answer!.Ok);
        Assert.Equal(1, (await client.AskAsync<RenewAllResponse>(client.Requests.RenewAll(card, pin))).Answer!.RenewedCount);
        Assert.True((await client.AskAsync<CheckinResponse>(client.Requests.CheckIn("ITEM1"))).Answer!.Ok);
        Assert.Equal(3, (await client.AskAsync<HoldResponse>(client.Requests.Hold(card, "ITEM1", pin: pin))).Answer!.QueuePosition);
        Assert.True((await client.AskAsync<FeePaidResponse>(client.Requests.Pay(card, 1.5m, "tx-1"))).Answer!.Accepted);
        Assert.True((await client.AskAsync<EndSessionResponse>(client.Requests.End(card))).Answer!.Ended);
        Assert.Equal(MemoryCirculation.Pin, System.Text.Encoding.UTF8.GetString(pin.Utf8));
        Assert.Equal(mode == ClientMode.Persistent ? 1 : 12, hall.Listener.Counts.Accepted);
    }

    [Fact]
    public async Task A_client_logs_in_tells_its_status_and_counts_its_messages()
    {
        await using var library = new ScriptedLibrary(Answers());
        await using var client = new Sip2Client(Options(library.Port), TimeProvider.System);
        Assert.True((await Ask(client)).IsAnswered);
        Assert.True((await Ask(client)).IsAnswered);
        string[] heard = [.. library.Heard.Drain()];
        Assert.Equal(["93", "99", "63", "63"], heard.Select(line => line[..2]));
        Assert.Equal(["0", "1", "2", "3"], heard.Select(line => Regex.Match(line, "AY(.)AZ").Groups[1].Value));
    }

    [Fact]
    public async Task An_empty_PIN_is_never_sent()
    {
        await using var library = new ScriptedLibrary(Answers());
        await using var client = new Sip2Client(Options(library.Port), TimeProvider.System);
        using var blanks = Secret.From("  ");
        Assert.Equal(ClientFailure.EmptyPin, (await client.AskAsync<PatronInformationResponse>(client.Requests.Patron("1", blanks))).Failure);
        Assert.Equal(0, library.Connections);
    }

    [Fact]
    public async Task Without_an_answer_a_question_is_repeated_and_a_loan_is_not()
    {
        var time = new VirtualTime();
        await using var library = new ScriptedLibrary(line => line.StartsWith("63", StringComparison.Ordinal) || line.StartsWith("11", StringComparison.Ordinal) ? "" : Answers()(line));
        await using var client = new Sip2Client(Options(library.Port) with { KeepAlive = TimeSpan.FromHours(1) }, time);
        var asked = Ask(client);
        for (var sent = 0; sent < 4; sent++)
        {
            await library.Heard.NextWhere(line => line.StartsWith("63", StringComparison.Ordinal), "63");
            await Patience.Until(() => time.TimersSet >= 2, "the client waits");
            time.Advance(TimeSpan.FromSeconds(11));
        }
        Assert.Equal(ClientFailure.NoAnswer, (await Patience.For(asked, "the end")).Failure);
        var loan = client.AskAsync<CheckoutResponse>(client.Requests.CheckOut("1", "ITEM1"));
        await library.Heard.NextWhere(line => line.StartsWith("11", StringComparison.Ordinal), "11");
        await Patience.Until(() => time.TimersSet >= 2, "the client waits");
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(ClientFailure.OutcomeUnknown, (await Patience.For(loan, "the end")).Failure);
        Assert.False(library.Heard.Any);
    }

    [Fact]
    public async Task A_connection_that_was_closed_meanwhile_is_opened_again()
    {
        var close = false;
        await using var library = new ScriptedLibrary(line => close && line.StartsWith("63", StringComparison.Ordinal) && !(close = false) ? null : Answers()(line));
        await using var client = new Sip2Client(Options(library.Port), TimeProvider.System);
        Assert.True((await Ask(client)).IsAnswered);
        close = true;
        Assert.True((await Ask(client)).IsAnswered);
        Assert.Equal(2, library.Connections);
    }

    [Fact]
    public async Task A_loan_on_a_connection_that_breaks_has_an_unknown_outcome()
    {
        await using var library = new ScriptedLibrary(line => line.StartsWith("11", StringComparison.Ordinal) ? null : Answers()(line));
        await using var client = new Sip2Client(Options(library.Port), TimeProvider.System);
        Assert.Equal(ClientFailure.OutcomeUnknown, (await client.AskAsync<CheckoutResponse>(client.Requests.CheckOut("1", "ITEM1"))).Failure);
        Assert.Equal(1, library.Connections);
    }

    [Fact]
    public async Task A_library_system_that_is_away_is_left_alone_for_a_while()
    {
        var time = new VirtualTime();
        var port = FreePort.Next();
        await using var client = new Sip2Client(Options(port), time);
        Assert.Equal(ClientFailure.NotConnected, (await Ask(client)).Failure);
        await using var library = new Hall(options => options with { EndPoint = new(IPAddress.Loopback, port) });
        Assert.Equal(ClientFailure.NotConnected, (await Ask(client)).Failure);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True((await Ask(client)).IsAnswered);
    }

    [Fact]
    public async Task A_refused_login_and_an_off_line_system_are_told_apart()
    {
        await using var refusing = new ScriptedLibrary(Answers("940"));
        await using var refused = new Sip2Client(Options(refusing.Port), TimeProvider.System);
        Assert.Equal(ClientFailure.LoginRefused, (await Ask(refused)).Failure);
        await using var offLine = new ScriptedLibrary(Answers(status: Online.Replace("98YY", "98NN", StringComparison.Ordinal)));
        await using var client = new Sip2Client(Options(offLine.Port), TimeProvider.System);
        Assert.Equal(ClientFailure.OffLine, (await Ask(client)).Failure);
        Assert.False(client.Status!.OnLine);
    }

    [Fact]
    public async Task A_quiet_connection_is_kept_alive()
    {
        var time = new VirtualTime();
        await using var library = new ScriptedLibrary(Answers());
        await using var client = new Sip2Client(Options(library.Port), time);
        await Ask(client);
        library.Heard.Drain();
        time.Advance(TimeSpan.FromSeconds(121));
        Assert.StartsWith("99", await library.Heard.Next("a sign of life"), StringComparison.Ordinal);
        Assert.Equal(1, library.Connections);
    }

    [Fact]
    public async Task Whoever_gives_up_costs_the_connection_and_not_the_next_answer()
    {
        var silent = true;
        await using var library = new ScriptedLibrary(line => silent && line.StartsWith("63", StringComparison.Ordinal) ? "" : Answers()(line));
        await using var client = new Sip2Client(Options(library.Port), TimeProvider.System);
        using var giveUp = new CancellationTokenSource();
        var asked = client.AskAsync<PatronInformationResponse>(client.Requests.Patron("1", null), giveUp.Token);
        await library.Heard.NextWhere(line => line.StartsWith("63", StringComparison.Ordinal), "63");
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        silent = false;
        Assert.True((await Ask(client)).IsAnswered);
        Assert.Equal(2, library.Connections);
    }

    [Fact]
    public async Task Too_many_requests_fail_at_once()
    {
        await using var library = new ScriptedLibrary(line => line.StartsWith("63", StringComparison.Ordinal) ? "" : Answers()(line));
        var client = new Sip2Client(Options(library.Port) with { QueueMax = 2 }, TimeProvider.System);
        var waiting = new[] { Ask(client), Ask(client) };
        Assert.Equal(ClientFailure.Busy, (await Ask(client)).Failure);
        await library.Heard.NextWhere(line => line.StartsWith("63", StringComparison.Ordinal), "63");
        await client.DisposeAsync();
        await Assert.AllAsync(waiting, task => Assert.ThrowsAnyAsync<OperationCanceledException>(() => task));
    }

    [Theory]
    [InlineData("Problems handling the request: x\r")]
    [InlineData("no answer without an end")]
    public async Task An_answer_that_is_none_is_an_error_and_a_new_connection(string answer)
    {
        var odd = true;
        await using var library = new ScriptedLibrary(line => odd && line.StartsWith("63", StringComparison.Ordinal) ? answer + new string('x', 70_000) + "\r" : Answers()(line));
        await using var client = new Sip2Client(Options(library.Port), TimeProvider.System);
        Assert.Equal(ClientFailure.Unexpected, (await Ask(client)).Failure);
        odd = false;
        Assert.True((await Ask(client)).IsAnswered);
        Assert.Equal(2, library.Connections);
    }

    [Fact]
    public void Options_that_cannot_be_kept_make_no_client()
    {
        Assert.Throws<ArgumentException>(() => new Sip2Client(Options(1) with { QueueMax = 0 }, TimeProvider.System));
        Assert.NotNull((Options(1) with { Login = new ClientLogin("x", Secret.From("")) }).Problem);
    }

    private static Task<ClientResult<PatronInformationResponse>> Ask(Sip2Client client) =>
        Patience.For(client.AskAsync<PatronInformationResponse>(client.Requests.Patron("1", null)), "an answer");

    private static Sip2ClientOptions Options(int port) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Institution = "KIRJ",
        Login = new ClientLogin("kiosk1", Secret.From("s3cret")),
    };

    // Answers in the way of a well-behaved system, with the number of the request.
    private static Func<string, string> Answers(string login = "941", string status = Online) => line =>
    {
        var body = line[..2] switch { "93" => login, "99" => status, "11" => "121NUY20261121    233000AOKIRJ|AA1|ABITEM1|AJx|AH|", _ => Patron };
        return CoreSession.Checked(body, Regex.Match(line, "AY(.)AZ").Groups[1].Value) + "\r";
    };
}
