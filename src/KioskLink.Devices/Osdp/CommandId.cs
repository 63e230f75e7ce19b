namespace KioskLink.Devices.Osdp;

/// <summary>What the panel asks (SIA OSDP 2.2, commands).</summary>
internal enum CommandId : byte
{
    Poll = 0x60,
    Id = 0x61,
    Cap = 0x62,
    LocalStatus = 0x64,
    InputStatus = 0x65,
    OutputStatus = 0x66,
    ReaderStatus = 0x67,
    Output = 0x68,
    Led = 0x69,
    Buzzer = 0x6A,
    Text = 0x6B,
    ComSet = 0x6E,
    BiometricRead = 0x73,
    BiometricMatch = 0x74,
    KeySet = 0x75,
    Challenge = 0x76,
    ServerCryptogram = 0x77,
    ReceiveSize = 0x7B,
    FileTransfer = 0x7C,
    Manufacturer = 0x80,
    Transparent = 0xA1,
    Abort = 0xA2,
    PivData = 0xA3,
    GeneralAuthenticate = 0xA4,
    ChallengeResponse = 0xA5,
    KeepActive = 0xA7,
}
