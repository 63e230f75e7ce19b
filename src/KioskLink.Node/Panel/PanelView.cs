using KioskLink.Node.Entrances;

namespace KioskLink.Node.Panel;

/// <summary>The on-screen side of one entrance: takes the same effects as its readers, and tells whoever looks at the page. Thread-safe.</summary>
internal sealed class PanelView
{
    private readonly Lock _gate = new();
    private PanelShown _shown = new(Sign.OutOfService, "", null, 0, 0);
    private TaskCompletionSource _changed = New();

    /// <summary>What is shown now.</summary>
    public PanelShown Shown
    {
        get
        {
            lock (_gate)
                return _shown;
        }
    }

    /// <summary>Shows or sounds one effect; returns at once.</summary>
    public void Show(FeedbackEffect effect)
    {
        lock (_gate)
        {
            var next = effect switch
            {
                ShowSign(var sign, _) => _shown with { Sign = sign },
                ShowText(var text, _) => _shown with { Text = text },
                SetFallback(var text) when _shown.Text.Length == 0 => _shown with { Text = text },
                Sound(var tones) => _shown with { Tones = tones, Sounded = _shown.Sounded + 1 },
                _ => _shown,
            };
            if (next == _shown)
                return;
            _shown = next with { Version = _shown.Version + 1 };
            _changed.SetResult();
            _changed = New();
        }
    }

    /// <summary>Waits until something else is shown than a version, and returns it.</summary>
    public async Task<PanelShown> AfterAsync(long version, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_shown.Version != version)
                    return _shown;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
