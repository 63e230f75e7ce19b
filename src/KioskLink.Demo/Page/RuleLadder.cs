using Grpc.Core;
using KioskLink.Demo.Script;
using KioskLink.Demo.Setup;
using KioskLink.Demo.World;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Demo.Page;

/// <summary>
/// The rules behind a decision. A node tells them with its own decisions; for one of the register the register is asked,
/// which explains with a right PIN assumed: the rung of the decision itself is taken from the decision.
/// </summary>
internal sealed class RuleLadder(DemoWorld world)
{
    private const int DecideStep = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly AccessService.AccessServiceClient _access = new(world.Register);

    /// <summary>Adds the rules where the step is a decision without them and the register can tell.</summary>
    public async Task<PageStep> CompleteAsync(PageStep step, string card)
    {
        if (step is not { Step: DecideStep, Rules.Count: 0, Code.Length: > 0 } || card.Length == 0)
        {
            return step;
        }
        try
        {
            var request = new ExplainAccessRequest { BranchId = DemoBranch.Id, DoorId = DemoBranch.Door, CardNumber = card };
            var explained = await _access.ExplainAccessAsync(request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Patience);
            return step with { Rules = [.. explained.Rules.Select(rule => Rung(Words.Of(rule.Code), rule.Passed, rule.Detail, step))] };
        }
        catch (RpcException)
        {
            // A card of nobody, or the register is away: the decision stands without its ladder.
            return step;
        }
    }

    private static PageRule Rung(string code, bool passed, string detail, PageStep step) =>
        code == step.Code ? new PageRule(code, step.Granted, Decisive: true, detail) : new PageRule(code, passed, Decisive: false, detail);
}
