using KioskLink.Node.Buses;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Panel;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;

namespace KioskLink.Node.Entrances;

/// <summary>One entrance with everything that belongs to it: intake, decisions, lights and display.</summary>
internal sealed class EntranceRoom : IDisposable
{
    private readonly Func<CancellationToken, Task> _serve;

    /// <summary>Wires an entrance.</summary>
    /// <param name="config">The entrance.</param>
    /// <param name="node">The node's configuration.</param>
    /// <param name="lines">The lines of its devices.</param>
    /// <param name="work">What is done elsewhere.</param>
    /// <param name="branch">The branch; null until the first sync.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="serve">Makes what serves the presentations in place of decisions; null decides.</param>
    public EntranceRoom(
        EntranceConfig config, NodeConfig node, DeviceLines lines, EntranceWork work, Func<BranchPolicy?> branch, TimeProvider time,
        Func<PresentationIntake, FeedbackPanel, Func<CancellationToken, Task>>? serve = null)
    {
        var outdoors = node.Devices.Any(device => config.Cards.Contains(device.Id) && device.Placement == Placement.Outside);
        var entrance = new Entrance(config.Id, config.Door, HasKeypad: config.Pin is not null || config.Panel, outdoors);
        var signs = new EntranceSigns(config, lines);
        var view = config.Panel ? new PanelView() : null;
        Prompts FirstPrompts() => Prompts.In(FirstLanguage(branch()));
        Panel = new FeedbackPanel(FirstPrompts, effect => Show(effect, signs, view), signs.Listen, time);
        Intake = new PresentationIntake(entrance, work, Panel, time);
        OnScreen = view is null ? null : new PatronPanel(config.Id, view, FirstPrompts, Intake.Post, time);
        _serve = serve?.Invoke(Intake, Panel) ?? new EntranceLoop(Intake.Presentations, work, Panel).RunAsync;
    }

    /// <summary>What the entrance shows.</summary>
    public FeedbackPanel Panel { get; }

    /// <summary>Its on-screen keypad; null where it has none.</summary>
    public PatronPanel? OnScreen { get; }

    /// <summary>Where the events of its devices go.</summary>
    public PresentationIntake Intake { get; }

    /// <summary>The entrance's loops, running until stopped.</summary>
    public IEnumerable<Task> RunAsync(CancellationToken stopping) => [Intake.RunAsync(stopping), _serve(stopping)];

    /// <summary>Ends timers and wipes the PIN.</summary>
    public void Dispose()
    {
        Intake.Dispose();
        Panel.Dispose();
    }

    private static void Show(FeedbackEffect effect, EntranceSigns signs, PanelView? view)
    {
        signs.Show(effect);
        view?.Show(effect);
    }

    private static Language FirstLanguage(BranchPolicy? branch) => branch is { Languages: [var first, ..] } ? first : Language.Fi;
}
