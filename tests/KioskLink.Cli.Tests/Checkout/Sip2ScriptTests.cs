using KioskLink.Testing;

namespace KioskLink.Cli.Checkout;

/// <summary>Scripts of <c>sip2 client</c> at a real listener, and what is typed into it.</summary>
public sealed class Sip2ScriptTests : IAsyncDisposable
{
    private readonly SmallLibrary _library = new();
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_script_lends_and_returns_and_judges_answers()
    {
        var printed = await Script($"""
            # the ordinary evening
            login
            pin {SmallLibrary.Pin}
            patron {SmallLibrary.Card}
            expect yes
            expect CQ Y
            expect AE
            checkout {SmallLibrary.Card} I1
            expect AJ Seitsemän *
            expect done 1
            checkout {SmallLibrary.Card} I1
            expect no
            expect AF Lainassa toisella
            checkin I1
            expect yes
            end
            """);

        Assert.Equal((0, ""), (printed.Code, printed.Errors));
        Assert.Contains("   8  checkout I1: Lent: Seitsemän veljestä", printed.Output, StringComparison.Ordinal);
        Assert.All([SmallLibrary.Pin, SmallLibrary.Card, "Aino"], secret => Assert.DoesNotContain(secret, printed.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("expect no", "expected no, and heard: The library system is online")]
    [InlineData("expect AH 2026*", "expected AH, and the answer has none.")]
    [InlineData("expect online N", "expected online N, and heard Y.")]
    public async Task The_line_that_fails_is_named_and_nothing_after_it_is_done(string expectation, string problem)
    {
        var printed = await Script($"status\n\n{expectation}\ncheckin I1\n");

        Assert.Equal(1, printed.Code);
        Assert.StartsWith($"kiosklink: line 3: {problem}", printed.Errors, StringComparison.Ordinal);
        Assert.Empty(_library.Questions);
    }

    [Fact]
    public async Task A_masked_value_cannot_be_expected()
    {
        var printed = await Script($"patron {SmallLibrary.Card}\nexpect AE Esimerkki*\n");

        Assert.Contains("line 2: AE is masked", printed.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status\nchekout 1 2", "steps:2: `chekout` is no step; there are login, status,")]
    [InlineData("checkout 1", "steps:1: write `checkout CARD ITEM`.")]
    [InlineData("expect", "steps:1: `expect` takes yes, no, or a field")]
    public async Task A_line_that_is_no_step_is_named_before_anything_is_sent(string text, string problem)
    {
        var printed = await Script(text);

        Assert.Equal(2, printed.Code);
        Assert.StartsWith($"kiosklink: {problem}", printed.Errors, StringComparison.Ordinal);
        Assert.Equal(0, _library.Listener.Counts.Accepted);
    }

    [Fact]
    public async Task Lines_from_a_pipe_are_a_script()
    {
        var printed = await CommandLine.RunTyping(["status", "expect yes", "checkin I7", "expect yes"], Client());

        Assert.Equal(1, printed.Code);
        Assert.Contains("line 4: expected yes, and heard: Not taken back.", printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pin_of_one_card_is_not_sent_with_another()
    {
        await Script($"pin {SmallLibrary.Pin}\npatron {SmallLibrary.Card}\npatron 29909090000026\ncheckout {SmallLibrary.Card} I1\n");

        Assert.Equal([true, false], _library.Questions.OfType<Sip2.Circulation.PatronQuestion>().Select(asked => asked.Pin.Typed is not null || asked.Pin.Proven));
    }

    [Fact]
    public async Task Help_lists_every_verb()
    {
        var printed = await CommandLine.RunTyping(["help"], Client());

        Assert.All(Verb.All, verb => Assert.Contains(verb.Name, printed.Output, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _library.DisposeAsync();
        _folder.Dispose();
    }

    private Task<Printed> Script(string text) => CommandLine.Run([.. Client(), "--script", _folder.Write("steps", text)]);

    private IEnumerable<string> Client() =>
        ["sip2", "client", "--port", $"{_library.Listener.EndPoint.Port}", "--user", SmallLibrary.User, "--password", _folder.Write("password", SmallLibrary.Password)];
}
