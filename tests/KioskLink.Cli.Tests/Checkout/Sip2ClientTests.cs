using System.Text;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;
using KioskLink.Testing;

namespace KioskLink.Cli.Checkout;

/// <summary><c>sip2 client</c> at a real listener.</summary>
public sealed class Sip2ClientTests : IAsyncDisposable
{
    private readonly SmallLibrary _library = new();
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_patron_is_told_in_one_sentence_and_the_pin_comes_from_a_file()
    {
        var printed = await Run("patron", SmallLibrary.Card, "--pin", _folder.Write("pin", SmallLibrary.Pin + "\n"));

        Assert.Equal(0, printed.Code);
        Assert.StartsWith("The card is good, the PIN is right. 0 on loan, 0 overdue, 1 on hold.", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_password_and_pin_are_asked_for_where_they_are_dashes()
    {
        var printed = await CommandLine.RunTyping([SmallLibrary.Password, SmallLibrary.Card, SmallLibrary.Pin], At("patron", "-", "--pin", "-", "--password", "-"));

        Assert.Equal((0, ""), (printed.Code, printed.Errors));
        Assert.Contains("the PIN is right", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_pin_is_a_no()
    {
        var printed = await Run("patron", SmallLibrary.Card, "--pin", _folder.Write("pin", "999999"));

        Assert.Equal(1, printed.Code);
        Assert.Contains("the PIN is wrong", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_is_lent_found_renewed_and_returned()
    {
        Assert.StartsWith("Lent: Seitsemän veljestä, due ", (await Run("checkout", SmallLibrary.Card, "I1")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Seitsemän veljestä: charged", (await Run("item", "I1")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Renewed: Seitsemän veljestä", (await Run("renew", SmallLibrary.Card, "I1")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Returned: Seitsemän veljestä, security on.", (await Run("checkin", "I1")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("end", SmallLibrary.Card)).Code);
    }

    [Fact]
    public async Task A_refused_loan_is_1_and_says_what_the_library_says()
    {
        await Run("checkout", SmallLibrary.Card, "I1");

        var printed = await Run("checkout", SmallLibrary.Card, "I1-other", "--json");
        var refused = await Run("checkin", "I9");

        Assert.True((bool)printed.Json["yes"]!);
        Assert.Equal((1, "Not taken back.\n  \"Ei lainassa\"\n"), (refused.Code, refused.Output));
    }

    [Theory]
    [InlineData("login", "Logged in.")]
    [InlineData("status", "The library system is online: loans yes, returns yes, renewals yes.")]
    public async Task A_machine_logs_in_and_asks_what_can_be_done(string verb, string sentence)
    {
        var printed = await Run(verb);

        Assert.Equal((0, sentence), (printed.Code, printed.Output.TrimEnd()));
    }

    [Fact]
    public async Task A_refused_login_names_what_to_look_at()
    {
        var printed = await CommandLine.RunTyping(["wrong"], At("status", "--password", "-"));

        Assert.Equal(1, printed.Code);
        Assert.Contains("refuses the login: look at --user", printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_3()
    {
        await _library.DisposeAsync();

        Assert.Equal(3, (await Run("status")).Code);
    }

    [Fact]
    public async Task A_loan_that_nobody_answers_says_that_it_may_have_been_done()
    {
        await using var slow = new SmallLibrary(
            new DeviceProfile { Institution = "X", ReplyTimeout = TimeSpan.FromSeconds(2), Retries = 0 }, new ListenerLimits { Answer = TimeSpan.FromSeconds(30) })
        { IsSilent = true };

        var printed = await CommandLine.Run("sip2", "client", "checkout", SmallLibrary.Card, "I1", "--port", $"{slow.Listener.EndPoint.Port}", "--user", SmallLibrary.User, "--password", PasswordFile());

        Assert.Equal(1, printed.Code);
        Assert.Contains("it may have been done: look with `patron` or `item`", printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_transcript_tells_messages_in_words_and_hides_every_secret()
    {
        var printed = await Run("patron", SmallLibrary.Card, "--pin", _folder.Write("pin", SmallLibrary.Pin), "--transcript");

        Assert.Contains("→ 93 login", printed.Output, StringComparison.Ordinal);
        Assert.Contains("← 64 answer about the patron", printed.Output, StringComparison.Ordinal);
        Assert.Matches("CQ +PIN is right +Y +yes", printed.Output);
        AssertHidesSecrets(printed.Output + printed.Errors);
    }

    [Fact]
    public async Task The_transcript_for_programs_is_an_object_a_line()
    {
        var printed = await Run("checkout", SmallLibrary.Card, "I1", "--transcript", "--json");

        var lines = printed.JsonLines;
        Assert.Equal(["93", "94", "99", "98", "11", "12"], lines.SkipLast(1).Select(line => (string)line["code"]!));
        Assert.Equal(["machine", "library"], lines.Take(2).Select(line => (string)line["from"]!));
        Assert.Equal("checkout", (string?)lines[^1]["verb"]);
        Assert.Contains(lines[^1]["answer"]!["fields"]!.AsArray(), field => (string)field!["id"]! == "AJ" && (string)field["value"]! == SmallLibrary.Title);
        AssertHidesSecrets(printed.Output);
    }

    [Theory]
    [InlineData("utf-8", "C5BDC3A4")]
    [InlineData("latin1", "5AE4")]
    [InlineData("windows-1252", "8EE4")]
    [InlineData("cp850", "5A84")]
    [InlineData("ascii", "5A61")]
    public async Task Letters_are_sent_in_the_encoding_that_was_chosen(string encoding, string place)
    {
        var sent = await SentAsync("--encoding", encoding, "--location", "Žä");

        // CP and its delimiter are the same in all of them.
        Assert.Contains($"4350{place}7C", Convert.ToHexString(sent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cr", "\r")]
    [InlineData("crlf", "\r\n")]
    public async Task Messages_end_as_was_chosen(string terminator, string end)
    {
        var sent = Encoding.ASCII.GetString(await SentAsync("--terminator", terminator));

        Assert.Matches($"^93[^\r\n]*{end}(99[^\r\n]*{end})+$", sent);
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    public async Task Check_digits_are_sent_where_they_were_chosen(string detection, bool checks)
    {
        var sent = Encoding.ASCII.GetString(await SentAsync("--error-detection", detection));

        Assert.All(sent.Split('\r', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal(checks, line.Contains("AZ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_error_detection_no_message_carries_check_digits()
    {
        var printed = await Run("status", "--error-detection", "off", "--transcript", "--json");

        Assert.All(printed.JsonLines.SkipLast(1), line => Assert.Equal("", (string?)line["check"]));
    }

    [Fact]
    public async Task The_language_is_asked_for()
    {
        await Run("patron", SmallLibrary.Card, "--language", "sv");

        Assert.Equal(Sip2.Language.Swedish, _library.Questions.OfType<PatronQuestion>().Single().Asker.Language);
    }

    public async ValueTask DisposeAsync()
    {
        await _library.DisposeAsync();
        _folder.Dispose();
    }

    private static void AssertHidesSecrets(string text) => Assert.All(
        [SmallLibrary.Password, SmallLibrary.Card, SmallLibrary.Pin, SmallLibrary.Name, "Aino"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));

    // What the listener hears of a login and a status.
    private async Task<byte[]> SentAsync(params string[] options)
    {
        await using var tap = new WireTap(_library.Listener.EndPoint.Port);
        var printed = await CommandLine.Run(["sip2", "client", "status", "--port", $"{tap.Port}", "--user", SmallLibrary.User, "--password", PasswordFile(), .. options]);
        Assert.Equal((0, ""), (printed.Code, printed.Errors));
        return await tap.HeardAsync();
    }

    private string PasswordFile() => _folder.Write("password", SmallLibrary.Password + "\n");

    private IEnumerable<string> At(params string[] words) => ["sip2", "client", .. words, "--port", $"{_library.Listener.EndPoint.Port}", "--user", SmallLibrary.User];

    private Task<Printed> Run(params string[] words) => CommandLine.Run([.. At(words), "--password", PasswordFile()]);
}
