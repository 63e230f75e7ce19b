using Google.Protobuf;
using Grpc.Core;
using KioskLink.Node.Clock;
using KioskLink.Node.Deciding;
using KioskLink.Node.Hosting;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;
using static KioskLink.Rules.Access.DecisionCode;
using PinResult = KioskLink.Rules.Access.PinResult;
using RegisterWire = KioskLink.Protos.Register.V1;
using VerifyCredentialsRequest = KioskLink.Protos.Node.V1.VerifyCredentialsRequest;
using VerifyCredentialsResponse = KioskLink.Protos.Node.V1.VerifyCredentialsResponse;

namespace KioskLink.Node.Kiosk;

/// <summary>
/// Checks card and PIN for machines that are no doors: in the register while it can be asked, else in the replica by the rules about the
/// person. A badge is nobody's library card. Thread-safe.
/// </summary>
internal sealed class CredentialCheck(NodeParts parts)
{
    /// <summary>How long the register may take.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(800);

    private const string Checkout = "checkout";
    private const string RefusalAlarm = "verify";
    private static readonly Duration AgeMax = Duration.FromDays(3650);

    private static readonly Rules.Access.DecisionCode[] AboutThePerson =
    [
        OfflineRefused, ClockUntrusted, CardUnreadable, OfflineNotCached, PinLocked, PinMissing, PinWrong, OfflineTooOld,
        CardLost, CardExpired, PatronRestricted, UseBan,
    ];

    private readonly RecentAttempts<VerifyCredentialsResponse> _attempts = new();

    /// <summary>Checks; a repeated attempt gets the same answer and counts once.</summary>
    /// <param name="request">The card, the purpose and the attempt.</param>
    /// <param name="device">The device that calls, by its token.</param>
    /// <param name="pin">The digits; the caller wipes them.</param>
    public Task<VerifyCredentialsResponse> VerifyAsync(VerifyCredentialsRequest request, KioskDevice device, byte[] pin) =>
        _attempts.Once($"{device.Id}/{request.AttemptId}", async () =>
            parts.Link.State != LinkState.Offline && await AskAsync(request, device, pin) is { } answer ? answer : await VerifyHereAsync(request, device.Id, pin));

    private async Task<VerifyCredentialsResponse?> AskAsync(VerifyCredentialsRequest request, KioskDevice device, byte[] pin)
    {
        var question = new RegisterWire.VerifyCredentialsRequest
        {
            CardNumber = request.CardNumber,
            // A copy: a call that has timed out may still hold the bytes when the caller wipes its own.
            Pin = ByteString.CopyFrom(pin),
            Purpose = request.Purpose,
            AttemptId = request.AttemptId,
            DeviceId = device.Id,
            DeviceRole = device.Role,
        };
        try
        {
            var answer = await parts.Channels.Access.VerifyCredentialsAsync(question, deadline: parts.Time.GetUtcNow().UtcDateTime + Deadline);
            parts.Alarms.Clear(RefusalAlarm);
            return FromRegister(answer);
        }
        catch (RpcException error) when (Refusal.IsServiceDown(error))
        {
            // The register answers: it is the service that is down, here as everywhere.
            throw KioskRefusal.Maintenance();
        }
        catch (RpcException error) when (Refusal.IsOfDevice(error))
        {
            throw KioskRefusal.Role();
        }
        catch (RpcException error)
        {
            Failed(error);
            return null;
        }
        catch (ObjectDisposedException)
        {
            parts.Link.Post(LinkInput.CallFailed);
            return null;
        }
    }

    // The kiosk program is told what the replica says; what the register has against this node is a technician's business.
    private void Failed(RpcException error)
    {
        if (Refusal.IsAnswer(error))
            parts.Alarms.Raise(RefusalAlarm, $"The register does not check cards for this node: {error.Status.Detail}");
        else
            parts.Link.Post(LinkInput.CallFailed);
        if (Refusal.IsCertificateRefused(error))
            parts.Alarms.Raise(LinkLoop.CertificateAlarm, $"The register refuses this node's certificate: {error.Status.Detail}");
    }

    private async Task<VerifyCredentialsResponse> VerifyHereAsync(VerifyCredentialsRequest request, string device, byte[] pin)
    {
        var now = parts.Clock.Now;
        var card = CardIdentity.Of(request.CardNumber, parts.Replica, parts.Secrets);
        var holder = parts.Replica.Find(card.Token);
        var facts = !card.IsReadable ? new UnreadableCard() : holder.Facts is BadgeFacts ? new UnknownCard() : holder.Facts;
        var branch = (parts.Replica.Branch ?? throw KioskRefusal.Maintenance()) with { PinRequired = true, LoanBanBlocksDoor = true };
        var result = card.IsReadable ? await ProveAsync(device, card.Token, holder.Pin, facts as CardFacts, pin, branch) : PinResult.Missing;
        var age = Duration.Min(parts.Replica.AgeAt(now), AgeMax);
        var reason = Judge(facts, branch, result, age, request.Purpose, now);
        return new VerifyCredentialsResponse
        {
            Valid = reason == Granted,
            Reason = (Protos.Types.V1.DecisionCode)reason,
            Source = Source.Replica,
            FactsVersion = Math.Max(holder.Version, parts.Replica.Mark.Version),
            FactsAge = age.ToProto(),
        };
    }

    private async Task<PinResult> ProveAsync(string device, byte[] token, Protos.Types.V1.PinProof? proof, CardFacts? card, byte[] pin, BranchPolicy branch)
    {
        var keys = token.Length > 0 ? parts.Secrets.Keys : null;
        var proven = await parts.Pins.RunAsync(
            device, token, card is null ? null : proof, pin, keys, card?.Guesses ?? Rules.Pins.GuessState.None, branch.OfflineGuesses);
        if (proven.GuessSpent)
            parts.Pins.Fail(device, token);
        return proven.Result ?? PinResult.Wrong;
    }

    private Rules.Access.DecisionCode Judge(
        Facts facts, BranchPolicy branch, PinResult pin, Duration age, string purpose, Instant now)
    {
        var counter = new DoorSituation { Branch = branch, DoorId = "", Offline = new OfflineSituation(parts.Clock.Trusted, age) };
        var (rules, _) = AccessRules.Explain(facts, counter, pin, now);
        return rules.FirstOrDefault(rule => !rule.Passed && (AboutThePerson.Contains(rule.Code) || (purpose == Checkout && rule.Code == LoanBan)))
            ?.Code ?? Granted;
    }

    private static VerifyCredentialsResponse FromRegister(RegisterWire.VerifyCredentialsResponse answer) => new()
    {
        Valid = answer.Valid,
        Reason = answer.Reason,
        Source = answer.Source,
        FactsVersion = answer.FactsVersion,
        FactsAge = answer.FactsAge,
    };
}
