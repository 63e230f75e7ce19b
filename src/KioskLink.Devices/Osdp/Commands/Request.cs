namespace KioskLink.Devices.Osdp.Commands;

/// <summary>The commands that only ask: POLL, ID (also extended), CAP, the four status requests; and ABORT.</summary>
internal sealed class Request : OsdpCommand
{
    public static readonly Request Poll = new(CommandId.Poll);
    public static readonly Request Identify = new(CommandId.Id, 0x00);
    public static readonly Request ExtendedIdentify = new(CommandId.Id, 0x01);
    public static readonly Request Capabilities = new(CommandId.Cap, 0x00);
    public static readonly Request LocalStatus = new(CommandId.LocalStatus);
    public static readonly Request InputStatus = new(CommandId.InputStatus);
    public static readonly Request OutputStatus = new(CommandId.OutputStatus);
    public static readonly Request ReaderStatus = new(CommandId.ReaderStatus);

    public static readonly Request Abort = new(CommandId.Abort);

    private readonly byte[] _data;

    private Request(CommandId id, params byte[] data)
        : base(id) => _data = data;

    public override int Write(Span<byte> data)
    {
        _data.CopyTo(data);
        return _data.Length;
    }
}
