using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Access;

/// <summary>Lists attempts, newest first. Thread-safe.</summary>
internal sealed class AttemptPages(RegisterCore core)
{
    /// <summary>One page.</summary>
    public ListAttemptsResponse List(ListAttemptsRequest request)
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
        response.Attempts.AddRange(page.Take(size).Select(ToProto));
        return response;
    }

    private static Attempt ToProto(AttemptRow row) => new()
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
        CardRef = row.CardRef,
        ReceivedTime = row.ReceivedAt.ToTimestamp(),
        JournalSequence = row.JournalSequence,
    };
}
