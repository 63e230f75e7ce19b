using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Osdp;

/// <summary>
/// What a new session asks before anything else, and in which order: the key, the locks, who the device is, what it can do, how it stands. Who comes back
/// is used as it was known, and asked who it is afterwards: on a slow line these questions are half of the time until its next card counts.
/// </summary>
internal sealed class Startup(Handshake handshake, LockOutputs locks, DeviceAbilities abilities, int pollsBeforeQuestions)
{
    private volatile SessionPhase _phase;
    private bool _everOnline;
    private bool _known;
    private bool _asked;
    private int _polls;
    private bool _greets;
    private bool _proofAnswered;

    /// <summary>Read by any thread.</summary>
    public SessionPhase Phase => _phase;

    /// <summary>All is asked. Read by any thread.</summary>
    public bool Online => _phase == SessionPhase.Online;

    public bool ProvesKey => _phase is SessionPhase.Challenge or SessionPhase.Cryptogram;

    /// <summary>
    /// The session is over: the next frame begins another. A device that did not answer the first step of its key's proof is polled first the next time,
    /// and the time after that not: some still start up, and know nothing else before their first poll.
    /// </summary>
    public void Reset()
    {
        _greets = _phase == SessionPhase.Challenge && !_greets && !_proofAnswered;
        (_proofAnswered, _asked, _polls, _phase) = (false, false, 0, SessionPhase.Absent);
    }

    /// <summary>A poll was answered. True, once in a session: the device has not been asked in it who it is, and is to be asked now.</summary>
    public bool AsksAfterPoll() => Online && !_asked && (_asked = ++_polls >= pollsBeforeQuestions);

    /// <summary>It is another device than it was: the next session asks everything first.</summary>
    public void Forget() => _known = false;

    /// <summary>The device has answered the proof of its key, if wrongly: it needs no poll before the next one.</summary>
    public void ProofAnswered() => _proofAnswered = true;

    /// <summary>The proof of the key has been refused by a device that was not polled first.</summary>
    public bool MayGreet => _phase == SessionPhase.Challenge && !_greets;

    /// <summary>A poll before the proof of the key: whatever the device says to it in clear, it goes on.</summary>
    public bool GreetsBeforeProof => _phase == SessionPhase.Greeting && handshake.Wanted;

    /// <summary>The first command of a session.</summary>
    public OsdpCommand Begin()
    {
        var proves = handshake.Wanted && !_greets;
        _phase = proves ? SessionPhase.Challenge : SessionPhase.Greeting;
        return proves ? handshake.Challenge() : Request.Poll;
    }

    /// <summary>The next command; null once all is asked.</summary>
    public OsdpCommand? Next() => _phase switch
    {
        SessionPhase.Challenge => handshake.Challenge(),
        SessionPhase.Cryptogram => handshake.Proof(),
        SessionPhase.Locking => locks.LockAll(letTimersEnd: _everOnline && abilities.OutputsTimed),
        SessionPhase.Identify => Request.Identify,
        SessionPhase.Capabilities => Request.Capabilities,
        SessionPhase.ReceiveSize => ReceiveSizeCommand.Ours,
        SessionPhase.LocalStatus => Request.LocalStatus,
        SessionPhase.InputStatus => Request.InputStatus,
        _ => null,
    };

    /// <summary>Whether a reply is one to an earlier challenge: by its number alone it cannot be told from one to this.</summary>
    public bool IsLate(in Frame reply) => _phase == SessionPhase.Challenge && handshake.IsLate(reply);

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
            SessionPhase.Greeting when handshake.Wanted => SessionPhase.Challenge,
            SessionPhase.Challenge => SessionPhase.Cryptogram,
            SessionPhase.Greeting or SessionPhase.FileInClear when handshake.Suspended => SessionPhase.FileInClear,
            SessionPhase.Greeting or SessionPhase.Cryptogram when locks.Any => SessionPhase.Locking,
            SessionPhase.Greeting or SessionPhase.Cryptogram or SessionPhase.Locking => _known ? SessionPhase.LocalStatus : SessionPhase.Identify,
            // A device that says how large a frame it takes knows the question; others might stumble over it.
            SessionPhase.Capabilities when abilities.Told.ReceiveSize == 0 => SessionPhase.LocalStatus,
            SessionPhase.InputStatus => SessionPhase.Online,
            SessionPhase.LocalStatus when abilities.Told.Inputs == 0 => SessionPhase.Online,
            var phase => phase + 1,
        };
        _asked |= _phase == SessionPhase.Capabilities;
        (_known, _everOnline) = (_known || (Online && _asked), _everOnline || Online);
        return Online;
    }
}
