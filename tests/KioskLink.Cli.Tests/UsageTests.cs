namespace KioskLink.Cli;

/// <summary>What every command line gets, whatever it asks for: completion, and an error that repeats no secret.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("", "access ban branch door journal node patron register")]
    [InlineData("ban ", "add lift list")]
    [InlineData("ban add 1001 ", "loan self-service use")]
    [InlineData("register r", "rotate-key")]
    [InlineData("access explain --c", "--card --config --customer")]
    public async Task Tab_completes_nouns_verbs_kinds_and_options(string typed, string words)
    {
        var printed = await CommandLine.Run($"[suggest:{typed.Length}]", typed);

        Assert.Equal(0, printed.Code);
        var offered = printed.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.All(words.Split(' '), word => Assert.Contains(word, offered));
    }

    [Theory]
    [InlineData("29909090000018")]
    [InlineData("patron", "29909090000018")]
    [InlineData("ban", "add", "1001", "29909090000018", "--reason-code", "x")]
    [InlineData("ban", "add", "1001", "use", "29909090000018", "--reason-code", "x")]
    [InlineData("ban", "add", "1001", "use", "--reason-code", "x", "--until", "29909090000018")]
    [InlineData("patron", "show", "--crad", "010594Y9032")]
    [InlineData("patron", "show", "1001", "020594X903P")]
    public async Task What_was_typed_in_the_wrong_place_is_not_repeated_where_it_may_be_a_card_or_identity_code(params string[] args)
    {
        var printed = await CommandLine.Run(args);

        Assert.Equal(2, printed.Code);
        Assert.Single(printed.Errors.TrimEnd('\n').Split('\n'));
        Assert.All(["29909090000018", "9032", "903P", "010594", "020594"], secret => Assert.DoesNotContain(secret, printed.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_word_that_is_not_known_is_named() =>
        Assert.Equal("kiosklink: `remove` is not known here. `kiosklink ban --help` shows how.\n", (await CommandLine.Run("ban", "remove")).Errors);
}
