using Google.Protobuf;
using KioskLink.Node.Clock;
using KioskLink.Rules.Access;
using KioskLink.Rules.Pins;
using NodaTime;
using NodaTime.Text;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Replica;

/// <summary>The facts of a card from the wire.</summary>
internal static class CardWire
{
    /// <summary>The state as it is stored: without the token, which is its key.</summary>
    public static byte[] ToStored(Wire.Entitlement entitlement)
    {
        var stored = entitlement.Clone();
        stored.Token = ByteString.Empty;
        return stored.ToByteArray();
    }

    /// <summary>What is known of the holder of a stored card.</summary>
    public static Holder ToHolder(Held held)
    {
        var entitlement = Wire.Entitlement.Parser.ParseFrom(held.State);
        return new Holder(FromProto(entitlement), entitlement.Pin, held.Version);
    }

    /// <summary>The facts of a card.</summary>
    public static CardFacts FromProto(Wire.Entitlement entitlement) => new()
    {
        Lost = entitlement.Lost,
        CardExpiresOn = ToDate(entitlement.CardExpiresOn),
        CustomershipFrom = ToDate(entitlement.CustomershipFrom),
        CustomershipTo = ToDate(entitlement.CustomershipTo),
        Restricted = entitlement.Restricted,
        Bans = [.. entitlement.Bans.Select(FromProto)],
        Group = entitlement.Group,
        AgeOkFrom = ToDate(entitlement.AgeOkFrom),
        GuardianConsent = entitlement.GuardianConsent,
        TermsAccepted = entitlement.TermsAccepted,
        Registered = entitlement.Registered,
        FeesCents = entitlement.FeesCents,
        Language = (Language)entitlement.Language,
        ExtendedTime = entitlement.ExtendedTime,
        Guesses = entitlement.Guesses is { } guesses ? FromProto(guesses) : GuessState.None,
    };

    /// <summary>A ban.</summary>
    public static BanFact FromProto(Wire.BanFact ban) =>
        new((BanKind)ban.Kind, ban.StartTime?.FromProto() ?? Instant.MinValue, ban.EndTime?.FromProto(), [.. ban.BranchIds]);

    /// <summary>How guesses stand.</summary>
    public static GuessState FromProto(Wire.GuessState state) => new()
    {
        WrongInRow = state.WrongInRow,
        LockedUntil = state.LockedUntil?.FromProto(),
        LockedForGood = state.LockedForGood,
        WrongTimes = [.. state.WrongTimes.Select(WireTime.FromProto)],
        LockTimes = [.. state.LockTimes.Select(WireTime.FromProto)],
    };

    /// <summary>How guesses stand, on the wire.</summary>
    public static Wire.GuessState ToProto(GuessState state)
    {
        var wire = new Wire.GuessState { WrongInRow = state.WrongInRow, LockedUntil = state.LockedUntil?.ToProto(), LockedForGood = state.LockedForGood };
        wire.WrongTimes.AddRange(state.WrongTimes.Select(WireTime.ToProto));
        wire.LockTimes.AddRange(state.LockTimes.Select(WireTime.ToProto));
        return wire;
    }

    /// <summary>A date; null for an empty text.</summary>
    public static LocalDate? ToDate(string date) => date.Length == 0 ? null : LocalDatePattern.Iso.Parse(date).Value;
}
