using KioskLink.Rules.Premises;

namespace KioskLink.Node.AlarmPanels;

/// <summary>What the burglar alarm tells in English, for journal and technicians.</summary>
internal static class PanelWords
{
    private const string Waits = "alarm-waits";
    private const string NotArmed = "alarm-not-armed";
    private const string NotDisarmed = "alarm-not-disarmed";

    /// <summary>The detail of a record.</summary>
    public static string Of(PanelEffect effect) => effect switch
    {
        PanelEffect.Arm => "alarm panel: told to arm",
        PanelEffect.Disarm => "alarm panel: told to disarm",
        PanelEffect.TellArmed => "alarm panel: armed",
        PanelEffect.TellDisarmed => "alarm panel: disarmed",
        PanelEffect.TellBurglary => "alarm panel: alarm",
        PanelEffect.TellBurglaryEnded => "alarm panel: alarm ended",
        PanelEffect.TellFault => "alarm panel: fault",
        PanelEffect.TellFaultEnded => "alarm panel: fault ended",
        PanelEffect.TellRefused => "alarm panel: not armed, people are counted inside",
        PanelEffect.TellCalledOff => "alarm panel: not armed any more, the branch opens",
        PanelEffect.TellNotArmed => "alarm panel: did not arm",
        _ => "alarm panel: did not disarm",
    };

    /// <summary>The alarms that an effect raises (a sentence) or clears (null), by their subjects.</summary>
    public static IReadOnlyList<(string Subject, string? Sentence)> AlarmsOf(PanelEffect effect, int people) => effect switch
    {
        PanelEffect.TellBurglary => [("burglary", "The burglar alarm has gone off: follow the branch's instructions for a burglary.")],
        PanelEffect.TellBurglaryEnded => [("burglary", null)],
        PanelEffect.TellFault => [("alarm-panel-fault", "The alarm panel tells of a fault: look at its display, and call its maintainer.")],
        PanelEffect.TellFaultEnded => [("alarm-panel-fault", null)],
        PanelEffect.TellRefused => [(Waits, $"The alarm was not armed after closing, since {people} are counted inside: look on the spot. It is armed once they have gone.")],
        PanelEffect.TellNotArmed => [(NotArmed, "The alarm panel did not arm when it was told to: look for open windows and its display, or arm it by hand.")],
        PanelEffect.TellNotDisarmed => [(NotDisarmed, "The alarm panel did not disarm when it was told to, so patrons are refused: look at its display, or disarm it by hand.")],
        PanelEffect.TellArmed => [(NotArmed, null), (Waits, null)],
        PanelEffect.TellDisarmed => [(NotDisarmed, null)],
        PanelEffect.Arm or PanelEffect.TellCalledOff => [(Waits, null)],
        _ => [],
    };
}
