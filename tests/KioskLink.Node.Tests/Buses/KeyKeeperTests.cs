using KioskLink.Devices;
using KioskLink.Devices.Virtual;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Buses;

/// <summary>A reader gets its own key from the node, and the power goes at every step of it: the panel's, the reader's, both.</summary>
public sealed class KeyKeeperTests : IDisposable
{
    private const byte Poll = 0x60, KeySet = 0x75, Challenge = 0x76, Proof = 0x77;
    private static readonly byte[] InstallKey = [.. Enumerable.Range(0x30, 16).Select(value => (byte)value)];
    private static readonly byte[] BadgeKey = new byte[32];
    private readonly TempFolder _folder = new();

    private string KeyPath => _folder["osdp.keys"];

    [Fact]
    public async Task A_new_reader_gets_a_key_of_its_own_and_is_heard_under_it()
    {
        var reader = NewReader();
        using var line = Line(reader);
        await using var node = new Panel(this, installUntil: DateTimeOffset.MaxValue);

        await node.UntilOwnKey();

        Assert.NotEqual(InstallKey, reader.Key);
        Assert.Equal(reader.Key, DeviceKeyFile.Open(KeyPath, BadgeKey).Of("reader")!.Current);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        Assert.DoesNotContain(Convert.ToHexString(reader.Key!), Convert.ToHexString(File.ReadAllBytes(KeyPath)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_install_key_is_shown_until_the_reader_has_its_own()
    {
        using var line = Line(NewReader());
        await using var node = new Panel(this, installUntil: DateTimeOffset.MaxValue);

        await node.UntilOwnKey();

        Assert.Contains(node.Alarms, alarm => alarm is ("install reader", not null));
        Assert.Equal(("install reader", null), node.Alarms.Last(alarm => alarm.Subject == "install reader"));
    }

    [Fact]
    public async Task After_its_time_the_install_key_is_not_used_and_the_node_starts_all_the_same()
    {
        var reader = NewReader();
        using var line = Line(reader);
        await using var node = new Panel(this, installUntil: DateTimeOffset.UnixEpoch);

        await node.Told.NextWhere(told => told is KeyAlarm { Reason: KeyAlarmReason.InstallTimeOver }, "the alarm");

        Assert.Equal(InstallKey, reader.Key);
        Assert.False(File.Exists(KeyPath));
    }

    [Fact]
    public async Task A_key_that_is_too_old_is_replaced_once_and_the_old_one_opens_nothing_any_more()
    {
        var reader = ReaderWithOldKey();
        var old = reader.Key!;
        using var line = Line(reader);
        await using (var node = new Panel(this, keyNotBefore: DateTimeOffset.UnixEpoch.AddYears(1)))
            await node.UntilOwnKey();
        var replaced = reader.Key;
        Assert.NotEqual(old, replaced);

        await using (var again = new Panel(this, keyNotBefore: DateTimeOffset.UnixEpoch.AddYears(1)))
            await again.UntilOwnKey();
        Assert.Equal(replaced, reader.Key);

        reader.SwapKey(old);
        await using var last = new Panel(this);
        Assert.Equal(KeyAlarmReason.KeyMismatch, ((KeyAlarm)await last.Told.NextWhere(told => told is KeyAlarm, "the alarm")).Reason);
    }

    [Fact]
    public async Task A_key_that_was_stored_and_never_sent_is_the_one_that_is_sent_later()
    {
        var stored = DeviceKeyFile.Open(KeyPath, BadgeKey).Propose("reader");
        var reader = NewReader();
        using var line = Line(reader);
        await using var node = new Panel(this, installUntil: DateTimeOffset.MaxValue);

        await node.UntilOwnKey();

        Assert.Equal(stored, reader.Key);
    }

    [Fact]
    public void A_damaged_file_and_one_of_another_node_are_said_to_be_so()
    {
        DeviceKeyFile.Open(KeyPath, BadgeKey).Propose("reader");

        Assert.Contains("another node key", Assert.Throws<StartProblem>(() => DeviceKeyFile.Open(KeyPath, [.. Enumerable.Repeat((byte)1, 32)])).Message, StringComparison.Ordinal);
        File.WriteAllBytes(KeyPath, [1, 2, 3]);
        Assert.Contains("damaged", Assert.Throws<StartProblem>(() => DeviceKeyFile.Open(KeyPath, BadgeKey)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<byte, int, bool, bool, bool> Cuts()
    {
        var cuts = new TheoryData<byte, int, bool, bool, bool>();
        // Each frame of a change: its handshake under the key before, the key itself, the handshake under the new key, the first polls after it.
        (byte Id, int Count)[] steps = [(Challenge, 1), (Proof, 1), (Poll, 1), (KeySet, 1), (Challenge, 2), (Proof, 2), (Poll, 3), (Poll, 6)];
        foreach (var (id, count) in steps)
            foreach (var (panel, reader) in new[] { (true, false), (false, true), (true, true) })
                foreach (var fromOwn in new[] { false, true })
                    cuts.Add(id, count, panel, reader, fromOwn);
        return cuts;
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Whichever_power_goes_at_whichever_frame_the_reader_ends_with_the_key_that_the_node_holds(byte command, int count, bool panelDies, bool readerDies, bool fromOwn)
    {
        var reader = fromOwn ? ReaderWithOldKey() : NewReader();
        var before = reader.Key;
        using var line = Line(reader);
        var cut = new TaskCompletionSource<byte[]?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = 0;
        reader.CommandHeard += id =>
        {
            if (id != command || ++heard != count)
                return;
            // What the disk holds now is what a killed panel finds again, and what the reader says from here on it never hears.
            var disk = File.Exists(KeyPath) ? File.ReadAllBytes(KeyPath) : null;
            line.Faults.Mute = panelDies;
            if (readerDies)
                reader.PowerOff();
            cut.TrySetResult(disk);
        };
        var node = ChangingPanel(fromOwn);
        var disk = await Patience.For(cut.Task, "the frame");

        if (panelDies)
        {
            await node.DisposeAsync();
            RestoreDisk(disk);
            node = ChangingPanel(fromOwn);
        }
        line.Faults.Mute = false;
        reader.PowerOn();

        await using (node)
        {
            await Patience.Until(() => reader.Secured && DeviceKeyFile.Open(KeyPath, BadgeKey).Of("reader") is { Next: null, Current: { } held } && held.SequenceEqual(reader.Key!), "one key on both sides");
            Assert.NotEqual(before, reader.Key);
            Assert.NotEqual(InstallKey, reader.Key);
            Assert.DoesNotContain(node.Alarms, alarm => alarm is ("key reader", not null));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static VirtualReader NewReader() => new(1, InstallKey) { HoldsInstallKey = true };

    private VirtualReader ReaderWithOldKey()
    {
        byte[] old = [.. Enumerable.Repeat((byte)7, 16)];
        _folder.Write("keys.json", $$"""{ "reader": "{{Convert.ToHexString(old)}}" }""");
        return new VirtualReader(1, old);
    }

    /// <summary>A panel that changes the key of a reader that has the install key, or an own one that is too old.</summary>
    private Panel ChangingPanel(bool fromOwn) => fromOwn
        ? new Panel(this, keyNotBefore: DateTimeOffset.UnixEpoch.AddYears(1))
        : new Panel(this, installUntil: DateTimeOffset.MaxValue);

    private VirtualLine Line(VirtualReader reader) => new(_folder["bus0"], 115200, [reader], TimeProvider.System);

    private void RestoreDisk(byte[]? content)
    {
        if (content is null)
            File.Delete(KeyPath);
        else
            File.WriteAllBytes(KeyPath, content);
    }

    /// <summary>The lines of a node and what keeps their keys, as a node wires them.</summary>
    private sealed class Panel : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly DeviceLines _lines;
        private readonly KeyKeeper _keeper;
        private readonly DeviceKeyFile _keys;
        private readonly Task _running;
        private readonly Lock _gate = new();
        private readonly List<(string Subject, string? Sentence)> _alarms = [];

        public Panel(KeyKeeperTests test, DateTimeOffset? installUntil = null, DateTimeOffset? keyNotBefore = null)
        {
            var device = new DeviceConfig
            {
                Id = "reader",
                Bus = "bus0",
                Address = 1,
                Placement = Placement.Inside,
                Secure = installUntil is null ? LineSecurity.Scbk : LineSecurity.Install,
                InstallUntil = installUntil,
                KeyNotBefore = keyNotBefore,
            };
            var config = new NodeConfig { Buses = [new BusConfig { Id = "bus0", Path = test._folder["bus0"], Baud = 115200 }], Devices = [device] };
            var configured = test._folder["keys.json"];
            _keys = DeviceKeyFile.Open(test.KeyPath, BadgeKey);
            var keys = (File.Exists(configured) ? OsdpKeys.Read(configured) : OsdpKeys.None).With(_keys);
            _lines = new DeviceLines(config, keys, TimeProvider.System);
            _keeper = new KeyKeeper(config.Devices, keys, _lines.SetKeyAsync, Note, TimeProvider.System);
            _lines.ListenToAll(new DeviceAlarms(Note, subject => Note(subject, null), _ => null).Take);
            _lines.ListenToAll(_keeper.Take);
            _lines.ListenToAll(Told.Post);
            _lines.Start();
            _running = _lines.RunAsync(_stopping.Token);
        }

        public Inbox<DeviceEvent> Told { get; } = new();

        public IReadOnlyList<(string Subject, string? Sentence)> Alarms
        {
            get
            {
                lock (_gate)
                    return [.. _alarms];
            }
        }

        /// <summary>Until a session under the device's own key is up and the files say so.</summary>
        public async Task UntilOwnKey()
        {
            await Told.NextWhere(told => told is DeviceOnline { Security: SessionSecurity.OwnKey }, "a session under the own key");
            // What comes of that session may be a change of its key, and with it one session more.
            await _keeper.SettleAsync();
            await Patience.Until(() => _keys.Of("reader") is { Next: null, Current: not null }, "a key that both sides hold");
            await Patience.Until(() => _lines.Status.All(line => line.Device is { Online: true, Security: SessionSecurity.OwnKey }), "its last session");
            await _keeper.SettleAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _lines.DisposeAsync();
            await _keeper.SettleAsync();
            _stopping.Dispose();
        }

        private void Note(string subject, string? sentence)
        {
            lock (_gate)
                _alarms.Add((subject, sentence));
        }
    }
}
