using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Nodes;

/// <summary>Revokes nodes: certificates are refused and streams end at once.</summary>
internal sealed class NodeRevocation(RegisterCore core, NodeDirectory directory, NodeCertificates certificates, NodeSessions sessions)
{
    /// <summary>Revokes a node. Idempotent.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT without a reason; NOT_FOUND for an unknown node.</exception>
    public async Task<RevokeNodeResponse> RevokeAsync(RevokeNodeRequest request)
    {
        Field.Required(request.Reason, "reason");
        var node = directory.Find(request.NodeId)
            ?? throw Refused.With(StatusCode.NotFound, "NODE_UNKNOWN", $"There is no node '{request.NodeId}'; `kiosklink node list` shows them.");
        var committed = await core.Lane.WriteAsync(scope =>
        {
            scope.Db.Set<NodeRow>().Where(row => row.Consortium == scope.Consortium && row.NodeId == node.NodeId).ExecuteUpdate(set => set
                .SetProperty(row => row.RevokedAt, scope.NowMs)
                .SetProperty(row => row.RevokeReason, request.Reason));
            return NodeCertificates.MarkRevoked(scope, node.NodeId);
        });
        certificates.Revoke(committed.Value);
        directory.Put(node with { Revoked = true });
        sessions.EndAll(node.NodeId, SessionEnd.Revoked);
        return new RevokeNodeResponse { CardsExposed = CardsExposed(node) };
    }

    private int CardsExposed(EnrolledNode node)
    {
        if (core.Index.Branch(node.BranchId)?.Policy is not { } branch) return 0;
        var now = core.Now();
        return core.Index.Cards.Count(card =>
            card.Pin is not null
            && ReplicaScopes.Holds(branch, card, now)
            && ReplicaScopes.HoldsVerifier(branch, card, core.Profile.SelfService.OfflineHolders));
    }
}
