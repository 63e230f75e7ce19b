using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Access;

/// <summary>Lists attempts, newest first. Thread-safe.</summary>
internal sealed class AttemptPages(RegisterCore core)
{
    /// <summary>One page, and whose cards are in it; whose an attempt of a restricted patron was is told to officers alone (R76).</summary>
    public (ListAttemptsResponse Page, IReadOnlyList<long> Owners) List(ListAttemptsRequest request, CallerIdentity caller)
    {
        var size = Field.PageSize(request.PageSize);
        var before = Field.PageToken(request.PageToken) ?? long.MaxValue;
        using var db = core.Store.Read();
        var rows = db.Set<AttemptRow>().Where(row => row.Consortium == core.Store.Consortium && row.RowNumber < before);
        rows = request.BranchId.Length > 0 ? rows.Where(row => row.BranchId == request.BranchId) : rows;
        rows = request.AttemptId.Length > 0 ? rows.Where(row => row.AttemptId == request.AttemptId) : rows;
        var page = rows.OrderByDescending(row => row.RowNumber).Take(size + 1).ToList();
        var response = new ListAttemptsResponse
        {
            NextPageToken = page.Count > size ? page[size - 1].RowNumber.ToString(CultureInfo.InvariantCulture) : "",
        };
        var hidden = Hidden(db, page, caller);
        response.Attempts.AddRange(page.Take(size).Select(row => ToProto(row, hidden.Contains(row.CardRef) ? "" : row.CardRef)));
        return (response, CardOwners.Of(db, response.Attempts.Select(attempt => attempt.CardRef)));
    }

    private static HashSet<string> Hidden(RegisterDb db, List<AttemptRow> page, CallerIdentity caller)
    {
        if (Restriction.Reads(caller))
        {
            return [];
        }

        var refs = page.Where(row => row.CardRef.Length > 0).Select(row => row.CardRef).Distinct().ToList();
        return [.. from card in db.Set<CardRow>()
                   join patron in db.Set<PatronRow>() on card.PatronId equals patron.PatronId
                   where patron.Restricted && refs.Contains("card-" + card.CardId)
                   select "card-" + card.CardId];
    }

    private static Attempt ToProto(AttemptRow row, string cardRef) => new()
    {
        AttemptId = row.AttemptId,
        BranchId = row.BranchId,
        NodeId = row.NodeId,
        DoorId = row.DoorId,
        PresentedTime = row.PresentedAt.ToTimestamp(),
        Code = (Wire.DecisionCode)row.Code,
        Source = (Wire.Source)row.Source,
        RegisterCode = (Wire.DecisionCode)row.RegisterCode,
        Outcome = (Wire.Outcome)row.Outcome,
        Interrupted = row.Interrupted,
        JudgedCode = (Wire.DecisionCode)row.JudgedCode,
        Difference = row.Difference,
        CardRef = cardRef,
        ReceivedTime = row.ReceivedAt.ToTimestamp(),
        JournalSequence = row.JournalSequence,
    };
}
