using KioskLink.Node.AlarmPanels;
using KioskLink.Node.Diagnostics;
using KioskLink.Rules.Alarms;
using KioskLink.Rules.Premises;

namespace KioskLink.Node.Tests.AlarmPanels;

/// <summary>What the burglar alarm raises and clears: each in a kind of its own, so that each goes to whom it concerns.</summary>
public class PanelWordsTests
{
    [Theory]
    [InlineData(PanelEffect.TellBurglary, PanelEffect.TellBurglaryEnded, AlarmKind.Burglary, AlarmSeverity.Critical)]
    [InlineData(PanelEffect.TellFault, PanelEffect.TellFaultEnded, AlarmKind.AlarmPanelFault, AlarmSeverity.Warning)]
    [InlineData(PanelEffect.TellNotArmed, PanelEffect.TellArmed, AlarmKind.AlarmNotArmed, AlarmSeverity.Critical)]
    [InlineData(PanelEffect.TellNotDisarmed, PanelEffect.TellDisarmed, AlarmKind.AlarmNotDisarmed, AlarmSeverity.Critical)]
    [InlineData(PanelEffect.TellRefused, PanelEffect.Arm, AlarmKind.People, AlarmSeverity.Warning)]
    [InlineData(PanelEffect.TellRefused, PanelEffect.TellArmed, AlarmKind.People, AlarmSeverity.Warning)]
    [InlineData(PanelEffect.TellRefused, PanelEffect.TellCalledOff, AlarmKind.People, AlarmSeverity.Warning)]
    public void What_the_panel_tells_has_a_kind_and_a_severity_of_its_own_and_an_end(PanelEffect begins, PanelEffect ends, AlarmKind kind, AlarmSeverity severity)
    {
        var (subject, sentence) = Assert.Single(PanelWords.AlarmsOf(begins, people: 2));

        Assert.NotNull(sentence);
        Assert.Equal((kind, severity), (AlarmSubjects.KindOf(subject), AlarmKinds.SeverityOf(kind)));
        Assert.Contains((subject, null), PanelWords.AlarmsOf(ends, people: 0));
    }

    [Fact]
    public void Every_effect_has_words_of_its_own()
    {
        var effects = Enum.GetValues<PanelEffect>();
        Assert.Equal(effects.Length, effects.Select(PanelWords.Of).Distinct().Count());
    }
}
