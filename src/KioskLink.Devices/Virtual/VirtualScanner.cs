using System.Text;

namespace KioskLink.Devices.Virtual;

/// <summary>A bar code scanner on its own serial line: sends what it reads, with prefix and line end as it is set.</summary>
public sealed class VirtualScanner : VirtualDevice
{
    private const byte Synchronous = 0x16, CarriageReturn = 0x0D;
    private readonly List<byte> _heard = [];
    private bool _enabled = true;
    private bool _triggered;

    /// <summary>What it puts before a code, for instance an AIM identifier as <c>]A0</c>.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>What it puts after a code.</summary>
    public string Suffix { get; set; } = "\r";

    /// <summary>It reads a code only after <c>SYN T CR</c>, one for each, until <c>SYN U CR</c> (Honeywell's serial trigger mode); else <c>E</c> and <c>D</c> switch it.</summary>
    public bool NeedsTrigger { get; init; }

    /// <summary>It reads codes.</summary>
    public bool Enabled
    {
        get
        {
            lock (Gate)
                return Reads;
        }
    }

    /// <summary>How many host commands it has understood.</summary>
    public int Commands { get; private set; }

    private bool Reads => NeedsTrigger ? _triggered : _enabled;

    /// <summary>Holds a code before the scanner.</summary>
    public void Scan(string code) => Change(() =>
    {
        if (!Powered || !Reads)
            return;
        _triggered = false;
        Send(Encoding.Latin1.GetBytes(Prefix + code + Suffix));
    });

    /// <summary>Sends bytes as they are, without prefix and line end.</summary>
    public void SendRaw(byte[] bytes) => Change(() => Send(bytes));

    /// <inheritdoc />
    protected override void LosePower()
    {
        (_enabled, _triggered) = (true, false);
        _heard.Clear();
    }

    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (var command in bytes)
            if (NeedsTrigger)
                HearTrigger(command);
            else if (command is (byte)'E' or (byte)'D')
                (_enabled, Commands) = (command == (byte)'E', Commands + 1);
        MarkChanged();
    }

    private void HearTrigger(byte heard)
    {
        if (heard == Synchronous)
            _heard.Clear();
        _heard.Add(heard);
        if (_heard is not [Synchronous, var verb and ((byte)'T' or (byte)'U'), CarriageReturn])
        {
            if (_heard.Count > 2)
                _heard.Clear();
            return;
        }
        (_triggered, Commands) = (verb == (byte)'T', Commands + 1);
        _heard.Clear();
    }
}
