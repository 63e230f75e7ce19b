using Google.Protobuf;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Branches;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;

namespace KioskLink.Register.Events;

/// <summary>Reads delivered records: opens the envelope to find the card, and has offline decisions judged again. Thread-safe.</summary>
internal sealed class RecordReading(RegisterCore core, EnvelopeKey envelope, OfflineJudge judge)
{
    private readonly IReadOnlyList<Rules.Cards.CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <summary>The open part of a record; an empty one where it cannot be read.</summary>
    public static RecordOpen Open(ByteString open) => Parse(RecordOpen.Parser, open) ?? new RecordOpen();

    /// <summary>Reads one record. What cannot be read is kept raw all the same.</summary>
    public DeliveredRecord Read(JournalRecord record, string branchId, BootDates dates)
    {
        var open = Open(record.Open);
        var at = dates.TimeOf(open);
        var presented = Presented(record);
        return new DeliveredRecord(record, open, at, presented, judge.Judge(open, at, presented, branchId));
    }

    private Presentation? Presented(JournalRecord record)
    {
        if (record.Personal.IsEmpty || Parse(RecordPersonal.Parser, record.Personal) is not { Envelope.IsEmpty: false } personal) return null;
        return envelope.Open(personal.Envelope.Span) is { } number ? Presentation.Find(core, _formats, number) : null;
    }

    private static T? Parse<T>(MessageParser<T> parser, ByteString bytes)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
