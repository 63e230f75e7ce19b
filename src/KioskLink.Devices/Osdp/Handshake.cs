using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;

namespace KioskLink.Devices.Osdp;

/// <summary>Fills a span with unpredictable bytes.</summary>
/// <param name="bytes">The span to fill.</param>
public delegate void FillRandom(Span<byte> bytes);

/// <summary>The keys of one device and the four steps that prove them (CHLNG, CCRYPT, SCRYPT, RMAC_I). Never falls back to a weaker key.</summary>
internal sealed class Handshake : IDisposable
{
    private readonly SecureMode _mode;
    private readonly FillRandom _random;
    private readonly List<ReadOnlyMemory<byte>> _keys;
    private int _candidate;
    private bool _keySet;

    public Handshake(OsdpDeviceOptions device, FillRandom random)
    {
        _mode = device.Secure;
        _random = random;
        _keys = _mode == SecureMode.Install ? [SecureChannel.DefaultKey()] : [.. device.Keys];
    }

    public SecureChannel Channel { get; } = new();

    public bool Wanted => _mode != SecureMode.Clear;

    /// <summary>The key in use is the one every device knows.</summary>
    public bool UsesInstallKey => _mode == SecureMode.Install && !_keySet;

    public SessionSecurity Security => !Wanted ? SessionSecurity.Clear : UsesInstallKey ? SessionSecurity.InstallKey : SessionSecurity.OwnKey;

    /// <summary>The first of the keys is in use: after a key change this proves that the new key has arrived.</summary>
    public bool UsesNewestKey => _candidate == 0;

    private byte KeyFlag => UsesInstallKey || (_mode == SecureMode.Install && _candidate > 0) ? SecurityBlock.DefaultKey : SecurityBlock.OwnKey;

    public OsdpCommand Challenge()
    {
        var nonce = new byte[SecureChannel.NonceSize];
        _random(nonce);
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
        return Channel.Accept(_keys[_candidate].Span, cryptogram.Nonce, cryptogram.Cryptogram) ? null : KeyAlarmReason.KeyMismatch;
    }

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

    /// <summary>Goes on to the next older key. False when all have been tried; then the newest is next again.</summary>
    public bool TryNextKey()
    {
        _candidate = (_candidate + 1) % _keys.Count;
        return _candidate != 0;
    }

    /// <summary>The device has confirmed a new key: it is tried first from now on, the old one after it.</summary>
    public void KeyChanged(byte[] key)
    {
        var current = _keys[_candidate];
        _keys.Clear();
        _keys.AddRange([key, current]);
        (_candidate, _keySet) = (0, true);
    }

    /// <summary>A session with the newest key is up: older ones are of no use any more.</summary>
    public void ForgetOldKeys()
    {
        if (_keySet && UsesNewestKey)
            _keys.RemoveRange(1, _keys.Count - 1);
    }

    public void Dispose() => Channel.Dispose();
}
