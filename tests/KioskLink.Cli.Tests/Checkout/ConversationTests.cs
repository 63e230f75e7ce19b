using KioskLink.Sip2.Circulation;
using KioskLink.Testing;

namespace KioskLink.Cli.Checkout;

/// <summary><c>sip2 client</c> with somebody at the keyboard.</summary>
public sealed class ConversationTests : IAsyncDisposable
{
    private const string Prompt = "sip2> ", AskForPin = "PIN, or Enter for none:";
    private readonly SmallLibrary _library = new();
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Somebody_at_a_keyboard_is_greeted_and_prompted_for_each_line()
    {
        var printed = await TypeAsync(["status", "help", "quit"]);

        Assert.Equal((0, ""), (printed.Code, printed.Errors));
        Assert.Contains($"A checkout machine at 127.0.0.1:{_library.Listener.EndPoint.Port}. `help` lists what it can do, `quit` ends it.", printed.Output, StringComparison.Ordinal);
        Assert.Equal(3, Count(Prompt, printed.Output));
        Assert.Contains("The library system is online", printed.Output, StringComparison.Ordinal);
        Assert.Contains("checkout CARD ITEM", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_is_neither_greeted_nor_prompted_and_its_first_failure_ends_it()
    {
        var printed = await CommandLine.RunTyping(["status", "nonsense", "status"], Arguments());

        Assert.Equal(2, printed.Code);
        Assert.DoesNotContain(Prompt, printed.Output, StringComparison.Ordinal);
        Assert.Contains("line 2: `nonsense` is no step", printed.Errors, StringComparison.Ordinal);
        Assert.Equal(1, Count("The library system is online", printed.Output));
    }

    [Fact]
    public async Task A_failure_ends_nothing_where_somebody_types()
    {
        var printed = await TypeAsync(["nonsense", "expect yes", "checkin I9", "expect yes", "end", "status"]);

        Assert.Equal(0, printed.Code);
        Assert.Equal(4, Count("kiosklink: ", printed.Errors));
        Assert.Contains("The library system is online", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_PIN_is_not_typed_where_others_see_it()
    {
        var printed = await TypeAsync([$"pin {SmallLibrary.Pin}", "pin", $"patron {SmallLibrary.Card}", "quit"], SmallLibrary.Pin);

        Assert.Contains("A PIN is not typed where others see it: write `pin` alone", printed.Errors, StringComparison.Ordinal);
        Assert.Contains("the PIN is right", printed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(SmallLibrary.Pin, printed.Output + printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_PIN_is_asked_for_once_for_each_card_and_need_not_be_given()
    {
        var printed = await TypeAsync([$"patron {SmallLibrary.Card}", $"patron {SmallLibrary.Card}", "patron 29909090000026", "quit"], SmallLibrary.Pin, "");

        Assert.Equal((0, ""), (printed.Code, printed.Errors));
        Assert.Equal((2, 2), (Count(AskForPin, printed.Output), Count("the PIN is right", printed.Output)));
        Assert.Equal([true, true, false], _library.Questions.OfType<PatronQuestion>().Select(question => question.Pin.Typed is not null || question.Pin.Proven));
    }

    public async ValueTask DisposeAsync()
    {
        await _library.DisposeAsync();
        _folder.Dispose();
    }

    private static int Count(string what, string text) => text.Split(what).Length - 1;

    private Task<Printed> TypeAsync(IEnumerable<string> lines, params string[] secrets) => CommandLine.RunAtKeyboard(lines, secrets, Arguments());

    private IEnumerable<string> Arguments() =>
        ["sip2", "client", "--port", $"{_library.Listener.EndPoint.Port}", "--user", SmallLibrary.User, "--password", _folder.Write("password", SmallLibrary.Password + "\n")];
}
