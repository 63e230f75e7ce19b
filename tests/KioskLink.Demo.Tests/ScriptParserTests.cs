using KioskLink.Demo.Script;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Tests;

public class ScriptParserTests
{
    [Theory]
    [InlineData("card 29909090000018", typeof(CardStep))]
    [InlineData("  pin 2601  ", typeof(PinStep))]
    [InlineData("expect\tGRANTED \t REGISTER\r", typeof(ExpectStep))]
    [InlineData("expect GRANTED", typeof(ExpectStep))]
    [InlineData("expect OFFLINE_NOT_CACHED REPLICA", typeof(ExpectStep))]
    [InlineData("door unlocked", typeof(DoorStep))]
    [InlineData("door push", typeof(DoorStep))]
    [InlineData("network cut", typeof(NetworkStep))]
    [InlineData("ban demo-aino self-service", typeof(BanStep))]
    [InlineData("lift demo-aino use", typeof(BanStep))]
    [InlineData("reader unplug", typeof(ReaderStep))]
    [InlineData("node kill", typeof(ProgramStep))]
    [InlineData("register start", typeof(ProgramStep))]
    [InlineData("checkout 29909090000018 KL0001", typeof(MachineStep))]
    [InlineData("checkin KL0001 refused", typeof(MachineStep))]
    [InlineData("renew 29909090000018 KL0001", typeof(MachineStep))]
    [InlineData("wait 300ms", typeof(WaitStep))]
    [InlineData("settled", typeof(SettledStep))]
    [InlineData("# a remark", typeof(CommentStep))]
    public void Every_step_of_the_language_is_read(string line, Type step) => Assert.IsType(step, ScriptParser.ParseLine(line, 1));

    [Theory]
    [InlineData("open sesame")]
    [InlineData("card")]
    [InlineData("pin 12x4")]
    [InlineData("pin 12345678901234567")]
    [InlineData("expect granted")]
    [InlineData("expect GRANTED SOMEWHERE")]
    [InlineData("door slam")]
    [InlineData("door 1")]
    [InlineData("network off")]
    [InlineData("ban demo-aino everything")]
    [InlineData("checkout KL0001")]
    [InlineData("checkin KL0001 gladly")]
    [InlineData("wait 5")]
    [InlineData("wait 2h")]
    [InlineData("node restart")]
    public void A_line_that_is_no_step_is_named(string line)
    {
        var problem = Assert.Throws<ScriptException>(() => ScriptParser.Parse(["# one", "", line]));
        Assert.Equal(3, problem.Line);
        Assert.StartsWith("line 3: ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_PIN_is_masked_in_what_is_printed()
    {
        var step = ScriptParser.ParseLine("pin 8317", 1)!;
        Assert.Equal("pin ****", step.Text);
        Assert.Equal("8317", ((PinStep)step).Digits);
    }

    [Theory]
    [InlineData("8317")]
    [InlineData("pinn 8317")]
    [InlineData("pin 8317 now")]
    [InlineData("pin 8317x")]
    public void A_mistyped_PIN_is_not_repeated(string line) =>
        Assert.DoesNotContain("8317", Assert.Throws<ScriptException>(() => ScriptParser.ParseLine(line, 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("wait 300ms", 300)]
    [InlineData("wait 2s", 2000)]
    [InlineData("wait 1.5s", 1500)]
    [InlineData("wait 1m", 60_000)]
    public void Times_have_units(string line, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Assert.IsType<WaitStep>(ScriptParser.ParseLine(line, 1)).Time);

    [Fact]
    public void Every_decision_code_can_be_expected()
    {
        foreach (var code in Enum.GetValues<DecisionCode>().Where(code => code != DecisionCode.Unspecified))
        {
            var step = Assert.IsType<ExpectStep>(ScriptParser.ParseLine("expect " + Words.Of(code), 1));
            Assert.Equal(code, step.Code);
        }
    }
}
