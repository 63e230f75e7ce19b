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
    BiometricRead = 0x57,
    BiometricMatch = 0x58,
    ExtendedId = 0x59,
    ClientCryptogram = 0x76,
    InitialRMac = 0x78,
    Busy = 0x79,
    FileStatus = 0x7A,
    PivData = 0x80,
    GeneralAuthenticate = 0x81,
    ChallengeResponse = 0x82,
    ManufacturerStatus = 0x83,
    ManufacturerError = 0x84,
    Manufacturer = 0x90,
    Transparent = 0xB1,
}
