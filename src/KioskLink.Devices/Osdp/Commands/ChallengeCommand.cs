namespace KioskLink.Devices.Osdp.Commands;

/// <summary>CHLNG: opens the handshake of a secure channel with eight random bytes (RND.A) and says which key is meant.</summary>
internal sealed class ChallengeCommand(byte[] nonce, byte keyFlag) : OsdpCommand(CommandId.Challenge)
{
    public override (byte Type, byte Key)? HandshakeBlock => (SecurityBlock.Challenge, keyFlag);

    public override int Write(Span<byte> data)
    {
        nonce.CopyTo(data);
        return nonce.Length;
    }
}
