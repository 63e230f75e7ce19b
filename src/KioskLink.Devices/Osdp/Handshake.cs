using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Osdp;

/// <summary>Fills a span with unpredictable bytes.</summary>
/// <param name="bytes">The span to fill.</param>
public delegate void FillRandom(Span<byte> bytes);

/// <summary>The four steps that prove a key (CHLNG, CCRYPT, SCRYPT, RMAC_I) with the keys of one device. Never falls back to a weaker one than its mode allows.</summary>
internal sealed class Handshake(OsdpDeviceOptions device, FillRandom random) : IDisposable
{
    private readonly CandidateKeys _keys = new(device);

    public SecureChannel Channel { get; } = new();

    public bool Wanted => device.Secure != SecureMode.Clear && !Suspended;

    /// <summary>The device takes a file only in clear: until it is over there is no key, and nothing else is said or believed.</summary>
    public bool Suspended { get; set; }

    /// <summary>The key in use is the one every device knows.</summary>
    public bool UsesInstallKey => Wanted && _keys.Current.IsInstall;

    /// <summary>The name of the device's own key in use; null for none.</summary>
    public string? KeyId => Wanted && !_keys.Current.IsInstall ? DeviceKeys.IdOf(_keys.Current.Key.Span) : null;

    public SessionSecurity Security => !Wanted ? SessionSecurity.Clear : UsesInstallKey ? SessionSecurity.InstallKey : SessionSecurity.OwnKey;

    private byte KeyFlag => UsesInstallKey ? SecurityBlock.DefaultKey : SecurityBlock.OwnKey;

    public OsdpCommand Challenge()
    {
        var nonce = new byte[SecureChannel.NonceSize];
        random(nonce);
        Channel.Begin(nonce);
        return new ChallengeCommand(nonce, KeyFlag);
    }

    /// <summary>Checks the device's proof. Null: go on with <see cref="Proof"/>.</summary>
    public KeyAlarmReason? AcceptCryptogram(in Frame reply)
    {
        if (reply.Id != (byte)ReplyId.ClientCryptogram || reply.BlockType != SecurityBlock.ClientCryptogram
            || !ClientCryptogramReply.TryRead(reply.Body, out var cryptogram))
            return KeyAlarmReason.SecureChannelRefused;
        if (reply.Block.Length < SecurityBlock.HandshakeSize || reply.Block[2] != KeyFlag)
            return KeyAlarmReason.WrongKeyKind;
        return Channel.Accept(_keys.Current.Key.Span, cryptogram.Nonce, cryptogram.Cryptogram) ? null : KeyAlarmReason.KeyMismatch;
    }

    /// <summary>Whether a reply is the device's proof to an earlier challenge, which was given up before it came.</summary>
    public bool IsLate(in Frame reply) =>
        reply.Id == (byte)ReplyId.ClientCryptogram && ClientCryptogramReply.TryRead(reply.Body, out var cryptogram)
        && Channel.IsProofOfEarlier(_keys.Current.Key.Span, cryptogram.Nonce, cryptogram.Cryptogram);

    public OsdpCommand Proof()
    {
        var cryptogram = new byte[SecureChannel.CryptogramSize];
        Channel.WriteServerCryptogram(cryptogram);
        return new ServerCryptogramCommand(cryptogram, KeyFlag);
    }

    /// <summary>Checks the device's answer to the proof. Null: the channel is up.</summary>
    public KeyAlarmReason? AcceptInitialRMac(in Frame reply)
    {
        if (reply.Id != (byte)ReplyId.InitialRMac || reply.BlockType != SecurityBlock.InitialRMac)
            return KeyAlarmReason.SecureChannelRefused;
        var accepted = reply.Block.Length >= SecurityBlock.HandshakeSize && reply.Block[2] == SecurityBlock.OwnKey;
        return accepted && Channel.Establish(reply.Body) ? null : KeyAlarmReason.KeyMismatch;
    }

    /// <summary>Goes on to the next key. False when all have been tried; then the first is next again.</summary>
    public bool TryNextKey() => _keys.TryNext();

    /// <summary>A new key goes over the line: from now on the device holds it or the one in use.</summary>
    public void Offer(byte[] key) => _keys.Offer(key);

    /// <summary>The device may hold the offered key: it is tried first.</summary>
    public void TryNewestKey() => _keys.TryFirst();

    /// <summary>The device has refused the offered key.</summary>
    public void Withdraw() => _keys.SettleOffer(taken: false);

    /// <summary>A session is up: its key tells whether an offered one has arrived, and the other is forgotten.</summary>
    public bool SettleOffer() => _keys.SettleOffer(taken: _keys.IsFirst);

    public void Dispose() => Channel.Dispose();
}
