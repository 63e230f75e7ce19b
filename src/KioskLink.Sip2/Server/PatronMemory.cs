using System.Security.Cryptography;

namespace KioskLink.Sip2.Server;

/// <summary>What a session remembers of the patron at the machine: the language, and for a moment that card and PIN were right together.</summary>
internal static class PatronMemory
{
    public static bool IsProven(SessionState state, Request request, SessionDigest digest, Moment now) =>
        state.Pin is { } proven && now.Running < proven.Until && CardAndPin(request) is { Pin: { IsEmpty: false } pin } claim
        && CryptographicOperations.FixedTimeEquals(proven.Digest, digest.OfPin(claim.Card, pin));

    public static SessionState After(SessionState state, Ask ask, Response response, SessionDigest digest, Moment now) => ask.Request switch
    {
        EndSessionRequest => state with { Pin = null, Language = Language.Unknown },
        PatronInformationRequest { Language: var language } => After(state, ask, (response as PatronInformationResponse)?.ValidPin, digest, now) with { Language = language },
        PatronStatusRequest { Language: var language } => After(state, ask, (response as PatronStatusResponse)?.ValidPin, digest, now) with { Language = language },
        _ => state,
    };

    private static SessionState After(SessionState state, Ask ask, bool? validPin, SessionDigest digest, Moment now)
    {
        if (CardAndPin(ask.Request) is not { Pin: { IsEmpty: false } pin } claim)
            return state;
        // A proof lives from the slow verification on and is not prolonged by itself; a wrong PIN ends it.
        if (ask.PinProven && validPin == true)
            return state;
        return validPin == true && state.Profile.PinProvenFor > TimeSpan.Zero
            ? state with { Pin = new(digest.OfPin(claim.Card, pin), now.Running + state.Profile.PinProvenFor) }
            : state with { Pin = null };
    }

    private static (string Card, Secret? Pin)? CardAndPin(Request request) => request switch
    {
        PatronInformationRequest asked => (asked.Patron, asked.Pin),
        PatronStatusRequest asked => (asked.Patron, asked.Pin),
        CheckoutRequest asked => (asked.Patron, asked.Pin),
        RenewRequest asked => (asked.Patron, asked.Pin),
        RenewAllRequest asked => (asked.Patron, asked.Pin),
        HoldRequest asked => (asked.Patron, asked.Pin),
        FeePaidRequest asked => (asked.Patron, asked.Pin),
        _ => null,
    };
}
