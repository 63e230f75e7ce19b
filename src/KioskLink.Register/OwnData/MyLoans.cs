using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;

namespace KioskLink.Register.OwnData;

/// <summary>A patron's own loans, holds and fees (R22, R32). Thread-safe.</summary>
internal sealed class MyLoans(RegisterCore core, LoanStatus status, LoanPages pages)
{
    /// <summary>The counts, and one page of the loans.</summary>
    public GetMyLoansResponse Of(OwnSession session, GetMyLoansRequest request, ServerCallContext context)
    {
        string customerId;
        using (var db = core.Store.Read())
        {
            customerId = db.Set<PatronRow>().Where(patron => patron.PatronId == session.PatronId).Select(patron => patron.CustomerId).Single();
        }

        var list = new ListLoansRequest { CustomerId = customerId, PageSize = request.PageSize, PageToken = request.PageToken };
        return new GetMyLoansResponse { Status = status.Of(session.PatronId), List = pages.List(list, context.Audit().Fields("loans")) };
    }
}
