using System.Globalization;
using KioskLink.Node.Entrances;

namespace KioskLink.Node.Tests.Entrances;

/// <summary>Scripts of keys: C a card, 0-9 digits, * and #, X a lost device; and ~n, a word of its own, a wait of n seconds.</summary>
public sealed class PinEntryTests
{
    private static readonly PinRules FourToEight = new(4, 8);

    [Theory]
    [InlineData("C1234", "1234")]
    [InlineData("C1234#", "1234")]
    [InlineData("C#", "")]
    [InlineData("C12#", "12")]
    [InlineData("C12*1234", "1234")]
    [InlineData("C12*34*1234", "1234")]
    [InlineData("C12C1234", "1234")]
    [InlineData("C ~9 1 ~9 2 ~9 3 ~2 4", "1234")]
    [InlineData("C1234C5678", "1234 5678")]
    public void Four_digits_submit_by_themselves(string script, string submitted) => Assert.Equal(submitted, Play(PinRules.FourDigits, script));

    [Theory]
    [InlineData("C1234", "-")]
    [InlineData("C1234 ~2", "1234")]
    [InlineData("C1234 ~1.9", "-")]
    [InlineData("C1234 ~1.5 5 ~2", "12345")]
    [InlineData("C12345678", "12345678")]
    [InlineData("C123456#", "123456")]
    [InlineData("C123 ~2", "-")]
    public void A_longer_pin_is_submitted_by_hash_by_its_greatest_length_or_by_a_pause(string script, string submitted) =>
        Assert.Equal(submitted, Play(FourToEight, script));

    [Theory]
    [InlineData("1234")]
    [InlineData("#")]
    [InlineData("**##*1")]
    [InlineData("~40")]
    [InlineData("X")]
    public void Without_a_card_keys_are_dropped(string script) => Assert.Equal("-", Play(PinRules.FourDigits, script));

    [Theory]
    [InlineData("C**")]
    [InlineData("C12**34#")]
    [InlineData("C12 ~10")]
    [InlineData("C ~10")]
    [InlineData("C123X4#")]
    public void An_entry_that_is_cancelled_or_timed_out_or_unplugged_is_no_try(string script) => Assert.Equal("-", Play(PinRules.FourDigits, script));

    [Fact]
    public void Clearing_twice_with_a_digit_between_does_not_cancel() => Assert.Equal("1234", Play(PinRules.FourDigits, "C1*2*1234"));

    [Fact]
    public void The_whole_entry_ends_after_thirty_seconds_however_steadily_keys_come() =>
        Assert.Equal("-", Play(PinRules.FourDigits, "C1 ~9 * ~9 1 * ~9 1 ~3 1234"));

    [Fact]
    public void Digits_past_the_buffer_are_a_broken_invariant()
    {
        using var pin = new PinBuffer();
        for (var index = 0; index < PinBuffer.Capacity; index++)
            pin.Append('1');

        Assert.Throws<IndexOutOfRangeException>(() => pin.Append('1'));
    }

    [Fact]
    public void A_wiped_buffer_holds_no_digit()
    {
        using var pin = new PinBuffer();
        pin.Append('8');
        var digits = pin.Digits;

        pin.Wipe();

        Assert.Equal(0, digits.Span[0]);
        Assert.Equal("0 digits", pin.ToString());
    }

    /// <summary>Plays a script and says what was submitted, "-" where nothing was.</summary>
    private static string Play(PinRules rules, string script)
    {
        var keypad = new ScriptedKeypad(rules);
        foreach (var word in script.Split(' '))
            if (word[0] == '~')
                keypad.Wait(double.Parse(word.AsSpan(1), CultureInfo.InvariantCulture));
            else
                foreach (var key in word)
                    keypad.Press(key);
        return keypad.Submitted.Count == 0 ? "-" : string.Join(' ', keypad.Submitted);
    }

    private sealed class ScriptedKeypad(PinRules rules)
    {
        private PinEntryState _state;
        private TimeSpan _now = TimeSpan.FromHours(1);
        private string _typed = "";

        public List<string> Submitted { get; } = [];

        public void Press(char key) => Step(key, key switch
        {
            'C' => PinInput.Card,
            '*' => PinInput.Clear,
            '#' => PinInput.Enter,
            'X' => PinInput.Abort,
            _ => PinInput.Digit,
        });

        public void Wait(double seconds)
        {
            for (var tenth = 0; tenth < (int)Math.Round(seconds * 10); tenth++)
            {
                _now += TimeSpan.FromMilliseconds(100);
                Step('-', PinInput.Tick);
            }
        }

        private void Step(char key, PinInput input)
        {
            (_state, var effect) = PinEntry.Step(rules, _state, input, _now);
            if (effect is PinEffect.Keep or PinEffect.KeepAndSubmit)
                _typed += key;
            if (effect is PinEffect.Submit or PinEffect.KeepAndSubmit)
                Submitted.Add(_typed);
            if (effect is PinEffect.Begin or PinEffect.Wipe or PinEffect.Forget)
                _typed = "";
        }
    }
}
