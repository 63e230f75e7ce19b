namespace KioskLink.Devices.Osdp;

/// <summary>What the panel asks (SIA OSDP 2.2, commands). Only those the panel sends.</summary>
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
    KeySet = 0x75,
    Challenge = 0x76,
    ServerCryptogram = 0x77,
}
