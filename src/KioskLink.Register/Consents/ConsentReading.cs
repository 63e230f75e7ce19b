using KioskLink.Protos.Register.V1;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using NodaTime;

namespace KioskLink.Register.Consents;

/// <summary>Reads entries of the ledger as staff gives them: INVALID_ARGUMENT names the field. Pure.</summary>
internal static class ConsentReading
{
    private const int VersionMax = 32;

    /// <summary>An entry of any kind.</summary>
    public static ConsentDeed Read(Consent consent, LocalDate today)
    {
        Field.Known(consent.Kind, "consent.kind");
        Field.Known(consent.Act, "consent.act");
        return Read(consent, consent.Kind, consent.Act, today, "consent");
    }

    /// <summary>The acceptance that comes with a new card; its kind and act are known.</summary>
    public static ConsentDeed Acceptance(Consent? acceptance, LocalDate today) =>
        Read(acceptance ?? new Consent(), ConsentKind.Card, ConsentAct.Given, today, "acceptance");

    private static ConsentDeed Read(Consent consent, ConsentKind kind, ConsentAct act, LocalDate today, string field)
    {
        Field.Optional(consent.TextVersion, $"{field}.text_version", VersionMax);
        Field.Optional(consent.GiverCustomerId, $"{field}.giver_customer_id", Field.IdMax);
        var day = Field.Date(consent.ActedOn, $"{field}.acted_on");
        if (day > today)
        {
            throw Field.Wrong($"{field}.acted_on", "lies in the future: correct it");
        }

        if (consent.Channel == ConsentChannel.OwnView || !Enum.IsDefined(consent.Channel))
        {
            throw Field.Wrong($"{field}.channel", "must be Desk, Paper, Application or Import");
        }

        var channel = consent.Channel == ConsentChannel.Unspecified ? ConsentChannel.Desk : consent.Channel;
        return new ConsentDeed(kind, act, channel, consent.TextVersion, day, GiverOf(consent, field));
    }

    private static Giver? GiverOf(Consent consent, string field)
    {
        var person = ResponsibleData.Id(consent.GiverPersonId, $"{field}.giver_person_id");
        return consent.ByResponsible || consent.GiverCustomerId.Length > 0 || person != 0 ? new Giver(true, consent.GiverCustomerId, person) : null;
    }
}
