using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Osdp;

/// <summary>What a new session asks before anything else, and in which order: the key, the locks, who the device is, what it can do, how it stands.</summary>
internal sealed class Startup(Handshake handshake, LockOutputs locks, DeviceAbilities abilities)
{
    private volatile SessionPhase _phase;
    private bool _everOnline;

    /// <summary>Read by any thread.</summary>
    public SessionPhase Phase => _phase;

    /// <summary>All is asked. Read by any thread.</summary>
    public bool Online => _phase == SessionPhase.Online;

    public bool ProvesKey => _phase is SessionPhase.Challenge or SessionPhase.Cryptogram;

    /// <summary>The session is over: the next frame begins another.</summary>
    public void Reset() => _phase = SessionPhase.Absent;

    /// <summary>The first command of a session.</summary>
    public OsdpCommand Begin()
    {
        _phase = handshake.Wanted ? SessionPhase.Challenge : SessionPhase.Greeting;
        return handshake.Wanted ? handshake.Challenge() : Request.Poll;
    }

    /// <summary>The next command; null once all is asked.</summary>
    public OsdpCommand? Next() => _phase switch
    {
        SessionPhase.Cryptogram => handshake.Proof(),
        SessionPhase.Locking => locks.LockAll(letTimersEnd: _everOnline && abilities.OutputsTimed),
        SessionPhase.Identify => Request.Identify,
        SessionPhase.Capabilities => Request.Capabilities,
        SessionPhase.ReceiveSize => ReceiveSizeCommand.Ours,
        SessionPhase.LocalStatus => Request.LocalStatus,
        SessionPhase.InputStatus => Request.InputStatus,
        _ => null,
    };

    /// <summary>Checks a reply that belongs to the proof of the key. Null: nothing is wrong with it.</summary>
    public KeyAlarmReason? Check(in Frame reply) => _phase switch
    {
        SessionPhase.Challenge => handshake.AcceptCryptogram(reply),
        SessionPhase.Cryptogram => handshake.AcceptInitialRMac(reply),
        _ => null,
    };

    /// <summary>Goes on to the next question. True: that was the last one.</summary>
    public bool Advance()
    {
        _phase = _phase switch
        {
            SessionPhase.Challenge => SessionPhase.Cryptogram,
            SessionPhase.Greeting or SessionPhase.FileInClear when handshake.Suspended => SessionPhase.FileInClear,
            SessionPhase.Greeting or SessionPhase.Cryptogram => locks.Any ? SessionPhase.Locking : SessionPhase.Identify,
            // A device that says how large a frame it takes knows the question; others might stumble over it.
            SessionPhase.Capabilities when abilities.Told.ReceiveSize == 0 => SessionPhase.LocalStatus,
            SessionPhase.InputStatus => SessionPhase.Online,
            SessionPhase.LocalStatus when abilities.Told.Inputs == 0 => SessionPhase.Online,
            var phase => phase + 1,
        };
        _everOnline |= Online;
        return Online;
    }
}
