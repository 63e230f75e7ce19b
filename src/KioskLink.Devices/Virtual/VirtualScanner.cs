using System.Text;

namespace KioskLink.Devices.Virtual;

/// <summary>A bar code scanner on its own serial line: sends what it reads, with prefix and line end as it is set.</summary>
public sealed class VirtualScanner : VirtualDevice
{
    private bool _enabled = true;

    /// <summary>What it puts before a code, for instance an AIM identifier as <c>]A0</c>.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>What it puts after a code.</summary>
    public string Suffix { get; set; } = "\r";

    /// <summary>It reads codes: the host commands <c>E</c> and <c>D</c> switch it.</summary>
    public bool Enabled
    {
        get
        {
            lock (Gate)
                return _enabled;
        }
    }

    /// <summary>Holds a code before the scanner.</summary>
    public void Scan(string code) => Change(() =>
    {
        if (Powered && _enabled)
            Send(Encoding.Latin1.GetBytes(Prefix + code + Suffix));
    });

    /// <inheritdoc />
    protected override void LosePower() => _enabled = true;

    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (var command in bytes)
            _enabled = command switch { (byte)'E' => true, (byte)'D' => false, _ => _enabled };
        MarkChanged();
    }
}
