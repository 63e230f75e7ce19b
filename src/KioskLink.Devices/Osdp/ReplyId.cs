namespace KioskLink.Devices.Osdp;

/// <summary>What a device answers (SIA OSDP 2.2, replies). Others are counted and let pass.</summary>
internal enum ReplyId : byte
{
    Ack = 0x40,
    Nak = 0x41,
    PdId = 0x45,
    PdCap = 0x46,
    LocalStatus = 0x48,
    InputStatus = 0x49,
    OutputStatus = 0x4A,
    ReaderStatus = 0x4B,
    RawCard = 0x50,
    FormattedCard = 0x51,
    Keypad = 0x53,
    Com = 0x54,
    ClientCryptogram = 0x76,
    InitialRMac = 0x78,
    Busy = 0x79,
}
