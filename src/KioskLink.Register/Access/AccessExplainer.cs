using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Branches;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using NodaTime;

namespace KioskLink.Register.Access;

/// <summary>
/// Says what every rule says of a card at a door and time, a right PIN assumed (R81), with the facts as they were then.
/// Thread-safe.
/// </summary>
internal sealed class AccessExplainer(RegisterCore core, PastFacts past)
{
    private readonly IReadOnlyList<CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <summary>Explains one access.</summary>
    /// <param name="request">Which.</param>
    /// <param name="audit">Learns whose card it is.</param>
    public ExplainAccessResponse Explain(ExplainAccessRequest request, CallAudit audit)
    {
        var now = core.Now();
        var at = Field.Time(request.At, "at") ?? now;
        var entry = Subject(request);
        audit.About(entry is CardEntry card ? [card.PatronId] : []);
        var (branch, facts, version) = at >= now ? Present(request, entry, at) : Past(request, entry, at);
        if (branch is null || branch.Doors.All(door => door.Id != request.DoorId))
        {
            throw Field.Missing("door of this branch");
        }

        var (rules, decision) = AccessRules.Explain(facts, Presentation.Door(branch, request.DoorId, null), PinResult.Right, at);
        var response = new ExplainAccessResponse { Decision = decision.ToProto(branch, version) };
        response.Rules.AddRange(rules.Select(rule => rule.ToProto()));
        response.ReviewRoutes.AddRange(ReviewRoutes.All);
        return response;
    }

    private (BranchPolicy? Branch, Rules.Access.Facts Facts, long Version) Present(ExplainAccessRequest request, Entry entry, Instant at)
    {
        var branch = core.Index.Branch(request.BranchId)?.Policy;
        return (branch, new Presentation(default(BlindIndex), entry).FactsFor(branch, at), core.Log.Head.Version);
    }

    private (BranchPolicy? Branch, Rules.Access.Facts Facts, long Version) Past(ExplainAccessRequest request, Entry entry, Instant at)
    {
        past.RequireReach(at);
        var branch = past.Branch(request.BranchId, at);
        return (branch, entry is CardEntry card ? past.Card(card.CardId, branch, at) : past.Badge(entry.Entity.Id, at), past.Version(at));
    }

    private Entry Subject(ExplainAccessRequest request) => request.SubjectCase switch
    {
        ExplainAccessRequest.SubjectOneofCase.CardNumber =>
            Presentation.Find(core, _formats, request.CardNumber).Entry ?? throw Field.Missing("card"),
        ExplainAccessRequest.SubjectOneofCase.CustomerId => NewestCard(request.CustomerId),
        _ => throw Field.Wrong("subject", "is missing: give card_number or customer_id"),
    };

    private CardEntry NewestCard(string customerId)
    {
        using var db = core.Store.Read();
        var cards = from patron in db.Set<PatronRow>()
                    where patron.Consortium == core.Store.Consortium && patron.CustomerId == customerId
                    join card in db.Set<Cards.CardRow>() on patron.PatronId equals card.PatronId
                    orderby card.CardId descending
                    select card.CardId;
        return core.Index.Card(cards.FirstOrDefault()) ?? throw Field.Missing("patron with a card");
    }
}
