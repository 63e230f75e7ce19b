using System.Globalization;
using KioskLink.Register.Cards;
using KioskLink.Register.Nodes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Cards;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Events;

/// <summary>
/// The nodes' journals as the register holds them: a record's personal part carries the card's token under the node's key. Erasing
/// takes salt and personal part; the chain still verifies.
/// </summary>
internal sealed class JournalSubjects(RegisterCore core, NodeDirectory nodes) : ISubjectStore
{
    // A decision's record is found by its attempt; the token tells that it is this one and not another journal's of the same number.
    private const string OfCard = """
        FROM attempts a JOIN journal_records r ON r.consortium = a.consortium AND r.node_id = a.node_id AND r.sequence = a.journal_sequence
        WHERE a.consortium = $consortium AND a.card_ref = $reference AND a.node_id = $node AND length(r.personal) > 0 AND instr(r.personal, $token) > 0
            AND r.journal_id IN (SELECT journal_id FROM journals WHERE consortium = $consortium AND node_id = $node)
        """;

    private const string Forget = $"""
        UPDATE journal_records SET salt = X'', personal = X''
        WHERE (consortium, node_id, journal_id, sequence) IN (SELECT r.consortium, r.node_id, r.journal_id, r.sequence {OfCard})
        """;

    /// <inheritdoc/>
    public string Name => "node-journals";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["journal_records"];

    /// <summary>Before the attempts, which say where the records are.</summary>
    public int Rank => -1;

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron)
    {
        foreach (var (card, node, token) in Tokens(db, patron))
        {
            var records = Sql.Number(db, $"SELECT count(*) {OfCard}", Parameters(card, node, token));
            if (records > 0)
            {
                yield return Of("records-with-the-card", ("node", node.NodeId), ("branch", node.BranchId), ("records", records.ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        foreach (var (card, node, token) in Tokens(scope.Db, patron))
        {
            Sql.Run(scope.Db, Forget, Parameters(card, node, token));
        }
    }

    private IEnumerable<(CardRow Card, EnrolledNode Node, byte[] Token)> Tokens(RegisterDb db, PatronRow patron)
    {
        var cards = db.Set<CardRow>().Where(row => row.PatronId == patron.PatronId).ToList();
        return from card in cards
               let number = core.Store.Vault.OpenCardNumber(card.SealedNumber)
               from node in nodes.All
               select (card, node, CardToken.Of(node.Keys.KCard, core.Store.Consortium, number));
    }

    private (string, object?)[] Parameters(CardRow card, EnrolledNode node, byte[] token) =>
        [("$consortium", core.Store.Consortium), ("$reference", $"card-{card.CardId}"), ("$node", node.NodeId), ("$token", token)];
}
