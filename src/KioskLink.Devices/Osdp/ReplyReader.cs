using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Osdp;

/// <summary>Lets out of a reply only what the session's protection allows: the one place where clear or unauthentic replies are turned away.</summary>
internal sealed class ReplyReader(SecureChannel channel)
{
    private readonly byte[] _plain = new byte[FrameLayout.Largest];

    /// <summary>The reply's data in clear. Null <paramref name="failure"/>: they may be acted on. Valid until the next reply is read.</summary>
    public ReadOnlySpan<byte> Read(in Frame reply, OsdpCommand command, out ExchangeFailure? failure)
    {
        failure = null;
        if (!channel.Established)
        {
            failure = reply.Secured ? ExchangeFailure.Unauthentic : null;
            return reply.Body;
        }
        if (!reply.Secured)
        {
            failure = AllowedInClear(reply, command) ? null : ExchangeFailure.Clear;
            return reply.Body;
        }
        return Open(reply, out failure);
    }

    // A NAK says that the device has lost the session; some readers confirm a new key in clear. Neither carries data that move a door.
    private static bool AllowedInClear(in Frame reply, OsdpCommand command) =>
        reply.Block.Length == 0 && ((ReplyId)reply.Id == ReplyId.Nak || ((ReplyId)reply.Id == ReplyId.Ack && command.Id == CommandId.KeySet));

    private ReadOnlySpan<byte> Open(in Frame reply, out ExchangeFailure? failure)
    {
        // Some readers send a status with a MAC but unencrypted: the exchange counts, what it carries does not.
        if (reply.BlockType == SecurityBlock.CommandMac && channel.VerifyReply(reply.Authenticated, reply.Mac))
        {
            failure = null;
            return default;
        }
        failure = ExchangeFailure.Unauthentic;
        var encrypted = reply.BlockType == SecurityBlock.ReplyEncrypted;
        if (!encrypted && (reply.BlockType != SecurityBlock.ReplyMac || reply.Body.Length > 0))
            return default;
        // The data are decrypted with the chain of before this reply, so before its MAC moves the chain on; nothing is used before the MAC is right.
        var length = encrypted ? channel.Decrypt(reply.Body, _plain) : 0;
        if (!channel.VerifyReply(reply.Authenticated, reply.Mac) || length < 0)
            return default;
        failure = null;
        return _plain.AsSpan(0, length);
    }
}
