using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Journal;

namespace KioskLink.Register.Tests.Running;

/// <summary>A node's journal in memory, chained as a real one.</summary>
internal sealed class TestJournal(TestNode node, string? id = null)
{
    private readonly List<JournalRecord> _records = [];

    public string Id { get; } = id ?? Guid.NewGuid().ToString("N");

    public IReadOnlyList<JournalRecord> Records => _records;

    public JournalRecord Decision(string attempt, string cardNumber, DecisionCode code, PinResult pin, DateTimeOffset at, Source source = Source.Replica) =>
        Add(
            new RecordOpen
            {
                Kind = RecordKind.Decision,
                AttemptId = attempt,
                DoorId = "front",
                DeviceId = "reader",
                Code = code,
                Granted = code is DecisionCode.Granted or DecisionCode.GrantedBadge,
                Source = source,
                PinResult = pin,
                ClockTrusted = true,
                Time = at.ToTimestamp(),
            },
            new RecordPersonal
            {
                Token = ByteString.CopyFrom(node.Token(cardNumber)),
                Envelope = ByteString.CopyFrom(CardEnvelope.Seal(node.EnvelopeKey, cardNumber)),
            });

    /// <summary>A decision of a node whose clock nobody vouched for: what its machine showed is wrong by years.</summary>
    public JournalRecord UndatedDecision(string attempt, string cardNumber, string bootId, TimeSpan bootTime, PinResult pin = PinResult.Right) =>
        Add(
            new RecordOpen
            {
                Kind = RecordKind.Decision,
                AttemptId = attempt,
                DoorId = "front",
                DeviceId = "reader",
                Code = DecisionCode.ClockUntrusted,
                Source = Source.Replica,
                PinResult = pin,
                Time = DateTimeOffset.UnixEpoch.ToTimestamp(),
                BootId = bootId,
                BootTime = bootTime.ToDuration(),
            },
            new RecordPersonal
            {
                Token = ByteString.CopyFrom(node.Token(cardNumber)),
                Envelope = ByteString.CopyFrom(CardEnvelope.Seal(node.EnvelopeKey, cardNumber)),
            });

    /// <summary>A record of a boot whose clock is trusted.</summary>
    public JournalRecord Dated(string bootId, TimeSpan bootTime, DateTimeOffset at) =>
        Add(new RecordOpen { Kind = RecordKind.Link, BootId = bootId, BootTime = bootTime.ToDuration(), ClockTrusted = true, Time = at.ToTimestamp() });

    public JournalRecord Outcome(string attempt, Outcome outcome) =>
        Add(new RecordOpen { Kind = RecordKind.Outcome, AttemptId = attempt, Outcome = outcome });

    public JournalRecord Alarm(string subject, AlarmKind kind, DateTimeOffset at, string root = "", bool cleared = false) => Add(new RecordOpen
    {
        Kind = RecordKind.Alarm,
        Time = at.ToTimestamp(),
        ClockTrusted = true,
        Detail = "What is wrong, and how to mend it.",
        Alarm = new NodeAlarm { Subject = subject, Kind = kind, Sentence = "What is wrong, and how to mend it.", RootSubject = root, Cleared = cleared },
    });

    public JournalRecord Plain(RecordKind kind, string attempt = "", string detail = "") =>
        Add(new RecordOpen { Kind = kind, AttemptId = attempt, Detail = detail });

    private JournalRecord Add(RecordOpen open, RecordPersonal? personal = null)
    {
        var sequence = _records.Count + 1;
        var salt = RandomNumberGenerator.GetBytes(16);
        var hidden = personal?.ToByteArray() ?? [];
        var personalHash = EventChain.PersonalHash(salt, hidden);
        var previous = _records.Count == 0 ? EventChain.Genesis : _records[^1].Hash.Memory;
        var record = new JournalRecord
        {
            Sequence = sequence,
            Open = open.ToByteString(),
            PersonalHash = ByteString.CopyFrom(personalHash),
            Salt = ByteString.CopyFrom(salt),
            Personal = ByteString.CopyFrom(hidden),
            Hash = ByteString.CopyFrom(EventChain.Next(previous.Span, sequence, open.ToByteArray(), personalHash)),
        };
        _records.Add(record);
        return record;
    }
}
