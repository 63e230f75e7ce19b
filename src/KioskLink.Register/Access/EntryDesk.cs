using KioskLink.Protos.Register.V1;
using KioskLink.Register.Branches;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;

namespace KioskLink.Register.Access;

/// <summary>
/// Decides presentations at doors from memory: card found, PIN checked, rules asked, attempt noted. The guess's reservation is
/// the only thing that waits for the disk. Thread-safe.
/// </summary>
internal sealed class EntryDesk(RegisterCore core, PinGate pins, DecisionLog log)
{
    private const string Nobody = "nobody";
    private readonly IReadOnlyList<CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <summary>Decides one presentation at a door of a branch.</summary>
    public async ValueTask<Answer<AuthorizeEntryResponse>> DecideAsync(AuthorizeEntryRequest request, string branchId, string caller)
    {
        var (answer, noted) = await JudgeAsync(request, branchId, caller).ConfigureAwait(false);
        log.Note(noted);
        return answer;
    }

    private async ValueTask<(Answer<AuthorizeEntryResponse> Answer, NotedDecision Noted)> JudgeAsync(
        AuthorizeEntryRequest request, string branchId, string caller)
    {
        var branch = core.Index.Branch(branchId)?.Policy;
        var presented = Presentation.Find(core, _formats, request.CardNumber);
        var pin = await CheckPinAsync(request, branch, presented, caller).ConfigureAwait(false);
        var (now, version) = (core.Now(), core.Log.Head.Version);
        var card = presented.Card is { } held ? core.Index.Card(held.CardId) ?? held : null;
        var facts = (card is null ? presented : presented with { Entry = card }).FactsFor(branch, now);
        var decision = AccessRules.Decide(facts, Presentation.Door(branch, request.DoorId, request.Conditions), pin, now);
        var answer = Answer<AuthorizeEntryResponse>.Of(new AuthorizeEntryResponse { Decision = decision.ToProto(branch, version) });
        return (answer, new NotedDecision
        {
            AttemptId = request.AttemptId,
            BranchId = branchId,
            Caller = caller,
            DoorId = request.DoorId,
            DeviceId = request.DeviceId,
            PresentedAt = request.PresentedAt?.FromProto().ToUnixTimeMilliseconds(),
            Code = decision.Code,
            Answer = answer.Bytes,
            Presented = presented.Entry,
            Granted = decision.Granted ? card : null,
            Used = decision.Granted || pin == PinResult.Right ? card : null,
            At = now,
        });
    }

    /// <summary>Decides once for nobody and forgets it: at start, so that the first patron's answer is as quick as the second's.</summary>
    public async Task RehearseAsync()
    {
        await pins.RehearseAsync().ConfigureAwait(false);
        await JudgeAsync(
            new AuthorizeEntryRequest { DoorId = Nobody, CardNumber = Nobody, AttemptId = Nobody, DeviceId = Nobody },
            core.Index.Branches.FirstOrDefault()?.Policy.Id ?? "",
            Nobody).ConfigureAwait(false);
    }

    private async ValueTask<PinResult> CheckPinAsync(AuthorizeEntryRequest request, BranchPolicy? branch, Presentation presented, string caller)
    {
        if (presented.Number is not { } number || presented.Entry is BadgeEntry || branch is { PinRequired: false })
        {
            return PinResult.Missing;
        }

        return await pins.CheckAsync(presented.Card, number, request.Pin.Memory, new PinTry(caller, request.DeviceId, request.AttemptId), CancellationToken.None)
            .ConfigureAwait(false);
    }
}
