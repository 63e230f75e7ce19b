namespace KioskLink.Devices.Osdp;

/// <summary>What a frame says of itself, without its data.</summary>
/// <param name="IsWhole">Its check field is right and its parts fit; else the rest says nothing.</param>
/// <param name="Address">The device's address.</param>
/// <param name="IsReply">It comes from the device.</param>
/// <param name="Sequence">Its number in the session, 0 to 3.</param>
/// <param name="Id">The command's or reply's code in the standard.</param>
/// <param name="Name">Its name in the standard; empty for one that this program does not know.</param>
/// <param name="Secured">It carries a MAC.</param>
public readonly record struct FrameSummary(bool IsWhole, byte Address, bool IsReply, byte Sequence, byte Id, string Name, bool Secured)
{
    /// <summary>Reads a frame from 53 to its last check byte.</summary>
    public static FrameSummary Of(ReadOnlySpan<byte> bytes) => Frame.TryParse(bytes, out var frame)
        ? new FrameSummary(true, frame.Address, frame.IsReply, frame.Sequence, frame.Id, frame.IsReply ? NameOf((ReplyId)frame.Id) : NameOf((CommandId)frame.Id), frame.Secured)
        : default;

    private static string NameOf(CommandId id) => id switch
    {
        CommandId.Poll => "POLL",
        CommandId.Id => "ID",
        CommandId.Cap => "CAP",
        CommandId.LocalStatus => "LSTAT",
        CommandId.InputStatus => "ISTAT",
        CommandId.OutputStatus => "OSTAT",
        CommandId.ReaderStatus => "RSTAT",
        CommandId.Output => "OUT",
        CommandId.Led => "LED",
        CommandId.Buzzer => "BUZ",
        CommandId.Text => "TEXT",
        CommandId.ComSet => "COMSET",
        CommandId.BiometricRead => "BIOREAD",
        CommandId.BiometricMatch => "BIOMATCH",
        CommandId.KeySet => "KEYSET",
        CommandId.Challenge => "CHLNG",
        CommandId.ServerCryptogram => "SCRYPT",
        CommandId.ReceiveSize => "ACURXSIZE",
        CommandId.FileTransfer => "FILETRANSFER",
        CommandId.Manufacturer => "MFG",
        CommandId.Transparent => "XWR",
        CommandId.Abort => "ABORT",
        CommandId.PivData => "PIVDATA",
        CommandId.GeneralAuthenticate => "GENAUTH",
        CommandId.ChallengeResponse => "CRAUTH",
        CommandId.KeepActive => "KEEPACTIVE",
        _ => "",
    };

    private static string NameOf(ReplyId id) => id switch
    {
        ReplyId.Ack => "ACK",
        ReplyId.Nak => "NAK",
        ReplyId.PdId => "PDID",
        ReplyId.PdCap => "PDCAP",
        ReplyId.LocalStatus => "LSTATR",
        ReplyId.InputStatus => "ISTATR",
        ReplyId.OutputStatus => "OSTATR",
        ReplyId.ReaderStatus => "RSTATR",
        ReplyId.RawCard => "RAW",
        ReplyId.FormattedCard => "FMT",
        ReplyId.Keypad => "KEYPPAD",
        ReplyId.Com => "COM",
        ReplyId.BiometricRead => "BIOREADR",
        ReplyId.BiometricMatch => "BIOMATCHR",
        ReplyId.ExtendedId => "PDIDX",
        ReplyId.ClientCryptogram => "CCRYPT",
        ReplyId.InitialRMac => "RMAC_I",
        ReplyId.Busy => "BUSY",
        ReplyId.FileStatus => "FTSTAT",
        ReplyId.PivData => "PIVDATAR",
        ReplyId.GeneralAuthenticate => "GENAUTHR",
        ReplyId.ChallengeResponse => "CRAUTHR",
        ReplyId.ManufacturerStatus => "MFGSTATR",
        ReplyId.ManufacturerError => "MFGERRR",
        ReplyId.Manufacturer => "MFGREP",
        ReplyId.Transparent => "XRD",
        _ => "",
    };
}
