using Google.Protobuf;
using Grpc.Core;
using KioskLink.Node.Clock;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Register.V1;
using NodaTime;

namespace KioskLink.Node.Deciding;

/// <summary>Asks the register about presentations, and tells the link how that went. Thread-safe.</summary>
/// <param name="channels">Connections to the register.</param>
/// <param name="link">Told how each call went.</param>
/// <param name="clock">The node's time.</param>
/// <param name="alarms">Told of refusals.</param>
/// <param name="time">Machine time, for deadlines.</param>
/// <param name="deadline">How long a call may take.</param>
internal sealed class RegisterDecisions(RegisterChannels channels, Link link, NodeClock clock, Alarms alarms, TimeProvider time, TimeSpan deadline)
{
    private const string RefusalAlarm = "authorize";

    /// <summary>How long a call may take at a door.</summary>
    public static readonly TimeSpan DoorDeadline = TimeSpan.FromMilliseconds(800);

    /// <summary>The register's verdict; null when none came before the deadline.</summary>
    public async Task<Verdict?> AskAsync(Presentation presentation)
    {
        try
        {
            var answer = await channels.Access.AuthorizeEntryAsync(Request(presentation), deadline: time.GetUtcNow().UtcDateTime + deadline);
            link.Post(LinkInput.CallAnswered);
            alarms.Clear(RefusalAlarm);
            return ToVerdict(answer.Decision);
        }
        catch (RpcException error)
        {
            Failed(error);
            return null;
        }
        catch (ObjectDisposedException)
        {
            link.Post(LinkInput.CallFailed);
            return null;
        }
    }

    private void Failed(RpcException error)
    {
        if (Refusal.IsCertificateRefused(error))
            alarms.Raise(LinkLoop.CertificateAlarm, $"The register refuses this node's certificate: {error.Status.Detail}");
        if (Refusal.IsAnswer(error))
            alarms.Raise(RefusalAlarm, $"The register does not decide for this door: {error.Status.Detail}");
        else
            link.Post(LinkInput.CallFailed);
    }

    // The bytes are wrapped, not copied: the decider wipes them.
    private AuthorizeEntryRequest Request(Presentation presentation) => new()
    {
        DoorId = presentation.DoorId,
        CardNumber = presentation.Card,
        Pin = UnsafeByteOperations.UnsafeWrap(presentation.Pin),
        AttemptId = presentation.AttemptId,
        DeviceId = presentation.DeviceId,
        PresentedAt = clock.Now.ToProto(),
        Conditions = presentation.Conditions,
    };

    private static Verdict ToVerdict(Protos.Types.V1.Decision answer) => new()
    {
        Decision = DecisionWire.FromProto(answer),
        Source = DecisionSource.Register,
        FactsVersion = answer.FactsVersion,
        FactsAge = answer.FactsAge?.FromProto() ?? Duration.Zero,
        Pin = PinResults.Of((Rules.Access.DecisionCode)answer.Code),
        MessageKey = answer.MessageKey,
        Message = answer.Message,
    };
}
