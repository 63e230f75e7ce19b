namespace KioskLink.Devices.Virtual;

/// <summary>A device at the far end of a <see cref="VirtualLine"/>. The line calls it on its own thread; the device's people-side calls may come from any.</summary>
public abstract class VirtualDevice
{
    private IDeviceLine? _line;
    private bool _marked;
    private TimeSpan? _actingAt;
    private int _life;

    /// <summary>Something a test or a page may want to see has changed. Raised on the thread that changed it.</summary>
    public event Action? Changed;

    /// <summary>The device has its supply. Without it, it hears and says nothing.</summary>
    public bool Powered { get; private set; } = true;

    /// <summary>One device's state is changed by its line and by people: both take this lock.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>The time of the line it hangs on.</summary>
    protected TimeSpan Now => _line?.Now ?? TimeSpan.Zero;

    /// <summary>Takes the supply away: lights, memory and session are gone.</summary>
    public void PowerOff()
    {
        Change(() =>
        {
            Powered = false;
            _life++;
            LosePower();
        });
    }

    /// <summary>Gives the supply back: the device starts as new.</summary>
    public void PowerOn() => Change(() => Powered = true);

    internal void AttachTo(IDeviceLine line) => _line = line;

    /// <summary>Bytes from the panel, and when the last bit of the last had passed.</summary>
    internal void Hear(byte[] bytes, TimeSpan at) => Hearing(bytes, at)();

    /// <summary>The same for bytes that are on the wire still: they arrive unless supply or cable are gone by then, even if both are back.</summary>
    internal Action Hearing(byte[] bytes, TimeSpan at)
    {
        var life = Volatile.Read(ref _life);
        return () => Act(at, life, () => Receive(bytes));
    }

    /// <summary>The time for which <see cref="WakeAt"/> asked has come.</summary>
    internal void Wake()
    {
        lock (Gate)
            if (Powered)
                Elapsed();
        RaiseMarked();
    }

    /// <summary>The cable is pulled or back; the supply stays. What the device was about to say nobody hears.</summary>
    internal void LineChanged()
    {
        lock (Gate)
            _life++;
    }

    /// <summary>Everything a device forgets without supply.</summary>
    protected abstract void LosePower();

    /// <summary>Bytes from the panel.</summary>
    protected abstract void Receive(ReadOnlySpan<byte> bytes);

    /// <summary>A time asked for with <see cref="WakeAt"/> has come.</summary>
    protected virtual void Elapsed()
    {
    }

    /// <summary>Sends bytes to the panel.</summary>
    protected void Send(byte[] bytes) => _line?.Send(this, bytes, _actingAt ?? Now);

    /// <summary>Does something a time after what it does now, counted from the last bit of what it has heard, unless supply or cable are gone by then.</summary>
    protected void After(TimeSpan delay, Action act)
    {
        var (at, life) = ((_actingAt ?? Now) + delay, _life);
        _line?.Schedule(at, () => Act(at, life, act));
    }

    /// <summary>Sets the line to another speed once everything sent so far is out.</summary>
    protected void ChangeBaudAfterReply(int baud) => _line?.ChangeBaudAfterReply(baud);

    /// <summary>Asks for a call of <see cref="Elapsed"/>.</summary>
    protected void WakeAt(TimeSpan at) => _line?.Schedule(at, Wake);

    /// <summary>Changes the device's state from outside and says so.</summary>
    protected void Change(Action change)
    {
        lock (Gate)
            change();
        Changed?.Invoke();
    }

    /// <summary>Remembers that something has changed; it is said once the lock is free.</summary>
    protected void MarkChanged() => _marked = true;

    private void Act(TimeSpan at, int life, Action act)
    {
        lock (Gate)
        {
            _actingAt = at;
            if (Powered && life == _life)
                act();
            _actingAt = null;
        }
        RaiseMarked();
    }

    private void RaiseMarked()
    {
        if (!_marked)
            return;
        _marked = false;
        Changed?.Invoke();
    }
}
