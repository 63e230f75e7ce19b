using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Register.Branches;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Outages;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Cards;
using LibraryService = KioskLink.Register.Outages.LibraryService;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.OwnData;

/// <summary>
/// Lets patrons into the own view with card and PIN and knows them again by their session. PINs go through the same gate as at a
/// door: guesses, waits and locks are shared. Thread-safe.
/// </summary>
internal sealed class OwnDesk(RegisterCore core, PinGate pins, OwnSessions sessions, OutageBook outages)
{
    private const string Bearer = "Bearer ";

    private readonly IReadOnlyList<CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <summary>Checks card and PIN and opens a session; whatever does not fit is told by a reason, an unknown card as a wrong PIN.</summary>
    public async Task<BeginMySessionResponse> SignInAsync(BeginMySessionRequest request, ServerCallContext context)
    {
        outages.Require(LibraryService.Login, null);
        var presented = Presentation.Find(core, _formats, request.CardNumber);
        if (presented.Number is not { } number)
        {
            return No(Wire.DecisionCode.CardUnreadable, context);
        }

        var source = Source(context, request.DeviceId, request.AttemptId);
        var pin = await pins.CheckAsync(presented.Card, number, request.Pin.Memory, source, context.CancellationToken).ConfigureAwait(false);
        if (presented.Card is { } tried)
        {
            context.Audit().About(tried.PatronId);
        }

        context.Audit().Fields("sign-in");
        // As it is after the check: a better hash may have taken the place of the stored one.
        if (pin != PinResult.Right || presented.Card is null || core.Index.Card(presented.Card.CardId) is not { Pin: { } verifier } card)
        {
            return No(Reason(pin), context);
        }

        await CardUse.NoteAsync(core, card, pin).ConfigureAwait(false);
        if (card.Facts.Lost)
        {
            return No(Wire.DecisionCode.CardLost, context);
        }

        var session = new OwnSession(card.PatronId, card.CardId, verifier.Salt, DeviceOf(context, request.DeviceId));
        context.Audit().By(session.Actor, CallerRole.Patron).From(session.Device);
        return new BeginMySessionResponse
        {
            Reason = Wire.DecisionCode.Granted,
            SessionToken = sessions.Begin(session),
            IdleFor = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(OwnSessions.IdleFor),
            Language = (Wire.Language)card.Facts.Language,
        };
    }

    /// <summary>Checks the present PIN of a session's card.</summary>
    public async Task<Wire.DecisionCode> CheckAsync(CardEntry card, ReadOnlyMemory<byte> pin, string deviceId, string attemptId, ServerCallContext context)
    {
        var result = await pins.CheckAsync(card, card.Key, pin, Source(context, deviceId, attemptId), context.CancellationToken).ConfigureAwait(false);
        return result == PinResult.Right ? Wire.DecisionCode.Granted : Reason(result);
    }

    /// <summary>The token that a call carries; empty when it carries none.</summary>
    public static string TokenOf(ServerCallContext context)
    {
        var said = context.RequestHeaders.GetValue("authorization") ?? "";
        return said.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? said[Bearer.Length..].Trim() : "";
    }

    /// <summary>Whose session a call is of, and its card as it is now.</summary>
    /// <exception cref="RpcException">UNAUTHENTICATED when the session has ended, UNAVAILABLE while own data is down (R84).</exception>
    public (OwnSession Session, CardEntry Card) Known(ServerCallContext context)
    {
        outages.Require(LibraryService.OwnData, null);
        var token = TokenOf(context);
        if (token.Length > 0 && sessions.Find(token) is { } session)
        {
            if (core.Index.Card(session.CardId) is { Facts.Lost: false, Pin: { } pin } card && pin.Salt.AsSpan().SequenceEqual(session.PinSalt))
            {
                context.Audit().By(session.Actor, CallerRole.Patron).From(session.Device).About(session.PatronId).Fields("own-data");
                return (session, card);
            }

            sessions.End(token);
        }

        throw Refused.With(StatusCode.Unauthenticated, "SESSION_ENDED", "There is no session, or it has ended; sign in with card and PIN.");
    }

    // Behind one address there may be many browsers, which the register's own page names; from elsewhere the address alone counts,
    // since a stranger may say what it likes.
    private static PinTry Source(ServerCallContext context, string deviceId, string attemptId)
    {
        var network = CallerNetwork.Of(context.Peer);
        return new PinTry($"{PinTry.OwnView}{network}", network.IsHere ? deviceId : "", attemptId);
    }

    private static string DeviceOf(ServerCallContext context, string deviceId) => CallerNetwork.Of(context.Peer).IsHere && deviceId.Length > 0
        ? CallEntry.CheckedDevice(deviceId)
        : CallEntry.DeviceOf(context);

    private static BeginMySessionResponse No(Wire.DecisionCode reason, ServerCallContext context)
    {
        context.Audit().Judged(reason);
        return new BeginMySessionResponse { Reason = reason };
    }

    private static Wire.DecisionCode Reason(PinResult pin) => pin switch
    {
        PinResult.Locked => Wire.DecisionCode.PinLocked,
        PinResult.Missing => Wire.DecisionCode.PinMissing,
        _ => Wire.DecisionCode.PinWrong,
    };
}
