namespace KioskLink.Devices.Osdp.Commands;

/// <summary>One command of the panel: its id and how its data stand in the frame. Immutable, so a frame can be written again.</summary>
internal abstract class OsdpCommand(CommandId id)
{
    /// <summary>The data that every device takes: it need not take frames over 128 bytes. Longer ones are sent only where they fit.</summary>
    public const int LargestData = 96;

    public CommandId Id { get; } = id;

    /// <summary>The security block of the two commands that set a channel up, with the key they speak of.</summary>
    public virtual (byte Type, byte Key)? HandshakeBlock => null;

    /// <summary>A newer command of this kind makes an older unsent one pointless (a light, a text).</summary>
    public virtual bool Supersedes(OsdpCommand older) => false;

    /// <summary>How long the data are, where that may be more than <see cref="LargestData"/>; else 0.</summary>
    public virtual int Size => 0;

    /// <summary>Writes the data and returns their length.</summary>
    public abstract int Write(Span<byte> data);
}
