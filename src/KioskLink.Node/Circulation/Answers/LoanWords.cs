using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Branches;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using NodaTime;
using NodaTime.Text;
using DeviceRole = KioskLink.Sip2.Circulation.DeviceRole;
using Language = KioskLink.Sip2.Language;
using WireLanguage = KioskLink.Protos.Types.V1.Language;
using WireRole = KioskLink.Protos.Register.V1.DeviceRole;

namespace KioskLink.Circulation.Answers;

/// <summary>What the messages of SIP2 and the calls of LoanService have in common, in both directions. Pure.</summary>
internal static class LoanWords
{
    /// <summary>Loans are counted in euros.</summary>
    public const string Currency = "EUR";

    private const decimal CentsPerEuro = 100;

    // The last minute of the day, as library systems write it.
    private static readonly LocalTime EndOfDay = new(23, 59);

    /// <summary>The act of a question.</summary>
    public static Act ActOf(Question question, string login, string id, bool noBlock = false, bool feeAcknowledged = false) => new()
    {
        TransactionId = id,
        DeviceId = login,
        DeviceRole = RoleOf(question.Asker.Role),
        // When it happened is told only of what has happened already; a machine's clock may be wrong.
        HappenedTime = noBlock && question.DeviceTime is { } told ? Timestamp.FromDateTimeOffset(told) : null,
        NoBlock = noBlock,
        FeeAcknowledged = feeAcknowledged,
        Language = LanguageOf(question.Asker.Language),
    };

    /// <summary>Whose act it is. The PIN is copied: a call that has timed out may still hold it when the machine's is wiped.</summary>
    public static Borrower BorrowerOf(string card, PinClaim pin) => new()
    {
        CardNumber = card,
        Pin = pin.Typed is { } typed ? ByteString.CopyFrom(typed.Utf8) : ByteString.Empty,
    };

    /// <summary>Whose act it is, by what an answer to the right PIN gave.</summary>
    public static Borrower BorrowerOf(string card, ByteString proof) => new() { CardNumber = card, Proof = proof };

    /// <summary>What the machine is for.</summary>
    public static WireRole RoleOf(DeviceRole role) => role switch
    {
        DeviceRole.PcBooking => WireRole.PcBooking,
        DeviceRole.Door => WireRole.Door,
        _ => WireRole.SelfCheck,
    };

    /// <summary>The language of texts; of others than these three the patron's own is taken.</summary>
    public static WireLanguage LanguageOf(Language language) => language switch
    {
        Language.Finnish => WireLanguage.Fi,
        Language.Swedish => WireLanguage.Sv,
        Language.English or Language.UnitedKingdom => WireLanguage.En,
        _ => WireLanguage.Unspecified,
    };

    /// <summary>The end of a day of the wire, by the library's clock; null for none.</summary>
    public static DateTimeOffset? EndOf(string day) =>
        LocalDatePattern.Iso.Parse(day).TryGetValue(LocalDate.MinIsoValue, out var date) ? date.At(EndOfDay).InZoneLeniently(OpeningCalendar.Zone).ToDateTimeOffset() : null;

    /// <summary>The day of a time, by the library's clock, ISO 8601; empty for none.</summary>
    public static string DayOf(DateTimeOffset? time) =>
        time is { } told ? LocalDatePattern.Iso.Format(Instant.FromDateTimeOffset(told).InZone(OpeningCalendar.Zone).Date) : "";

    /// <summary>A sum in euros; null for nothing.</summary>
    public static decimal? MoneyOf(long cents) => cents == 0 ? null : cents / CentsPerEuro;

    /// <summary>Cents of a sum; null where it has parts of a cent or is larger than the wire holds.</summary>
    public static long? CentsOf(decimal amount) => amount is >= 0 and <= 1_000_000 && amount * CentsPerEuro == decimal.Truncate(amount * CentsPerEuro) ? (long)(amount * CentsPerEuro) : null;

    /// <summary>The text of an outcome, where there is one.</summary>
    public static IReadOnlyList<string> TextOf(string? message) => string.IsNullOrWhiteSpace(message) ? [] : [message];

    /// <summary>A media type; null where none is told.</summary>
    public static MediaType? MediaOf(Item? item) =>
        int.TryParse(item?.Media, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && System.Enum.IsDefined((MediaType)code) ? (MediaType)code : null;

    /// <summary>Whether an item must not come near a magnet.</summary>
    public static Answered MagneticOf(Item? item) => item is null ? Answered.Unknown : item.Magnetic ? Answered.Yes : Answered.No;

    /// <summary>Properties of an item; null where there are none.</summary>
    public static string? PropertiesOf(Item? item) => item is { Properties.Length: > 0 } ? item.Properties : null;
}
