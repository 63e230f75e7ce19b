using Google.Protobuf;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Branches;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Cards;

namespace KioskLink.Register.Events;

/// <summary>Reads delivered records: opens the envelope to find the card, and has offline decisions judged again. Thread-safe.</summary>
internal sealed class RecordReading(RegisterCore core, EnvelopeKey envelope, OfflineJudge judge, ErasedMarks erased)
{
    private readonly IReadOnlyList<Rules.Cards.CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <summary>The open part of a record; an empty one where it cannot be read.</summary>
    public static RecordOpen Open(ByteString open) => Parse(RecordOpen.Parser, open) ?? new RecordOpen();

    /// <summary>Reads one record. What cannot be read is kept raw all the same.</summary>
    public DeliveredRecord Read(JournalRecord record, string branchId, BootDates dates)
    {
        var open = Open(record.Open);
        var at = dates.TimeOf(open);
        var number = NumberOf(record);
        var presented = number is null ? null : Presentation.Find(core, _formats, number);
        return new DeliveredRecord(IsErased(presented, number) ? Bare(record) : record, open, at, presented, judge.Judge(open, at, presented, branchId));
    }

    // A node that was away may deliver what it recorded of somebody who is erased meanwhile.
    private bool IsErased(Presentation? presented, string? raw)
    {
        if (presented is not { Entry: null, Number: not null } || !CardNumber.TryRead(raw!, _formats, out var number)) return false;
        using var db = core.Store.Read();
        return erased.Holds(db, (ErasedKind.Card, number));
    }

    private static JournalRecord Bare(JournalRecord record)
    {
        var bare = record.Clone();
        (bare.Salt, bare.Personal) = (ByteString.Empty, ByteString.Empty);
        return bare;
    }

    private string? NumberOf(JournalRecord record)
    {
        if (record.Personal.IsEmpty || Parse(RecordPersonal.Parser, record.Personal) is not { Envelope.IsEmpty: false } personal) return null;
        return envelope.Open(personal.Envelope.Span);
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
