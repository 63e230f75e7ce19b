using System.Buffers;
using KioskLink.Devices;
using KioskLink.Devices.Readers;
using KioskLink.Node.Entrances;
using KioskLink.Rules.Access;

namespace KioskLink.Node.Panel;

/// <summary>One entrance's on-screen keypad: what it shows, and where its keys go. Thread-safe.</summary>
/// <param name="entranceId">The entrance.</param>
/// <param name="view">What is shown.</param>
/// <param name="prompts">The lines of the door's first language.</param>
/// <param name="post">Hands keys to the entrance as its keypad would; returns at once.</param>
/// <param name="time">Dates them.</param>
internal sealed class PatronPanel(string entranceId, PanelView view, Func<Prompts> prompts, Action<DeviceEvent> post, TimeProvider time)
{
    /// <summary>The name under which the panel's keys come; no device of node.json may be called so.</summary>
    public const string DeviceId = "panel";

    /// <summary>The most keys that are taken at once.</summary>
    public const int KeysMax = 32;

    private static readonly SearchValues<byte> Keys = SearchValues.Create("0123456789*#"u8);

    /// <summary>The entrance.</summary>
    public string EntranceId { get; } = entranceId;

    /// <summary>What is shown.</summary>
    public PanelView View { get; } = view;

    /// <summary>What is shown, in a language: what the door says before there is a decision is said in it, a decision in its patron's own.</summary>
    public PanelShown In(PanelShown shown, Language language) => shown with { Text = prompts().Translate(shown.Text, Prompts.In(language)) };

    /// <summary>Presses keys: digits, `*` to clear, `#` to end. False: there are too many, or others among them, and none is pressed.</summary>
    /// <param name="keys">ASCII; wiped by whoever owns them.</param>
    public bool TryPress(ReadOnlySpan<byte> keys)
    {
        if (keys.IsEmpty || keys.Length > KeysMax || keys.ContainsAnyExcept(Keys))
            return false;
        Span<char> pressed = stackalloc char[KeysMax];
        for (var at = 0; at < keys.Length; at++)
            pressed[at] = (char)keys[at];
        post(new KeysPressed(DeviceId, new PinKeys(pressed[..keys.Length]), Stale: false, time.GetUtcNow()));
        pressed.Clear();
        return true;
    }
}
