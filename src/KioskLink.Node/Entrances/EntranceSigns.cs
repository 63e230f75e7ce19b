using KioskLink.Devices.Readers;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting.Wiring;

namespace KioskLink.Node.Entrances;

/// <summary>The lights, buzzers and display of one entrance: says the effects of the <see cref="FeedbackPlan"/> in the words of the devices.</summary>
internal sealed class EntranceSigns(EntranceConfig entrance, DeviceLines lines)
{
    private static readonly TimeSpan Tone = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongTone = TimeSpan.FromMilliseconds(400);

    private readonly IReadOnlyList<string> _panels = [.. entrance.Cards.Append(entrance.Pin).OfType<string>().Distinct()];

    /// <summary>Shows or sounds one effect; returns at once. What a device cannot do, or is offline for, it does not do.</summary>
    public void Show(FeedbackEffect effect)
    {
        switch (effect)
        {
            case ShowSign(Sign.OutOfService, _):
                // Nothing is lent: the fallback shows, as it does once the node is dead.
                Light(new LedSetting { CancelTemporary = true });
                break;
            case ShowSign(var sign, var span):
                Light(new LedSetting { Temporary = PatternOf(sign), TemporaryFor = span });
                break;
            case Sound(var tones):
                foreach (var panel in _panels)
                    lines.Beep(panel, BeepOf(tones));
                break;
            case ShowText(var text, var span):
                Write(text, span);
                break;
            case SetFallback(var text):
                Light(new LedSetting { Permanent = PatternOf(Sign.OutOfService) });
                Write(text, null);
                break;
        }
    }

    /// <summary>Lets the entrance's scanners read, or keeps them from it; readers that take no such command read on. Returns at once.</summary>
    public void Listen(bool listens)
    {
        foreach (var reader in entrance.Cards)
            lines.SetEnabled(reader, listens);
    }

    private void Light(LedSetting setting)
    {
        foreach (var panel in _panels)
            lines.SetLed(panel, setting);
    }

    private void Write(string text, TimeSpan? span)
    {
        if (entrance.Display is { } display)
            lines.ShowText(display, new DisplayText(DisplayFolding.Fold(text, DisplayFolding.MostCharacters, latin1: true), span));
    }

    private static LedPattern PatternOf(Sign sign) => sign switch
    {
        Sign.Ready => LedPattern.Steady(LedColor.Blue),
        Sign.Busy => LedPattern.Steady(LedColor.Amber),
        Sign.Granted => LedPattern.Steady(LedColor.Green),
        Sign.Refused => LedPattern.Steady(LedColor.Red),
        _ => new LedPattern(LedColor.Red, LedColor.Black, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(1800)),
    };

    private static BeepPattern BeepOf(Tones tones) => tones switch
    {
        Tones.Read => BeepPattern.Short,
        Tones.Granted => new BeepPattern(LongTone, TimeSpan.Zero),
        _ => new BeepPattern(Tone, Tone, Count: 3),
    };
}
