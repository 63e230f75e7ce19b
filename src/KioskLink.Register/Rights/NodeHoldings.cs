using System.Globalization;
using KioskLink.Register.Cards;
using KioskLink.Register.Commands;
using KioskLink.Register.Facts;
using KioskLink.Register.Nodes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Cards;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Rights;

/// <summary>
/// What the nodes hold of a person's cards: what the register sent, what the node confirmed, and, where it is connected, what the node
/// says itself. Thread-safe.
/// </summary>
internal sealed class NodeHoldings(RegisterCore core, NodeDirectory nodes, NodeConfirmations confirmations, DoorCommands commands)
{
    /// <summary>A part a node and card; the nodes are asked all at once.</summary>
    public async Task<IReadOnlyList<SubjectPart>> OfAsync(PatronRow patron, CancellationToken stop)
    {
        List<CardEntry> cards;
        await using (var db = core.Store.Read())
        {
            cards = [.. db.Set<CardRow>().Where(row => row.PatronId == patron.PatronId).Select(row => row.CardId).ToList().Select(core.Index.Card).OfType<CardEntry>()];
        }

        return await Task.WhenAll(
            from card in cards
            from node in nodes.All
            where !node.Revoked
            select PartAsync(card, node, stop));
    }

    private async Task<SubjectPart> PartAsync(CardEntry card, EnrolledNode node, CancellationToken stop)
    {
        var branch = core.Index.Branch(node.BranchId)?.Policy;
        var sent = branch is not null && ReplicaScopes.Holds(branch, card, core.Now());
        var last = confirmations.Last(node.NodeId);
        var token = CardToken.Of(node.Keys.KCard, core.Store.Consortium, core.Store.Vault.OpenCardNumber(card.SealedNumber));
        var own = await commands.AskHoldingsAsync(node.NodeId, token, stop);
        return Of(
            "node",
            ("node", node.NodeId), ("branch", node.BranchId), ("sent", sent ? "door facts and a keyed token; no name, no card number" : "nothing"),
            ("facts_version", sent ? Number(card.Version) : ""),
            ("pin_proof", Flag(sent && ReplicaScopes.HoldsVerifier(branch!, card, core.Profile.SelfService.OfflineHolders))),
            ("confirmed_version", Number(last?.Position.Version ?? 0)), ("confirmed", Time(last?.At.ToUnixTimeMilliseconds())),
            ("says_itself", own is null ? "the node is away" : own.Held ? $"holds facts of version {Number(own.Version)}" : "holds no facts"),
            ("journal_records", own is null ? "" : Number(own.JournalRecords)),
            ("first_record", Time(own?.FirstTime)), ("last_record", Time(own?.LastTime)), ("guesses", own is null ? "" : Flag(own.Guesses)),
            ("loans_untold", own is null ? "" : Number(own.Acts)));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(Google.Protobuf.WellKnownTypes.Timestamp? time) => SubjectPart.Time(time?.FromProto().ToUnixTimeMilliseconds());

    private static string Time(long? milliseconds) => SubjectPart.Time(milliseconds);
}
