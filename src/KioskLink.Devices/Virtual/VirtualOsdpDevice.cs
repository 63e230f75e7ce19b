using System.Buffers.Binary;
using System.Security.Cryptography;

namespace KioskLink.Devices.Virtual;

/// <summary>The device's side of OSDP 2.2: addresses, sequence numbers, the repeated reply, the secure channel. What a device is for, its subclass adds.</summary>
public abstract class VirtualOsdpDevice : VirtualDevice
{
    private const byte Ack = 0x40, Nak = 0x41, Busy = 0x79;
    private const byte Everyone = 0x7F;
    private const int MostCommands = 4096;
    private const int NonceSize = 8;
    private static readonly TimeSpan SilenceEndsSession = TimeSpan.FromSeconds(8);

    // REPLY_DELAY (SIA OSDP 2.2, 5.7): the panel has given up by then, so what is missing of a frame never comes.
    private static readonly TimeSpan SilenceEndsFrame = TimeSpan.FromMilliseconds(200);
    private readonly List<byte> _heard = [];
    private readonly byte[] _uniqueId = [0xC0, 0xB0, 0xA0, 7, 1, 1, 2, 3];
    private byte[]? _key;
    private VirtualSecureSession? _session;
    private int? _lastSequence;
    private byte[] _lastCommand = [];
    private byte[] _lastReply = [];
    private TimeSpan _lastHeard;
    private TimeSpan _lastBytes;
    private int _busy;
    private byte _nak;
    private int? _nextBaud;
    private byte? _replyAddress;
    private bool _holdsInstallKey;
    private bool _polledSinceStart;
    private bool _answersInClear;
    private readonly Queue<byte> _commands = new();
    private readonly Queue<(byte Id, byte[] Data)> _parts = new();

    /// <summary>Makes a device.</summary>
    /// <param name="address">Its address, 0 to 126.</param>
    /// <param name="key">Its key of 16 bytes; null for one that speaks in clear.</param>
    protected VirtualOsdpDevice(byte address, byte[]? key) => (Address, _key) = (address, key);

    /// <summary>The last bit of a command has arrived: its id. Raised on the line's thread with the device locked: be quick, call nothing of the device.</summary>
    public event Action<byte>? CommandHeard;

    /// <summary>Its address.</summary>
    public byte Address { get; private set; }

    /// <summary>How long it thinks. Then it does what the command says and answers: a card counts that comes until the answer begins.</summary>
    public TimeSpan Thinking { get; init; } = TimeSpan.FromMilliseconds(3);

    /// <summary>It still holds the install key and says so in the handshake.</summary>
    public bool HoldsInstallKey
    {
        get => _holdsInstallKey;
        init => _holdsInstallKey = value;
    }

    /// <summary>Polls answered since it was made.</summary>
    public long PollsSeen { get; private set; }

    /// <summary>Polls answered in the present session: 0 after a power-up, a new panel, or a repeated handshake.</summary>
    public int SessionPolls { get; private set; }

    /// <summary>Sessions begun by a panel (sequence number 0).</summary>
    public int SessionsSeen { get; private set; }

    /// <summary>Every command executed, by id, repeats not counted. For tests.</summary>
    public IReadOnlyList<byte> Commands
    {
        get
        {
            lock (Gate)
                return [.. _commands];
        }
    }

    /// <summary>What it does with files.</summary>
    public VirtualFiles Files { get; } = new();

    /// <summary>The largest frame the panel said it takes; 0 when it said nothing.</summary>
    public int PanelReceiveSize { get; private set; }

    /// <summary>The largest frame it takes, and says so.</summary>
    public int ReceiveSize { get; init; } = 512;

    /// <summary>It answers nothing but a poll before its first poll of a session, as readers do that are still starting.</summary>
    public bool NeedsPollFirst { get; init; }

    /// <summary>It confirms a new key outside the secure channel.</summary>
    public bool ConfirmsKeyInClear { get; init; }

    /// <summary>The key it holds. For tests.</summary>
    public byte[]? Key
    {
        get
        {
            lock (Gate)
                return _key;
        }
    }

    /// <summary>The secure session is up.</summary>
    public bool Secured => _session?.Active == true;

    /// <summary>Counts <see cref="SessionPolls"/> and what else belongs to a session from zero: its panel was killed, and what it did proves nothing any more.</summary>
    public void ForgetPanel() => Change(() =>
    {
        SessionPolls = 0;
        SessionBegan();
    });

    /// <summary>Answers the next commands with BUSY.</summary>
    public void AnswerBusy(int count) => Change(() => _busy = count);

    /// <summary>Refuses the next command with this reason.</summary>
    public void RefuseNext(byte reason) => Change(() => _nak = reason);

    /// <summary>Sets its switches to another address, as an electrician would.</summary>
    public void MoveTo(byte address) => Change(() => Address = address);

    /// <summary>Gives it another key, as a swapped device would have; the session is gone.</summary>
    public void SwapKey(byte[]? key) => Change(() =>
    {
        _key = key;
        Forget();
    });

    /// <summary>The records of its PDCAP reply.</summary>
    protected abstract byte[] CapabilityRecords();

    /// <summary>What it has to tell at a poll, or null for nothing.</summary>
    protected abstract (byte Id, byte[] Data)? Report();

    /// <summary>Does what a command says. Null: the device does not know it.</summary>
    protected abstract (byte Id, byte[] Data)? Execute(byte command, byte[] data);

    /// <summary>A panel has begun a session.</summary>
    protected virtual void SessionBegan()
    {
    }

    /// <inheritdoc />
    protected override void LosePower()
    {
        _heard.Clear();
        Forget();
    }

    /// <inheritdoc />
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        if (Now - _lastBytes > SilenceEndsFrame)
            _heard.Clear();
        _lastBytes = Now;
        _heard.AddRange(bytes);
        while (VirtualFrame.TakeFrom(_heard) is { } command)
            if (command.Address == Address || command.Address == Everyone)
                Think(command);
    }

    /// <summary>Gives a long reply in parts: the first with the next poll.</summary>
    protected void TellInParts(byte id, byte[] whole)
    {
        const int partSize = 64;
        for (var at = 0; at < whole.Length; at += partSize)
        {
            var part = whole[at..Math.Min(at + partSize, whole.Length)];
            _parts.Enqueue((id, [(byte)whole.Length, (byte)(whole.Length >> 8), (byte)at, (byte)(at >> 8), (byte)part.Length, 0, .. part]));
        }
    }

    /// <summary>An acknowledgement.</summary>
    protected static (byte Id, byte[] Data) Acknowledge() => (Ack, []);

    /// <summary>A refusal.</summary>
    protected static (byte Id, byte[] Data) Refuse(byte reason) => (Nak, [reason]);

    private void Think(VirtualFrame command)
    {
        CommandHeard?.Invoke(command.Id);
        After(Thinking, () => Answer(command));
    }

    private void Answer(VirtualFrame command)
    {
        if (Now - _lastHeard > SilenceEndsSession)
            _session = null;
        _lastHeard = Now;
        if (_busy > 0)
        {
            _busy--;
            Send(VirtualFrame.Reply(Address, 0, [], Busy, []));
            return;
        }
        if (command.Sequence == 0)
            Begin();
        else if (command.Sequence == _lastSequence && command.Signed.AsSpan().SequenceEqual(_lastCommand))
        {
            Send(_lastReply.ToArray());
            return;
        }
        var expected = command.Sequence == 0 || (_lastSequence is { } last && command.Sequence == last % 3 + 1);
        _lastReply = expected ? Handle(command) : Plain(command, Nak, [4]);
        if (expected)
            (_lastSequence, _lastCommand) = (command.Sequence, command.Signed);
        Send(_lastReply.ToArray());
        FollowBaud();
        MarkChanged();
    }

    private void Begin()
    {
        _session = null;
        _parts.Clear();
        SessionPolls = 0;
        SessionsSeen++;
        SessionBegan();
    }

    private byte[] Handle(VirtualFrame command)
    {
        var blockType = command.Block.Length >= 2 ? command.Block[1] : 0;
        if (_nak != 0)
            return RefuseOnce(command);
        if (NeedsPollFirst && !_polledSinceStart && command.Id != 0x60)
            return Plain(command, Nak, [3]);
        _polledSinceStart |= command.Id == 0x60;
        return blockType switch
        {
            0x11 => Challenged(command),
            0x13 => Proven(command),
            0x15 or 0x17 => Secure(command),
            _ when Secured || (_key is not null && !TakesInClear(command.Id)) => Plain(command, Nak, [6]),
            _ => Clear(command),
        };
    }

    // A device with a key still says who it is, and takes a file where it wants it so.
    private bool TakesInClear(byte command) => command is 0x61 or 0x62 || (command is 0x60 or 0x7C && (Files.Action & 2) != 0) || (command is 0x60 && NeedsPollFirst);

    private byte[] RefuseOnce(VirtualFrame command)
    {
        var data = new[] { _nak };
        _nak = 0;
        // Inside a session a refusal is authenticated like any reply; the command's MAC moves the chain on.
        return Secured && _session!.Open(command) is not null ? Sealed(command, Nak, data) : Plain(command, Nak, data);
    }

    private byte[] Clear(VirtualFrame command)
    {
        var (id, data) = Do(command.Id, command.Data);
        return Plain(command, id, data);
    }

    private byte[] Challenged(VirtualFrame command)
    {
        if (_key is null)
            return Plain(command, Nak, [5]);
        if (command.Data.Length != NonceSize)
            return Plain(command, Nak, [2]);
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        _session = new VirtualSecureSession(_key, command.Data, nonce);
        byte[] block = [3, 0x12, (byte)(HoldsInstallKey ? 0 : 1)];
        return VirtualFrame.Reply(Address, command.Sequence, block, 0x76, [.. _uniqueId, .. nonce, .. _session.ClientCryptogram()]);
    }

    private byte[] Proven(VirtualFrame command)
    {
        var initialMac = _session?.Accept(command.Data);
        return initialMac is null
            ? VirtualFrame.Reply(Address, command.Sequence, [3, 0x14, 0xFF], 0x78, new byte[16])
            : VirtualFrame.Reply(Address, command.Sequence, [3, 0x14, 0x01], 0x78, initialMac);
    }

    private byte[] Secure(VirtualFrame command)
    {
        if (!Secured || _session!.Open(command) is not { } data)
        {
            _session = null;
            return Plain(command, Nak, [6]);
        }
        var (id, reply) = Do(command.Id, data);
        if (!_answersInClear)
            return Sealed(command, id, reply);
        _answersInClear = false;
        return Plain(command, id, reply);
    }

    private byte[] Plain(VirtualFrame command, byte id, byte[] data) => VirtualFrame.Reply(_replyAddress ?? Address, command.Sequence, [], id, data);

    private byte[] Sealed(VirtualFrame command, byte id, byte[] data)
    {
        byte[] block = [2, (byte)(data.Length > 0 ? 0x18 : 0x16)];
        return VirtualFrame.Reply(_replyAddress ?? Address, command.Sequence, block, id, data.Length > 0 ? _session!.Encrypt(data) : data, _session!.Sign);
    }

    private (byte Id, byte[] Data) Do(byte command, byte[] data)
    {
        _commands.Enqueue(command);
        if (_commands.Count > MostCommands)
            _commands.Dequeue();
        return command switch
        {
            0x60 => Polled(),
            0x61 when data is [1] => TellDetails(),
            0x61 => (0x45, [0xC0, 0xB0, 0xA0, 7, 1, 1, 2, 3, 4, 1, 2, 3]),
            0x62 => (0x46, [.. CapabilityRecords(), 8, 1, 0, 9, (byte)(_key is null ? 0 : 1), (byte)(HoldsInstallKey ? 1 : 0), 10, (byte)ReceiveSize, (byte)(ReceiveSize >> 8), 16, 2, 0]),
            0x6E when data.Length == 5 => SetCommunication(data),
            0x75 when data.Length == 18 => SetKey(data),
            0x7B when data.Length == 2 => TakePanelSize(data),
            0x7C when Files.Take(data, Secured) is { } status => (0x7A, status),
            _ => Execute(command, data) ?? Refuse(3),
        };
    }

    private (byte Id, byte[] Data) Polled()
    {
        PollsSeen++;
        SessionPolls++;
        return _parts.TryDequeue(out var part) ? part : Report() ?? Acknowledge();
    }

    private (byte Id, byte[] Data) TellDetails()
    {
        (byte Tag, string Text)[] details = [(0, "KioskLink"), (1, "Virtual reader"), (2, "V-0001"), (3, "Core 4.1"), (3, "Radio 2.0"), (4, "pty"), (9, "of later")];
        TellInParts(0x59, [.. details.SelectMany(entry => (byte[])[entry.Tag, (byte)entry.Text.Length, 0, .. System.Text.Encoding.UTF8.GetBytes(entry.Text)])]);
        return _parts.Dequeue();
    }

    private (byte Id, byte[] Data) TakePanelSize(byte[] data)
    {
        PanelReceiveSize = data[0] + 256 * data[1];
        return Acknowledge();
    }

    private (byte Id, byte[] Data) SetCommunication(byte[] data)
    {
        (_replyAddress, Address) = (Address, data[0]);
        _nextBaud = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(1));
        return (0x54, data);
    }

    private (byte Id, byte[] Data) SetKey(byte[] data)
    {
        if (!Secured)
            return Refuse(6);
        (_key, _holdsInstallKey, _answersInClear) = (data[2..], false, ConfirmsKeyInClear);
        return Acknowledge();
    }

    private void Forget()
    {
        _session = null;
        _parts.Clear();
        _polledSinceStart = false;
        _lastSequence = null;
        SessionPolls = 0;
    }

    // The reply to COMSET still goes out at the old address and speed.
    private void FollowBaud()
    {
        _replyAddress = null;
        if (_nextBaud is not { } baud)
            return;
        _nextBaud = null;
        ChangeBaudAfterReply(baud);
    }
}
