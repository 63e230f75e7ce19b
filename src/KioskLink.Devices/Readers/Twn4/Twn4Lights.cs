namespace KioskLink.Devices.Readers.Twn4;

/// <summary>What the lights of a TWN4 are to show: it measures no times, so a temporary pattern ends here. Any thread sets, the reader's loop asks.</summary>
internal sealed class Twn4Lights(TimeProvider clock)
{
    private static readonly LedPattern Dark = LedPattern.Steady(LedColor.Black);

    // It has no blue: a short green flash is told from the steady green of an open door.
    private static readonly LedPattern Ready = new(LedColor.Green, LedColor.Black, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(1900));

    private readonly Lock _gate = new();
    private readonly long _start = clock.GetTimestamp();
    private LedPattern _permanent = Dark;
    private LedPattern? _temporary;
    private TimeSpan _until;
    private LedPattern? _shown;

    /// <summary>When the lights change by themselves; null for never.</summary>
    public TimeSpan? ChangesIn
    {
        get
        {
            lock (_gate)
                return _temporary is null ? null : _until - Now;
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_start);

    /// <summary>Takes an order.</summary>
    public void Set(LedSetting setting)
    {
        lock (_gate)
        {
            _permanent = setting.Permanent ?? _permanent;
            if (setting.CancelTemporary || setting.Temporary is not null)
                _temporary = setting.Temporary;
            _until = setting.Temporary is null ? _until : Now + setting.TemporaryFor;
        }
    }

    /// <summary>The pattern to show, if it is another than is shown; it counts as shown from here on.</summary>
    public LedPattern? TakeChange()
    {
        lock (_gate)
        {
            if (_temporary is not null && Now >= _until)
                _temporary = null;
            var wanted = _temporary ?? _permanent;
            if (wanted.On == LedColor.Blue)
                wanted = Ready;
            if (wanted == _shown)
                return null;
            return _shown = wanted;
        }
    }

    /// <summary>The reader shows nothing any more.</summary>
    public void Forget()
    {
        lock (_gate)
            _shown = null;
    }

    /// <summary>The lights of a colour.</summary>
    public static byte LightsOf(LedColor color) => color switch
    {
        LedColor.Black => 0,
        LedColor.Red or LedColor.Magenta => SwitchLeds.Red,
        LedColor.Amber or LedColor.White => SwitchLeds.Yellow,
        _ => SwitchLeds.Green,
    };
}
