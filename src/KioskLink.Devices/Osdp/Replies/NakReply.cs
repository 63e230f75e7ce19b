namespace KioskLink.Devices.Osdp.Replies;

/// <summary>Why a device refuses (NAK, first byte).</summary>
internal enum NakReason : byte
{
    None = 0,
    CheckCharacter = 1,
    CommandLength = 2,
    UnknownCommand = 3,
    Sequence = 4,
    SecureChannelUnsupported = 5,
    EncryptionRequired = 6,
    BiometricType = 7,
    BiometricFormat = 8,
    UnableToProcess = 9,
}

/// <summary>NAK: one byte of reason; some devices leave it out.</summary>
internal static class NakReply
{
    public static NakReason Read(ReadOnlySpan<byte> data) => data.Length > 0 ? (NakReason)data[0] : NakReason.None;
}
