namespace KioskLink.Devices.Osdp;

/// <summary>Types of the security control block (SCS_11 to SCS_18). Odd ones come from the panel, even ones from the device.</summary>
internal static class SecurityBlock
{
    public const byte Challenge = 0x11, ClientCryptogram = 0x12, ServerCryptogram = 0x13, InitialRMac = 0x14;
    public const byte CommandMac = 0x15, ReplyMac = 0x16, CommandEncrypted = 0x17, ReplyEncrypted = 0x18;

    /// <summary>The third byte of the blocks 11 to 14: which key is in use.</summary>
    public const byte DefaultKey = 0x00, OwnKey = 0x01, HandshakeRefused = 0xFF;

    public const int Size = 2, HandshakeSize = 3;
}
