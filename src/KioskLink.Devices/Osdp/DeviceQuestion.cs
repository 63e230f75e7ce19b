using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Osdp;

/// <summary>Something a technician or a program asks of one device beside what the bus asks by itself. Made by its static methods.</summary>
public sealed class DeviceQuestion
{
    private readonly Func<int, IReadOnlyList<OsdpCommand>> _commands;

    private DeviceQuestion(string name, Func<int, IReadOnlyList<OsdpCommand>> commands, params ReplyId[] awaited) => (Name, _commands, Awaited) = (name, commands, awaited);

    private DeviceQuestion(string name, OsdpCommand command, params ReplyId[] awaited)
        : this(name, _ => [command], awaited)
    {
    }

    /// <summary>The command's name in the standard.</summary>
    public string Name { get; }

    /// <summary>The replies one of which answers it, to the command itself or to a later poll; none where an acknowledgement does.</summary>
    internal IReadOnlyList<ReplyId> Awaited { get; }

    /// <summary>LSTAT: tamper switch and supply.</summary>
    public static DeviceQuestion LocalStatus { get; } = new("LSTAT", Request.LocalStatus, ReplyId.LocalStatus);

    /// <summary>ISTAT: every input.</summary>
    public static DeviceQuestion InputStatus { get; } = new("ISTAT", Request.InputStatus, ReplyId.InputStatus);

    /// <summary>OSTAT: every output.</summary>
    public static DeviceQuestion OutputStatus { get; } = new("OSTAT", Request.OutputStatus, ReplyId.OutputStatus);

    /// <summary>RSTAT: every reader behind the device.</summary>
    public static DeviceQuestion ReaderStatus { get; } = new("RSTAT", Request.ReaderStatus, ReplyId.ReaderStatus);

    /// <summary>ID of type 01: who made it, in words. Older devices answer with the short form or refuse.</summary>
    public static DeviceQuestion ExtendedIdentity { get; } = new("ID extended", Request.ExtendedIdentify, ReplyId.ExtendedId, ReplyId.PdId);

    /// <summary>ABORT: ends whatever the device is busy with.</summary>
    public static DeviceQuestion Abort { get; } = new("ABORT", Request.Abort);

    /// <summary>BIOREAD: a biometric template.</summary>
    public static DeviceQuestion BiometricRead(byte reader, byte type, byte format, byte quality) =>
        new("BIOREAD", new BiometricReadCommand(reader, type, format, quality), ReplyId.BiometricRead);

    /// <summary>BIOMATCH: whether who is at the reader fits a template.</summary>
    public static DeviceQuestion BiometricMatch(byte reader, byte type, byte format, byte quality, ReadOnlyMemory<byte> template) =>
        new("BIOMATCH", new BiometricMatchCommand(reader, type, format, quality, template), ReplyId.BiometricMatch);

    /// <summary>MFG: a maker's own command, which some devices only acknowledge; <paramref name="vendor"/> is the maker's IEEE identifier.</summary>
    public static DeviceQuestion Manufacturer(int vendor, ReadOnlyMemory<byte> content) =>
        new("MFG", new ManufacturerCommand(vendor, content), ReplyId.Manufacturer, ReplyId.ManufacturerStatus, ReplyId.ManufacturerError);

    /// <summary>XWR: speaks through the reader with a smart card.</summary>
    public static DeviceQuestion Transparent(byte mode, byte command, ReadOnlyMemory<byte> content) =>
        new("XWR", new TransparentCommand(mode, command, content), ReplyId.Transparent);

    /// <summary>PIVDATA: an object on a PIV card.</summary>
    public static DeviceQuestion PivData(int objectId, byte element, ushort offset) => new("PIVDATA", new PivDataCommand(objectId, element, offset), ReplyId.PivData);

    /// <summary>GENAUTH: what a smart card is asked to sign; sent in as many parts as the device's frames need.</summary>
    public static DeviceQuestion GeneralAuthenticate(ReadOnlyMemory<byte> content) =>
        new("GENAUTH", room => MultiPartCommand.Cut(CommandId.GeneralAuthenticate, content, room), ReplyId.GeneralAuthenticate);

    /// <summary>CRAUTH: the same as a challenge.</summary>
    public static DeviceQuestion ChallengeResponse(ReadOnlyMemory<byte> content) =>
        new("CRAUTH", room => MultiPartCommand.Cut(CommandId.ChallengeResponse, content, room), ReplyId.ChallengeResponse);

    /// <summary>KEEPACTIVE: keeps a smart card in the field powered, at most 65.5 s.</summary>
    public static DeviceQuestion KeepActive(TimeSpan time) => new("KEEPACTIVE", new KeepActiveCommand(time));

    /// <summary>The commands, cut to what a frame to the device carries; empty where one does not fit.</summary>
    internal IReadOnlyList<OsdpCommand> Commands(int room)
    {
        var commands = _commands(room);
        return commands.All(command => command.Size <= room) ? commands : [];
    }
}

/// <summary>What a device has answered.</summary>
/// <param name="Result">What became of the question. Acknowledged without a reply: the device has taken it, and its reply has not come in time.</param>
/// <param name="ReplyCode">The reply's code in the standard; 0 without one.</param>
/// <param name="Content">The reply's data, the parts of long ones put together. May be a person's: never log it.</param>
public sealed record DeviceAnswer(OutputResult Result, byte ReplyCode, ReadOnlyMemory<byte> Content)
{
    internal static DeviceAnswer None(OutputResult result) => new(result, 0, default);

    /// <summary>Who made the device in words, where that is what it answered.</summary>
    public DeviceDetails? Details => ReplyCode == (byte)ReplyId.ExtendedId && Replies.ExtendedIdReply.TryRead(Content.Span, out var details) ? details : null;

    /// <summary>Names the reply; never its data.</summary>
    public override string ToString() => $"{Result} (reply {ReplyCode:X2}, {Content.Length} bytes)";
}
