using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Bans;
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
/// Says what every rule says of a card at a door and time, a right PIN assumed (R81), with the facts as they were then, and of an
/// attempt also what was decided. Thread-safe.
/// </summary>
internal sealed class AccessExplainer(RegisterCore core, PastFacts past, BanGrounds bans)
{
    private readonly IReadOnlyList<CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <summary>What is to be explained.</summary>
    private sealed record Asked(string BranchId, string DoorId, Presentation Presented, Instant At);

    /// <summary>Explains one access.</summary>
    /// <param name="request">Which.</param>
    /// <param name="audit">Learns whose card it is.</param>
    public ExplainAccessResponse Explain(ExplainAccessRequest request, CallAudit audit)
    {
        if (request.AttemptId.Length > 0)
        {
            return OfAttempt(request, audit);
        }

        var at = Field.Time(request.At, "at") ?? core.Now();
        var asked = new Asked(request.BranchId, request.DoorId, new Presentation(default(BlindIndex), Subject(request)), at);
        var (branch, facts, version) = Known(asked, audit);
        return branch is null || branch.Doors.All(door => door.Id != asked.DoorId)
            ? throw Field.Missing("door of this branch")
            : Answer(asked, branch, facts, version);
    }

    private ExplainAccessResponse OfAttempt(ExplainAccessRequest request, CallAudit audit)
    {
        if (request is not { SubjectCase: ExplainAccessRequest.SubjectOneofCase.None, DoorId: "", At: null })
        {
            throw Field.Wrong("attempt_id", "stands for door, card and time: leave those out");
        }

        var row = Find(request);
        var asked = new Asked(row.BranchId, row.DoorId, PresentedOf(row), RecordedDecisions.TimeOf(row));
        var (branch, facts, version) = Known(asked, audit);
        var response = Answer(asked, branch, facts, version);
        response.Recorded = RecordedDecisions.Of(row, response.Decision.Code, asked.At);
        return response;
    }

    private ExplainAccessResponse Answer(Asked asked, BranchPolicy? branch, Rules.Access.Facts facts, long version)
    {
        var (rules, decision) = AccessRules.Explain(facts, Presentation.Door(branch, asked.DoorId, null), PinResult.Right, asked.At);
        var response = new ExplainAccessResponse { Decision = decision.ToProto(branch, version) };
        response.Rules.AddRange(rules.Select(rule => rule.ToProto()));
        response.ReviewRoutes.AddRange(ReviewRoutes.All);
        response.BanReasons.AddRange(asked.Presented.Card is { } card ? bans.Of(card.PatronId, asked.BranchId, asked.At) : []);
        return response;
    }

    private (BranchPolicy? Branch, Rules.Access.Facts Facts, long Version) Known(Asked asked, CallAudit audit)
    {
        audit.About(asked.Presented.Card is { } card ? [card.PatronId] : []);
        return asked.At >= core.Now() ? Present(asked) : Past(asked);
    }

    private (BranchPolicy? Branch, Rules.Access.Facts Facts, long Version) Present(Asked asked)
    {
        var branch = core.Index.Branch(asked.BranchId)?.Policy;
        return (branch, asked.Presented.FactsFor(branch, asked.At), core.Log.Head.Version);
    }

    private (BranchPolicy? Branch, Rules.Access.Facts Facts, long Version) Past(Asked asked)
    {
        past.RequireReach(asked.At);
        var branch = past.Branch(asked.BranchId, asked.At);
        var facts = asked.Presented.Entry switch
        {
            CardEntry card => past.Card(card.CardId, branch, asked.At),
            { } badge => past.Badge(badge.Entity.Id, asked.At),
            null => asked.Presented.FactsFor(branch, asked.At),
        };
        return (branch, facts, past.Version(asked.At));
    }

    private AttemptRow Find(ExplainAccessRequest request)
    {
        var (attempt, branch) = (Field.Required(request.AttemptId, "attempt_id", Field.IdMax), Field.Optional(request.BranchId, "branch_id", Field.IdMax));
        using var db = core.Store.Read();
        return db.Set<AttemptRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.AttemptId == attempt && (branch == "" || row.BranchId == branch))
            .OrderByDescending(row => row.RowNumber)
            .FirstOrDefault() ?? throw Field.Missing("attempt");
    }

    private Presentation PresentedOf(AttemptRow row) => RecordedDecisions.Decided(row).Code == Protos.Types.V1.DecisionCode.CardUnreadable
        ? new Presentation(null, null)
        : Presentation.Of(core, row.CardRef);

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
